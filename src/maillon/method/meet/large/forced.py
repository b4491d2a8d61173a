"""Breaks that nobody can spare a participant, whatever the others do: a bound that needs no solver."""

from __future__ import annotations

from maillon.method.meet.timetable.problem import TimetableProblem

_NEVER = 1 << 30


def count_forced_breaks(problem: TimetableProblem) -> tuple[int, ...]:
    """Return for each participant the fewest breaks that presence and fixed slots allow.

    Each participant is looked at alone, with any meeting in any slot open to one of theirs, so the sum is a
    valid lower bound of all breaks. A participant who has no such choice of slots at all counts 0.

    >>> away = (frozenset({1}), frozenset())
    >>> count_forced_breaks(TimetableProblem(2, ((0, 1), (0, 1)), (1, 1, 1), forbidden=away))
    (1, 1)
    """
    return tuple(_fewest(problem, person) for person in range(problem.participants))


def _fewest(problem: TimetableProblem, person: int) -> int:
    own = problem.meetings_of[person]
    open_slots = {slot for meeting in own for slot in problem.open_slots[meeting]} - problem.forbidden[person]
    held = {problem.fixed[meeting] for meeting in own}
    # Fewest breaks by slots taken and state: 0 nothing yet in this part, 1 busy, 2 idle since.
    best = {(0, 0): 0}
    for part in problem.parts:
        best = _fresh(best)
        for slot in part:
            best = _after_slot(best, may=slot in open_slots, must=slot in held)
    fewest = min((breaks for (taken, _), breaks in best.items() if taken == len(own)), default=_NEVER)
    return fewest if fewest < _NEVER else 0


def _fresh(best: dict[tuple[int, int], int]) -> dict[tuple[int, int], int]:
    """Forget what the day looked like before a pause: idle time across it is nobody's break."""
    fresh: dict[tuple[int, int], int] = {}
    for (taken, _), breaks in best.items():
        fresh[taken, 0] = min(breaks, fresh.get((taken, 0), _NEVER))
    return fresh


def _after_slot(best: dict[tuple[int, int], int], *, may: bool, must: bool) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = {}
    for (taken, state), breaks in best.items():
        if may or must:
            key = taken + 1, 1
            found[key] = min(found.get(key, _NEVER), breaks + (state == 2))
        if not must:
            key = taken, 2 if state else 0
            found[key] = min(found.get(key, _NEVER), breaks)
    return found
