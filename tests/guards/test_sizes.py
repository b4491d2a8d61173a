"""Budgets of size, and names that say what a module knows."""

import ast
import re
from pathlib import Path
from statistics import median

import pytest

VAGUE_MODULES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "handler", "tools"}
VAGUE_CLASS = re.compile(r"(Service|Manager|Handler|Helper)$")


def lines(text: str) -> int:
    return len(text.splitlines())


@pytest.fixture(scope="module")
def product(modules, root):
    return {path: text for path, text in modules.items() if path.is_relative_to(root / "src")}


def names(paths, root):
    return sorted(str(path.relative_to(root)) for path in paths)


def test_no_module_of_the_product_exceeds_500_lines(product, root):
    assert names((path for path, text in product.items() if lines(text) > 500), root) == []


def test_no_test_module_exceeds_800_lines(modules, product, root):
    others = {path: text for path, text in modules.items() if path not in product}
    assert names((path for path, text in others.items() if lines(text) > 800), root) == []


def test_the_middle_module_has_100_lines_at_most(product):
    assert median(lines(text) for text in product.values()) <= 100


def test_nine_modules_of_ten_have_300_lines_at_most(product):
    assert sum(lines(text) <= 300 for text in product.values()) >= 0.9 * len(product)


def functions(product):
    for path, text in product.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def test_nine_functions_of_ten_have_30_lines_at_most(product):
    lengths = [node.end_lineno - node.lineno + 1 for _, node in functions(product)]
    assert sum(length <= 30 for length in lengths) >= 0.9 * len(lengths)


def test_names_say_what_a_module_knows(product, modules, root):
    assert names((path for path in modules if path.stem in VAGUE_MODULES), root) == []
    classes = [
        f"{path.relative_to(root)}: {node.name}"
        for path, text in product.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ClassDef) and VAGUE_CLASS.search(node.name)
    ]
    assert not classes, "\n".join(map(str, classes))


def test_every_module_of_the_product_says_what_it_knows(product, root):
    said = {
        path: text for path, text in product.items() if "migrations" not in path.parts
    }  # those are generated
    silent = [path for path, text in said.items() if not ast.get_docstring(ast.parse(text))]
    assert names(silent, root) == []


def test_tests_hold_no_packages(modules, root):
    inits = [path for path in modules if path.name == "__init__.py" and path.is_relative_to(root / "tests")]
    assert names(inits, root) == []


def test_lines_counts_lines():
    assert lines("a\nb\n") == 2
    assert Path("x/utils.py").stem in VAGUE_MODULES
