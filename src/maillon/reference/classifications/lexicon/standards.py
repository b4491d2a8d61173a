"""Standards that name a part, and references that betray one (``6205-2RS`` is a ball bearing)."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from maillon.reference.classifications.processes.sheet import read_rows, sheet_path

PACKAGE = "maillon.reference.classifications.lexicon"

# How every reference begins; it dismisses plain words fast, and a test checks the patterns against it.
OPENING = r"(?<![a-z0-9])(?=[a-z]{0,7}[- ]?[0-9]|usb|sma|iec)"


class ReferenceFound(NamedTuple):
    """A reference whose form tells the noun, its place, and how sure that is (0 to 1)."""

    noun: str
    confidence: float
    start: int
    end: int


@cache
def standard_nouns() -> dict[str, str]:
    """Return standard (``ISO 4762``) → code of the noun it names."""
    return {row["standard"]: row["noun"] for row in read_rows(sheet_path(PACKAGE, "standards.csv"))}


def standard_noun(name: str) -> str | None:
    """Return the noun that a standard names; a part of a standard counts as the whole where it has no own.

    >>> standard_noun("ISO 4762"), standard_noun("ISO 4762-1"), standard_noun("ISO 9001")
    ('socket head cap screw', 'socket head cap screw', None)
    """
    known = standard_nouns()
    return known.get(name) or known.get(re.sub(r"(?<=\d)-\d+$", "", name))


@cache
def value_nouns() -> dict[str, tuple[str, float]]:
    """Return kind of value (``capacitance``) → noun that has such a value, and how sure that is."""
    rows = read_rows(sheet_path(PACKAGE, "values.csv"))
    return {row["kind"]: (row["noun"], float(row["confidence"])) for row in rows}


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[tuple[str, float], ...]]:
    rows = list(read_rows(sheet_path(PACKAGE, "references.csv")))
    either = "|".join(f"({row['pattern']})" for row in rows)
    return re.compile(rf"{OPENING}(?:{either})(?![a-z0-9])"), tuple(
        (row["noun"], float(row["confidence"])) for row in rows
    )


def find_references(folded: str) -> list[ReferenceFound]:
    """Find in a folded text the references whose form tells what the thing is."""
    pattern, meanings = _patterns()
    found = []
    for match in pattern.finditer(folded):
        noun, confidence = meanings[(match.lastindex or 1) - 1]
        found.append(ReferenceFound(noun, confidence, *match.span()))
    return found
