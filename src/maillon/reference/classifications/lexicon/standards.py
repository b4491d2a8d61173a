"""Standards that name a part, and references that betray one (``6205-2RS`` is a ball bearing)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from maillon.reference.classifications.processes.sheet import read_rows, sheet_path

PACKAGE = "maillon.reference.classifications.lexicon"


@dataclass(frozen=True, slots=True)
class ReferenceFound:
    """A reference whose form tells the noun, its place, and how sure that is (0 to 1)."""

    noun: str
    confidence: float
    start: int
    end: int


@cache
def standard_nouns() -> dict[str, str]:
    """Return standard (``ISO 4762``) → code of the noun it names."""
    return {row["standard"]: row["noun"] for row in read_rows(sheet_path(PACKAGE, "standards.csv"))}


@cache
def value_nouns() -> dict[str, tuple[str, float]]:
    """Return kind of value (``capacitance``) → noun that has such a value, and how sure that is."""
    rows = read_rows(sheet_path(PACKAGE, "values.csv"))
    return {row["kind"]: (row["noun"], float(row["confidence"])) for row in rows}


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[tuple[str, float], ...]]:
    rows = list(read_rows(sheet_path(PACKAGE, "references.csv")))
    either = "|".join(f"({row['pattern']})" for row in rows)
    return re.compile(rf"(?<![a-z0-9])(?:{either})(?![a-z0-9])"), tuple(
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
