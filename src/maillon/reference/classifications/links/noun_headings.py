"""Common part nouns and the customs headings (HS, 4 digits) that goods of that name are filed under."""

from __future__ import annotations

from functools import cache

from maillon.reference.classifications.lexicon.nouns import noun_phrases
from maillon.reference.classifications.processes.sheet import read_rows, sheet_path, split_cell

PACKAGE = "maillon.reference.classifications.links"


def headings_of_noun(noun: str) -> tuple[str, ...]:
    """Return the headings of a noun of the lexicon, the most usual first; none where none is listed.

    Read from the titles and notes of the Harmonized System; the family and the words still decide among them.

    >>> headings_of_noun("plc"), headings_of_noun("heat sink")
    (('8537',), ())
    """
    return _headings().get(noun, ())


@cache
def _headings() -> dict[str, tuple[str, ...]]:
    rows = read_rows(sheet_path(PACKAGE, "noun_headings.csv"))
    return {_code(row["noun"]): split_cell(row["headings"]) for row in rows}


def _code(form: str) -> str:
    """Return the noun that an English form names; ``KeyError`` where the lexicon has none."""
    naming = noun_phrases().get(form)
    if naming is None or naming.en is None:
        raise KeyError(form)
    return naming.en
