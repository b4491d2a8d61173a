"""A business event: firms, their people, the slots, the places, and who wants to meet whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

Pair = tuple[int, int]


def pair_of(a: int, b: int) -> Pair:
    """Return two firms as an unordered pair.

    >>> pair_of(5, 2)
    (2, 5)
    """
    return (a, b) if a < b else (b, a)


@dataclass(frozen=True, slots=True)
class Slot:
    """A time for one meeting: local ``start``, length, and the session (half-day) that it belongs to.

    A ``buffer`` slot is kept free for what happens on the day; no meeting is planned in it.
    """

    start: dt.datetime
    minutes: int
    session: int
    buffer: bool = False

    @property
    def end(self) -> dt.datetime:
        """When the meeting ends."""
        return self.start + dt.timedelta(minutes=self.minutes)

    def __repr__(self) -> str:
        """Return its date and clock times."""
        return f"<Slot {self.start:%Y-%m-%d %H:%M}-{self.end:%H:%M}>"


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm that takes part: ``kind`` is buyer, supplier or any word; ``most`` caps its meetings.

    ``siret`` (or SIREN) finds it in the company register; ``needs`` are parts that it looks for, in words.
    """

    code: str
    name: str
    kind: str = ""
    city: str = ""
    most: int | None = None
    siret: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of ``firm`` (its rank in the event); ``absent`` are the slots when the person cannot meet."""

    code: str
    firm: int
    name: str
    role: str = ""
    absent: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Location:
    """Where meetings are held: a table, one at a time, or the booth of ``firm``, which receives there.

    A booth takes as many meetings at once as its firm has persons. A table of a ``track`` is kept for the
    meetings of that track.
    """

    code: str
    firm: int | None = None
    track: str = ""


class Origin(StrEnum):
    """Where a wish comes from."""

    ASKED = "asked"  # the firm itself
    PROPOSED = "proposed"  # a need of one and a skill of the other


@dataclass(frozen=True, slots=True)
class Wish:
    """Firm ``asker`` wants to meet ``asked``; ``rank`` 1 is its first choice.

    ``person`` names whom it wants to meet, ``session`` when, ``why`` is the need that gave the proposal and
    ``score`` (0 to 1) how well it fits.
    """

    asker: int
    asked: int
    rank: int
    origin: Origin = Origin.ASKED
    person: int | None = None
    session: int | None = None
    track: str = ""
    score: float = 1.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Must:
    """A meeting that must be held, perhaps at a given slot."""

    pair: Pair
    slot: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A meeting of several firms at once, at a slot of its own or at any; each sends one person."""

    name: str
    firms: tuple[int, ...]
    slot: int | None = None
    location: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """All that a timetable needs to know; firms, persons, slots and sessions are named by their rank.

    ``caps[kind, other]`` is the most meetings that a firm of one kind may have with firms of another, where
    ``"*"`` stands for any kind. ``spare`` slots are left free in each person's day. Times are local to
    ``zone``.
    """

    name: str
    slots: tuple[Slot, ...]
    sessions: tuple[str, ...]
    firms: tuple[Firm, ...]
    persons: tuple[Person, ...]
    locations: tuple[Location, ...]
    wishes: tuple[Wish, ...] = ()
    musts: tuple[Must, ...] = ()
    forbidden: frozenset[Pair] = frozenset()
    groups: tuple[Group, ...] = ()
    caps: Mapping[tuple[str, str], int] = field(default_factory=lambda: MappingProxyType({}))
    spare: int = 0
    place: str = ""
    zone: str = "Europe/Paris"
    invented: bool = False

    def __repr__(self) -> str:
        """Return the event in one line."""
        return (
            f"<Event {self.name}: {len(self.firms)} firms, {len(self.persons)} persons,"
            f" {len(self.slots)} slots, {len(self.locations)} places, {len(self.wishes)} wishes>"
        )

    @property
    def tables(self) -> tuple[int, ...]:
        """The ranks of the shared tables, without booths and places kept for a group."""
        kept = {group.location for group in self.groups if group.location}
        return tuple(
            rank for rank, place in enumerate(self.locations) if place.firm is None and place.code not in kept
        )

    @property
    def booths(self) -> Mapping[int, int]:
        """The rank of the booth of each firm that has one."""
        return {place.firm: rank for rank, place in enumerate(self.locations) if place.firm is not None}

    def people_of(self, firm: int) -> tuple[int, ...]:
        """Return the ranks of a firm's persons."""
        return tuple(rank for rank, person in enumerate(self.persons) if person.firm == firm)

    def open_slots(self, person: int) -> frozenset[int]:
        """Return the slots when a person may meet: neither absent nor a buffer."""
        absent = self.persons[person].absent
        return frozenset(t for t, slot in enumerate(self.slots) if not slot.buffer and t not in absent)
