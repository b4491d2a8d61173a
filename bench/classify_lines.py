"""The development lines of the classification: designations with their HS subheading and class of makers.

``classify_lines.csv`` was written by the project beside the labelled set of ``bench/search``, whose ``dev``
part joins it here. Lines whose noun, as the lexicon reads it, occurs in the ``test`` part are left out by
their nouns alone: no label of the test part is looked at.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from bench.search.labelled_set import read_labelled
from maillon.method.search import read_designation

LINES = Path(__file__).with_suffix(".csv")


@dataclass(frozen=True, slots=True)
class Line:
    """A designation, what groups it with its like, and the codes that are right for it."""

    designation: str
    noun: str
    headings: tuple[str, ...]
    subheading: str | None
    classes: tuple[str, ...]
    language: str = ""


def labelled_lines(part: str) -> list[Line]:
    """Return the lines of a part of the labelled set."""
    return [
        Line(one.designation, one.noun, one.hs4, None, one.naf, one.language) for one in read_labelled(part)
    ]


def development_lines() -> list[Line]:
    """Return every line that weights and calibration may be fitted on."""
    unseen = {_noun(line.designation) for line in labelled_lines("test")} - {None}
    own = [line for line in _own_lines() if _noun(line.designation) not in unseen]
    return [*labelled_lines("dev"), *own]


def _own_lines() -> list[Line]:
    with LINES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    return [
        Line(r["designation"], r["designation"].split()[0].lower(), (r["hs6"][:4],), r["hs6"], (r["nace"],))
        for r in rows
    ]


def _noun(designation: str) -> str | None:
    read = read_designation(designation)
    return read.noun.code if read.noun else None
