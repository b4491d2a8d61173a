"""Tables after a repair: a meeting that keeps its slot keeps its table, if that is still there."""

from __future__ import annotations

from collections.abc import Sequence

from maillon.method.meet.timetable.problem import TimetableProblem

BOOTH = -1


def keep_tables(
    problem: TimetableProblem,
    before: Sequence[int | None],
    after: Sequence[int | None],
    published: Sequence[int] = (),
) -> tuple[int | None, ...]:
    """Return a table for each meeting held after a repair, ``BOOTH`` at a booth, ``None`` where not held.

    ``published`` are the tables given out (meetings added since have none yet; empty: nobody has one). The
    last tables of a slot are those that are lost. A meeting moved takes the lowest free table of its slot.
    """
    seats: list[int | None] = [None] * len(after)
    for slot in range(problem.slots):
        here = [m for m, own in enumerate(after) if own == slot]
        free = set(range(problem.tables[slot]))
        for meeting in here:
            kept = published[meeting] if meeting < len(published) and before[meeting] == slot else None
            if meeting in problem.at_booth:
                seats[meeting] = BOOTH
            elif kept in free:
                seats[meeting] = kept
                free.discard(kept)
        for meeting in here:
            if seats[meeting] is None:
                seats[meeting] = min(free)
                free.discard(min(free))
    return tuple(seats)
