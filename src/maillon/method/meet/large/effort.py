"""What a day costs one participant: breaks, and what is too many of them beside the others."""

from __future__ import annotations

from collections.abc import Callable

from maillon.method.meet.timetable.problem import TimetableProblem

#: What one break above the fair number weighs beside one break.
UNFAIR = 10


def effort_of(problem: TimetableProblem, fairness: int | None) -> Callable[[int], int]:
    """Return the cost of a participant's busy slots, given as a bit mask.

    The cost is the number of breaks, and ``UNFAIR`` more for each break above ``fairness``: where someone has
    none, nobody may have more. ``None``: breaks alone.

    >>> cost = effort_of(TimetableProblem(2, ((0, 1),), (1,) * 9), fairness=1)
    >>> cost(0), cost(0b11100), cost(0b11011), cost(0b10101)
    (0, 0, 1, 12)
    """
    parts = [sum(1 << slot for slot in part) for part in problem.parts]
    most = problem.slots if fairness is None else fairness

    def whole_day(busy: int) -> int:
        breaks = (busy & ~(busy << 1)).bit_count() - (busy != 0)
        return breaks if breaks <= most else breaks + UNFAIR * (breaks - most)

    def in_parts(busy: int) -> int:
        breaks = 0
        for part in parts:
            inside = busy & part
            breaks += (inside & ~(inside << 1)).bit_count() - (inside != 0)
        return breaks if breaks <= most else breaks + UNFAIR * (breaks - most)

    return whole_day if len(parts) == 1 else in_parts
