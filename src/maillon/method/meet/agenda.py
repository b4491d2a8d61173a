"""The timetable of an event: who sits where, when, with whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from maillon.core.event import Event, Pair
from maillon.core.reason import Reason
from maillon.solve import Status


@dataclass(frozen=True, slots=True)
class Appointment:
    """A meeting in its place: persons, slot and location by their ranks; ``group`` names it where it is one.

    ``people`` are two, in the order of the firms' ranks, or one of each firm of a group.
    """

    people: tuple[int, ...]
    slot: int
    location: int
    group: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """The appointments in the order of time, and what is proven of them.

    ``breaks`` counts groups of idle slots between two meetings of one person, a pause between sessions being
    nobody's break; ``bound`` is a number of breaks below which no timetable of these meetings can go.
    ``moves`` counts the changes of place between meetings that follow without a pause. ``missing`` are
    meetings without a place, ``reasons`` why.
    """

    appointments: tuple[Appointment, ...]
    status: Status
    breaks: int | None = None
    bound: int | None = None
    moves: int | None = None
    seconds: float = 0.0
    missing: tuple[Pair, ...] = ()
    reasons: tuple[Reason, ...] = ()

    def __repr__(self) -> str:
        """Return the verdict in one line."""
        bound = "" if self.bound is None else f" (at least {self.bound})"
        return (
            f"<Agenda {self.status}: {len(self.appointments)} appointments, {self.breaks} breaks{bound},"
            f" {self.moves} moves>"
        )

    def of_person(self, person: int) -> tuple[Appointment, ...]:
        """Return a person's own appointments in the order of time."""
        return tuple(one for one in self.appointments if person in one.people)


def follows(event: Event, slot: int, later: int) -> bool:
    """Return whether a slot begins when another ends, in the same session: nobody has time to rest."""
    before, after = event.slots[slot], event.slots[later]
    return before.session == after.session and before.end == after.start


def idle_groups(event: Event, busy: Sequence[int]) -> int:
    """Return the breaks of somebody busy at these slots: groups of idle slots, pauses and buffers apart."""
    planned = [t for t, slot in enumerate(event.slots) if not slot.buffer]
    place = {slot: rank for rank, slot in enumerate(planned)}
    return sum(
        place[late] > place[early] + 1 and event.slots[early].session == event.slots[late].session
        for early, late in pairwise(sorted(busy))
    )


def count_moves(event: Event, appointments: Sequence[Appointment]) -> int:
    """Return how often somebody goes from one place to another between meetings that follow at once."""
    at: dict[tuple[int, int], int] = {}
    for one in appointments:
        at.update({(person, one.slot): one.location for person in one.people})
    return sum(
        (person, slot + 1) in at and follows(event, slot, slot + 1) and at[person, slot + 1] != location
        for (person, slot), location in at.items()
    )
