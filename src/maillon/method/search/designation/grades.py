"""Material grades in a designation: ``316 L``, ``EN AW-6082``, ``42CD4``, ``1.4404``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from maillon.reference.classifications.lexicon.materials import Grade, find_material, grade_names

LONGEST = 5  # pieces of text joined into one grade: "en" "aw" "6082" "t6"
_PIECE = re.compile(r"[a-z0-9.+]*[a-z0-9]")
_JOINT = re.compile(r"[\s\-/]?[\s\-/]?$")
# "LG 316" is a length, also on a part of stainless steel
_AFTER_SIZE = re.compile(
    r"(?:(?<![a-z])(?:lg|lgth|len|long\w*|l|ep|epais\w*|e|d|dia\w*|h|ht|haut\w*|larg\w*|w|dn|pn)|[ø=x*])[\s.=:]*$"
)
_FASTENER = re.compile(
    r"(?<![a-z0-9])(?:m\d|vis|ecrou|rondelle|boulon|goupille|rivet|circlip|screw|bolt|nut|washer|stud|pin)"
)


@dataclass(frozen=True, slots=True)
class GradeFound:
    """A grade and the place of its name."""

    grade: Grade
    start: int
    end: int


@cache
def _openings() -> frozenset[str]:
    """Return every opening of every grade's name: they dismiss most pieces of a text at once."""
    return frozenset(name[:size] for name in grade_names() for size in range(1, len(name) + 1))


def find_grades(folded: str, classes_named: Callable[[], frozenset[str]]) -> list[GradeFound]:
    """Find the grades named in a folded text.

    Forms that could be something else (``304``, ``6082``, ``A2``) count only beside a word for a material of
    the same class (``classes_named``), or for A2 and A4 beside a thread or a fastener.
    """
    openings = _openings()
    pieces = [match.span() for match in _PIECE.finditer(folded)]
    found = []
    past = 0
    for index, (start, end) in enumerate(pieces):
        if index < past or folded[start:end] not in openings:
            continue
        size, grade = _longest(folded, pieces, index)
        if grade is not None and _is_meant(grade, folded, start, classes_named):
            found.append(GradeFound(grade, start, pieces[index + size - 1][1]))
            past = index + size
    return found


def _longest(folded: str, pieces: list[tuple[int, int]], index: int) -> tuple[int, Grade | None]:
    best: tuple[int, Grade | None] = (1, None)
    names, openings = grade_names(), _openings()
    end, joined = pieces[index][0], ""
    for size in range(1, LONGEST + 1):
        piece = pieces[index + size - 1] if index + size <= len(pieces) else None
        if piece is None or (size > 1 and not _JOINT.fullmatch(folded[end : piece[0]])):
            break
        end = piece[1]
        joined += folded[piece[0] : end]
        if joined not in openings:
            break
        if joined in names:
            best = (size, names[joined])
    return best


def _is_meant(grade: Grade, folded: str, start: int, classes_named: Callable[[], frozenset[str]]) -> bool:
    if grade.needs_context and _AFTER_SIZE.search(folded, 0, start):
        return False
    if not grade.needs_context or find_material(grade.material).material_class in classes_named():
        return True
    return grade.name in {"A2", "A4"} and _FASTENER.search(folded) is not None
