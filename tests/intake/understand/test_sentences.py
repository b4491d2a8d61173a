"""Every sentence of this room is French for a French reader."""

import ast
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

_ROOT = Path(__file__).parents[3]
_FILES = [
    *sorted((_ROOT / "src/maillon/intake/understand").glob("*.py")),
    _ROOT / "src/maillon/intake/read.py",
    _ROOT / "src/maillon/intake/mapping.py",
]


def _sentences() -> set[str]:
    calls = (
        n
        for f in _FILES
        for n in ast.walk(ast.parse(f.read_text(encoding="utf-8")))
        if isinstance(n, ast.Call)
    )
    named = (c for c in calls if isinstance(c.func, ast.Name) and c.func.id in ("message", "plural_message"))
    return {c.args[0].value for c in named if c.args and isinstance(c.args[0], ast.Constant)}


def test_every_sentence_has_its_french() -> None:
    with (_ROOT / "src/maillon/language/fr/intake.po").open("rb") as file:
        french = {
            (m.id[0] if isinstance(m.id, tuple) else m.id): m.string
            for m in read_po(file, locale="fr")
            if m.id
        }
    assert _sentences() == set(french)
    for english, said in french.items():
        for text in said if isinstance(said, tuple) else (said,):
            assert text not in ("", english)


@pytest.mark.parametrize("sign", [":", ";", "?", "!"])
def test_high_punctuation_has_its_space(sign: str) -> None:
    with (_ROOT / "src/maillon/language/fr/intake.po").open("rb") as file:
        texts = [
            t
            for m in read_po(file, locale="fr")
            if m.id
            for t in (m.string if isinstance(m.string, tuple) else (m.string,))
        ]
    for text in texts:
        for place, character in enumerate(text):
            if character == sign:
                assert text[place - 1] in "\u202f\u00a0", text
