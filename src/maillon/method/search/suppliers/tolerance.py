"""How fine a written tolerance is, in mm.

Sources: ISO 286-1:2010, table 1 (standard tolerance grades, IT5 to IT13, up to 500 mm).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

_STEPS = (3, 6, 10, 18, 30, 50, 80, 120, 180, 250, 315, 400, 500)  # mm, each included in the step it ends
_GRADES = {  # µm, one figure a step
    5: (4, 5, 6, 8, 9, 11, 13, 15, 18, 20, 23, 25, 27),
    6: (6, 8, 9, 11, 13, 16, 19, 22, 25, 29, 32, 36, 40),
    7: (10, 12, 15, 18, 21, 25, 30, 35, 40, 46, 52, 57, 63),
    8: (14, 18, 22, 27, 33, 39, 46, 54, 63, 72, 81, 89, 97),
    9: (25, 30, 36, 43, 52, 62, 74, 87, 100, 115, 130, 140, 155),
    10: (40, 48, 58, 70, 84, 100, 120, 140, 160, 185, 210, 230, 250),
    11: (60, 75, 90, 110, 130, 160, 190, 220, 250, 290, 320, 360, 400),
    12: (100, 120, 150, 180, 210, 250, 300, 350, 400, 460, 520, 570, 630),
    13: (140, 180, 220, 270, 330, 390, 460, 540, 630, 720, 810, 890, 970),
}
_SYMMETRIC = re.compile(r"(?:±|\+/-|\+-)\s?(\d+(?:[.,]\d+)?)\s?(mm|µm|%)?(?!\s?%)")
_GRADE = re.compile(r"^(?:IT|[A-Za-z]{1,2})\s?(\d{1,2})(?:\s?/\s?[A-Za-z]{1,2}\d{1,2})?$")


def finest_tolerance(written: Iterable[str], diameter: float | None) -> float | None:
    """Return the width of the finest tolerance in mm, None if none can be told.

    A fit (H7) needs the diameter it applies to, in mm; "±0,02" is 0.04 wide. H7 on 25 mm is 21 µm:

    >>> finest_tolerance(["H7"], 25.0), finest_tolerance(["±0,02"], None), finest_tolerance(["H7"], None)
    (0.021, 0.04, None)
    """
    widths = [width for text in written for width in _widths(text, diameter)]
    return min(widths, default=None)


def _widths(text: str, diameter: float | None) -> list[float]:
    deviation = _SYMMETRIC.search(text)
    if deviation and deviation[2] != "%":
        width = 2 * float(deviation[1].replace(",", "."))
        return [width / 1000 if deviation[2] == "µm" else width]
    grade = _GRADE.match(text.strip())
    if grade and diameter is not None and 0 < diameter <= _STEPS[-1] and int(grade[1]) in _GRADES:
        return [_GRADES[int(grade[1])][bisect_left(_STEPS, diameter)] / 1000]
    return []
