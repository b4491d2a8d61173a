"""A first timetable: each meeting where it costs least, then room made for those left over."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from maillon.method.meet.large.seating import FREE, Seating

#: Exchanges tried to make room for one meeting before it is given up.
_TRIES = 10_000


def place_all(seating: Seating, effort: Callable[[int], int], chance: Random) -> list[int]:
    """Place every meeting it can; return those for which no room was found (no proof that there is none)."""
    for meeting in _hardest_first(seating, chance):
        best = min(_choices(seating, effort, chance, meeting), default=None)
        if best is not None:
            seating.place(meeting, best[-1])
    left = [meeting for meeting, slot in enumerate(seating.slot) if slot == FREE]
    return [meeting for meeting in left if not _make_room(seating, meeting, chance)]


def _hardest_first(seating: Seating, chance: Random) -> list[int]:
    """Meetings with the fewest open slots first, then those of the busiest participants."""
    most = [max(len(seating.problem.meetings_of[p]) for p in people) for people in seating.people]
    keys = [(own.bit_count() - busy, chance.random()) for own, busy in zip(seating.open, most, strict=True)]
    return sorted(range(len(keys)), key=keys.__getitem__)


def _choices(
    seating: Seating, effort: Callable[[int], int], chance: Random, meeting: int
) -> list[tuple[float, float, int]]:
    """Return the slots that fit, with what they add: breaks, and how full the slot is."""
    people = [seating.busy[person] for person in seating.people[meeting]]
    return [
        (
            sum(effort(busy | 1 << slot) - effort(busy) for busy in people)
            + 0.3 * seating.load[slot] / max(seating.tables[slot], 1),
            chance.random(),
            slot,
        )
        for slot in range(len(seating.tables))
        if seating.fits(meeting, slot)
    ]


def _make_room(seating: Seating, meeting: int, chance: Random) -> bool:
    """Exchange slots at random until the meeting fits somewhere."""
    slots, meetings = range(len(seating.tables)), range(len(seating.slot))
    if not seating.open[meeting]:
        return False
    for _ in range(_TRIES):
        fitting = [slot for slot in slots if seating.fits(meeting, slot)]
        if fitting:
            seating.place(meeting, chance.choice(fitting))
            return True
        exchange_at_random(seating, chance, meetings, slots)
    return False


def exchange_at_random(seating: Seating, chance: Random, meetings: range, slots: range) -> None:
    """Exchange the slots of one component drawn at random, where every rule allows it."""
    one, target = chance.choice(meetings), chance.choice(slots)
    source = seating.slot[one]
    if source in {FREE, target}:
        return
    moved = seating.component(one, target)
    if moved is not None and seating.has_room(moved, source, target):
        seating.exchange(moved, source, target)
