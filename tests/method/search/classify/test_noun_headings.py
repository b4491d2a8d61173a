"""Customs headings of common nouns: each line names a known noun and headings that exist."""

import pytest

from maillon.method.search import classify_designation
from maillon.reference.classifications.lexicon.nouns import all_nouns
from maillon.reference.classifications.links.noun_headings import PACKAGE, headings_of_noun
from maillon.reference.classifications.processes.sheet import read_rows, sheet_path
from maillon.reference.classifications.titles.tables import titles

ROWS = list(read_rows(sheet_path(PACKAGE, "noun_headings.csv")))


def test_every_line_names_a_noun_and_headings_that_exist() -> None:
    known = set(titles().codes[titles().span(4)])
    assert [h for row in ROWS for h in row["headings"].split("|") if h not in known] == []
    listed = [noun.code for noun in all_nouns() if headings_of_noun(noun.code)]
    assert 0.9 * len(ROWS) < len(listed) <= len(ROWS)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("automate programmable 24 entrées", "8537"),
        ("aimant néodyme D20x5", "8505"),
        ("fraise carbure D10", "8207"),
    ],
)
def test_a_noun_filed_by_use_is_found_under_its_heading(text: str, heading: str) -> None:
    assert heading in [share.code[:4] for share in classify_designation(text, cutoff=0).cn[:3]]


def test_a_noun_without_a_line_has_none() -> None:
    assert headings_of_noun("no such noun") == ()
