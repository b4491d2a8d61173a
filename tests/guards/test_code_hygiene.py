"""Silenced rules are explained, tests can fail, nobody signs."""

import ast
import io
import re
import tokenize

SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore|mypy:|pragma:)", re.IGNORECASE)
#: A rule by its code, a dash, then a reason in words.
EXPLAINED = re.compile(
    r"#\s*(?:noqa:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|type:\s*ignore\[[\w, -]+\])\s*[-–#:]+\s*\w+"
)
SIGNED = re.compile(
    r"__auth" + r"or__|@auth" + r"or\b|FULL" + r" NAME|FIRST" + r" AUTHOR|EMAIL" + r"@ADDRESS"
    r"|\b[\w.]+@[\w-]+\.(?:com|fr|org|net)\b"
)
ASSERTING = {"raises", "warns", "fail", "deprecated_call"}


def comments(text):
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def unexplained(text):
    """Comments that silence a rule without a reason, neither beside it nor on the line above."""
    lines = text.splitlines()
    for line, comment in comments(text):
        above = lines[line - 2].strip() if line > 1 else ""
        if SILENCED.search(comment) and not EXPLAINED.search(comment) and not above.startswith("#"):
            yield line, comment


def test_every_silenced_rule_is_named_and_explained(modules, root):
    bare = [
        f"{path.relative_to(root)}:{line}: {comment}"
        for path, text in modules.items()
        for line, comment in unexplained(text)
    ]
    assert not bare, "\n".join(map(str, bare))


def test_nobody_signs_a_file(texts, root):
    code = {
        path: text for path, text in texts.items() if path.suffix in {".py", ".md", ".toml", ".po", ".jinja"}
    }
    signed = [str(path.relative_to(root)) for path, text in code.items() if SIGNED.search(text)]
    assert not signed, "\n".join(map(str, signed))


def asserts(node, known=()):
    """Whether a function asserts: itself, by ``pytest.raises``, or by calling a function that does."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Assert):
            return True
        if isinstance(inner, ast.Call):
            name = inner.func.attr if isinstance(inner.func, ast.Attribute) else getattr(inner.func, "id", "")
            if name in ASSERTING or name in known or name.startswith("assert_"):
                return True
    return False


def asserting_functions(trees):
    """Names of functions that assert, also through others."""
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    known: set[str] = set()
    while True:
        more = {node.name for node in functions if node.name not in known and asserts(node, known)}
        if not more:
            return known
        known |= more


def test_every_test_can_fail(modules, root):
    trees = {path: ast.parse(text) for path, text in modules.items() if path.is_relative_to(root / "tests")}
    known = asserting_functions(trees.values())
    idle = [
        f"{path.relative_to(root)}::{node.name}"
        for path, tree in trees.items()
        if path.name.startswith("test_")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not asserts(node, known)
    ]
    assert not idle, "\n".join(map(str, idle))


def test_no_test_asserts_a_constant(modules, root):
    constant = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path, text in modules.items()
        if path.is_relative_to(root / "tests")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant)
    ]
    assert not constant, "\n".join(map(str, constant))


def test_the_rules_see_what_they_look_for():
    assert EXPLAINED.search("# noqa: S603 - starts our own program")
    assert not EXPLAINED.search("# noqa: S603")
    assert not EXPLAINED.search("# noqa")
    assert EXPLAINED.search("# type: ignore[no-untyped-call] - the library has no types")
    silenced = "import a  # no" + "qa: E402\n"
    assert list(unexplained(silenced)) == [(1, silenced[10:-1])]
    assert list(unexplained("# needed first\n" + silenced)) == []
    assert asserts(ast.parse("def f():\n    with pytest.raises(ValueError):\n        g()"))
    assert not asserts(ast.parse("def f():\n    g()"))
    module = ast.parse("def a():\n    assert x\ndef b():\n    a()\ndef c():\n    d()")
    assert asserting_functions([module]) == {"a", "b"}
