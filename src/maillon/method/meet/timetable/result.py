"""A timetable found, and what is proved about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from maillon.core.reason import Reason
from maillon.method.meet.timetable.problem import TimetableProblem
from maillon.solve.model import Status, relative_gap


@dataclass(frozen=True, slots=True)
class Timetable:
    """The slot and the table of each meeting, the breaks of each participant; empty where none was found.

    A break is a group of idle slots between two meetings of one participant; ``breaks`` is their number and
    ``bound`` a number of breaks below which no timetable can go (both ``None`` where unknown). ``locations``
    counts tables from 0, -1 for a meeting at a booth. When it is proven that no timetable exists, ``reasons``
    name what stands in its way and ``exceptions`` the fewest that would let one exist. ``seconds`` is wall
    time.
    """

    status: Status
    slots: tuple[int, ...] = ()
    locations: tuple[int, ...] = ()
    breaks_of: tuple[int, ...] = ()
    bound: int | None = None
    seconds: float = 0.0
    reasons: tuple[Reason, ...] = ()
    exceptions: tuple[Reason, ...] = ()

    @property
    def breaks(self) -> int | None:
        """All breaks of all participants."""
        return sum(self.breaks_of) if self.breaks_of else None

    @property
    def gap(self) -> float:
        """How far the bound is from the breaks, as a share of the breaks; NaN where one is unknown."""
        if self.breaks is None or self.bound is None:
            return float("nan")
        return relative_gap(float(self.breaks), float(self.bound))

    def __repr__(self) -> str:
        """Return the verdict in one line; a gap is named only where a bound is known."""
        found = "" if self.breaks is None else f", {self.breaks} breaks"
        bound = "" if self.bound is None else f", at least {self.bound}"
        return f"<Timetable {self.status}{found}{bound} in {self.seconds:.1f} s>"


def count_breaks(problem: TimetableProblem, slots: Sequence[int]) -> tuple[int, ...]:
    """Return the breaks of each participant: groups of idle slots between two meetings of one part.

    >>> problem = TimetableProblem(participants=3, meetings=((0, 1), (0, 2)), tables=(1,) * 4)
    >>> count_breaks(problem, (0, 3)), count_breaks(problem, (1, 2))
    ((1, 0, 0), (0, 0, 0))
    """
    return tuple(
        sum(_breaks(sorted(slots[m] for m in own if slots[m] in part)) for part in problem.parts)
        for own in problem.meetings_of
    )


def _breaks(busy: Sequence[int]) -> int:
    return sum(later > slot + 1 for slot, later in pairwise(busy))


def assign_tables(problem: TimetableProblem, slots: Sequence[int]) -> tuple[int, ...]:
    """Return a table for each meeting, no two meetings of a slot at one; -1 at a booth.

    Each meeting takes, in order, the table that one of its participants had last, where it is free.

    >>> problem = TimetableProblem(participants=3, meetings=((0, 1), (0, 2)), tables=(2, 2))
    >>> assign_tables(problem, (0, 1))
    (0, 0)
    """
    tables = [-1] * len(problem.meetings)
    last: dict[int, int] = {}
    for slot in range(problem.slots):
        free = set(range(problem.tables[slot]))
        seated = [m for m, own in enumerate(slots) if own == slot and m not in problem.at_booth]
        for meeting in sorted(seated, key=lambda m: not any(p in last for p in problem.meetings[m])):
            wanted = [last[p] for p in problem.meetings[meeting] if last.get(p) in free]
            tables[meeting] = wanted[0] if wanted else min(free)
            free.discard(tables[meeting])
            last |= dict.fromkeys(problem.meetings[meeting], tables[meeting])
    return tuple(tables)
