"""German, Italian and Spanish names of common parts: read, and never at the cost of French or English."""

import pytest

from maillon.method.search import read_designation
from maillon.reference.classifications.lexicon.nouns import find_noun, noun_phrases
from maillon.reference.classifications.processes.sheet import read_rows, sheet_path, split_cell

SHEET = sheet_path("maillon.reference.classifications.lexicon", "") / "foreign.csv"


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Sechskantmutter M16 feuerverzinkt", "hex nut"),
        ("Schraube M8x20 8.8", "screw"),
        ("Wellendichtring 40x60x10 NBR", "shaft seal"),
        ("molla trazione filo 1,5 De 12", "extension spring"),
        ("CUSCINETTO A SFERE 6204", "ball bearing"),
        ("rodamiento rígido de bolas 6204", "deep groove ball bearing"),
        ("Junta tórica 20x2 FKM", "o-ring"),
    ],
)
def test_a_suppliers_own_language_is_read(text: str, noun: str) -> None:
    found = read_designation(text).noun
    assert found is not None
    assert found.code == noun


def test_every_form_names_the_noun_of_its_line_or_what_it_names_in_french_or_english() -> None:
    phrases = noun_phrases()
    for row in read_rows(SHEET):
        assert phrases.get(row["noun"]) is not None, row["noun"]
        for form in (form for language in ("de", "it", "es") for form in split_cell(row[language])):
            naming = phrases.get(form)
            assert naming is not None, form
            assert all(find_noun(code) for code in naming.nouns())


@pytest.mark.parametrize(("text", "noun"), [("spanner 13 mm", "spanner"), ("guide de chaîne", "guide")])
def test_french_and_english_words_keep_their_meaning(text: str, noun: str) -> None:
    found = read_designation(text).noun
    assert found is not None
    assert found.en.split()[0] in {noun, "chain"}


def test_no_line_names_a_noun_twice() -> None:
    nouns = [row["noun"] for row in read_rows(SHEET)]
    assert sorted(nouns) == sorted(set(nouns))
