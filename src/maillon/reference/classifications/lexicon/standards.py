"""Standards that name a part, and references that betray one (``6205-2RS`` is a ball bearing)."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from maillon.reference.classifications.processes.sheet import read_rows, sheet_path

PACKAGE = "maillon.reference.classifications.lexicon"

_START = re.compile(r"[a-z0-9]+")


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
def _branches() -> dict[str, tuple[re.Pattern[str], tuple[tuple[str, float], ...]]]:
    """Return first character → the patterns that may begin with it, as one, and what each of them means."""
    starts: dict[str, list[dict[str, str]]] = {}
    for row in read_rows(sheet_path(PACKAGE, "references.csv")):
        for start in row["starts"]:
            starts.setdefault(start, []).append(row)
    return {start: _branch(rows) for start, rows in starts.items()}


def _branch(rows: list[dict[str, str]]) -> tuple[re.Pattern[str], tuple[tuple[str, float], ...]]:
    either = "|".join(f"({row['pattern']})" for row in rows)
    meanings = tuple((row["noun"], float(row["confidence"])) for row in rows)
    return re.compile(rf"(?:{either})(?![a-z0-9])"), meanings


def find_references(folded: str) -> list[ReferenceFound]:
    """Find in a folded text the references whose form tells what the thing is."""
    branches, end = _branches(), 0
    found = []
    for start in _START.finditer(folded):
        place = start.start()
        branch = branches.get(folded[place]) if place >= end else None
        match = branch[0].match(folded, place) if branch else None
        if branch and match:
            end = match.end()
            noun, confidence = branch[1][(match.lastindex or 1) - 1]
            found.append(ReferenceFound(noun, confidence, *match.span()))
    return found
