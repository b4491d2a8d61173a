"""Every sentence of the product has its French, once, with the same slots and French typography."""

import ast
import gettext
import io
import re
import string

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SPOKEN = {"message", "plural_message"}
#: Where sentences said elsewhere pass through: made, carried over from the child, taken from a template.
PASSING = {
    "src/maillon/core/message.py",
    "src/maillon/intake/sandbox/wire.py",
    "src/maillon/report/view.py",
}
#: Functions of templates that take an English sentence.
IN_TEMPLATES = re.compile(r"""\b(?:_|t|say|message|gettext)\(\s*(["'])(?P<sentence>(?:\\.|(?!\1).)+)\1""")
HIGH_SIGN = re.compile(r"(?<![\u202f\u00a0\s(])[;!?:»](?=\s|$)|(?<=[^\s])[ ][;!?:»](?=\s|$)")
CODE = re.compile(r"`[^`]*`|\{[^}]*\}|https?://\S+")


def spoken(tree):
    """Sentences said in a module, and the lines where one is not written out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in SPOKEN and node.args:
                texts = [a.value for a in node.args[: _wanted(name)] if constant(a)]
                yield node.lineno, (tuple(texts) if len(texts) == _wanted(name) else None)


def _wanted(name):
    return 2 if name == "plural_message" else 1


def constant(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


@pytest.fixture(scope="module")
def said(modules, texts, root):
    """Sentence → where it is said first; sentences that are built are under the key None."""
    found, built = {}, []
    for path, text in modules.items():
        if path.is_relative_to(root / "src"):
            name = str(path.relative_to(root))
            for line, sentence in spoken(ast.parse(text)):
                if sentence is not None:
                    found.setdefault(sentence, f"{name}:{line}")
                elif name not in PASSING:
                    built.append(f"{name}:{line}")
    for path, text in texts.items():
        # those of the web application speak by Django's catalogues
        reports = path.is_relative_to(root / "src") and not path.is_relative_to(root / "src/maillon/web")
        if reports and path.suffix in {".html", ".jinja", ".j2"}:
            for match in IN_TEMPLATES.finditer(text):
                found.setdefault((match["sentence"],), str(path.relative_to(root)))
    return found, built


@pytest.fixture(scope="module")
def catalogues(root):
    """Our own French catalogues by name. Those of libraries, in LC_MESSAGES, hold what we do not say."""
    return {
        path.name: read_po(io.BytesIO(path.read_bytes()), locale="fr")
        for path in sorted((root / "src/maillon/language/fr").glob("*.po"))
    }


@pytest.fixture(scope="module")
def entries(catalogues):
    return [(name, entry) for name, catalogue in catalogues.items() for entry in catalogue if entry.id]


def ids(entry):
    return entry.id if isinstance(entry.id, tuple) else (entry.id,)


def french(entry):
    return entry.string if isinstance(entry.string, tuple) else (entry.string,)


def slots(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_sentence_is_written_out(said):
    assert not said[1], "\n".join(said[1])


def test_every_sentence_has_its_french(said, entries):
    known = {ids(entry) for _, entry in entries}
    missing = [f"{place}: {sentence[0]}" for sentence, place in said[0].items() if sentence not in known]
    assert not missing, "\n".join(missing)


def test_every_translation_is_finished(entries):
    open_ones = [
        f"{name}: {ids(entry)[0]}" for name, entry in entries if not all(french(entry)) or entry.fuzzy
    ]
    assert not open_ones, "\n".join(open_ones)


def test_plurals_have_both_forms(entries):
    bare = [f"{name}: {ids(e)[0]}" for name, e in entries if len(ids(e)) == 2 and len(french(e)) != 2]
    assert not bare, "\n".join(bare)


def test_translations_keep_the_slots(entries):
    """A singular may drop the count ("une ligne"), nothing else."""
    wrong = [
        f"{name}: {english} → {text}"
        for name, entry in entries
        for english, text in zip(ids(entry), french(entry), strict=True)
        if slots(english) - {"n"} != slots(text) - {"n"} or not slots(text) <= slots(english) | {"n"}
    ]
    assert not wrong, "\n".join(wrong)


def test_catalogues_hold_no_sentence_that_nobody_says(said, entries):
    stale = [f"{name}: {ids(entry)[0]}" for name, entry in entries if ids(entry) not in said[0]]
    assert not stale, "\n".join(stale)


def test_catalogues_hold_no_obsolete_entry(catalogues):
    assert {name: list(c.obsolete) for name, c in catalogues.items() if c.obsolete} == {}


def test_no_sentence_stands_in_two_catalogues(entries):
    seen, twice = {}, []
    for name, entry in entries:
        if seen.setdefault(ids(entry), name) != name:
            twice.append(f"{seen[ids(entry)]} and {name}: {ids(entry)[0]}")
    assert not twice, "\n".join(twice)


def test_high_signs_follow_a_no_break_space(entries):
    loose = [
        f"{name}: {text}"
        for name, entry in entries
        for text in french(entry)
        if HIGH_SIGN.search(CODE.sub("x", text))
    ]
    assert not loose, "\n".join(loose)


def test_every_catalogue_compiles_and_speaks(catalogues):
    assert catalogues
    for name, catalogue in catalogues.items():
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        spoken_by = gettext.GNUTranslations(compiled)
        assert catalogue.num_plurals == 2, name
        assert spoken_by.info()["plural-forms"] == "nplurals=2; plural=(n > 1);", name
        for entry in catalogue:
            if entry.id:
                english = ids(entry)
                heard = spoken_by.gettext(*english) if len(english) == 1 else spoken_by.ngettext(*english, 5)
                assert heard == french(entry)[-1], name


def test_the_rules_see_what_they_look_for():
    tree = ast.parse('message("a {b}")\nx.plural_message("one", "many", n=2)\nmessage(text)\nother("c")')
    assert list(spoken(tree)) == [(1, ("a {b}",)), (2, ("one", "many")), (3, None)]
    assert HIGH_SIGN.search("Attention !")
    assert HIGH_SIGN.search("Attention! Ici")
    assert not HIGH_SIGN.search("Attention\u202f! Vu à 12:30 (?)")
    assert slots("{a} of {b.c!r:>3}") == {"a", "b.c"}
    assert IN_TEMPLATES.search("""{{ _("It's \\"so\\"") }}""")["sentence"] == 'It\'s \\"so\\"'
