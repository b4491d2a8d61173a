"""Repair of an event's timetable on the day, and what changes for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maillon.core.errors import InvalidRequest
from maillon.core.event import Event, Pair, pair_of
from maillon.core.message import message
from maillon.method.meet.agenda import Agenda, Appointment, count_moves
from maillon.method.meet.people import Attended, share_meetings
from maillon.method.meet.repair import Added, Away, Cancelled, Change, Repair, TablesLost, repair_timetable
from maillon.method.meet.schedule import (
    Planned,
    build_problem,
    plan_meetings,
    planned_slots,
)
from maillon.solve import Status


@dataclass(frozen=True, slots=True)
class Absence:
    """A person (its rank) is away in these slots of the event."""

    person: int
    slots: frozenset[int]


@dataclass(frozen=True, slots=True)
class PlaceLost:
    """A table (its rank among the locations) cannot be used in these slots of the event."""

    location: int
    slots: frozenset[int]


@dataclass(frozen=True, slots=True)
class Changed:
    """What changes for one person: an appointment before (None: new) and after (None: not held)."""

    person: int
    before: Appointment | None
    after: Appointment | None


@dataclass(frozen=True, slots=True)
class Repaired:
    """The repaired timetable, the changes of each person, and whether fewer moves are proven impossible."""

    agenda: Agenda
    changes: tuple[Changed, ...]
    moved: int
    lost: int
    least: int
    proven: bool
    breaks_before: int


def repair_agenda(  # noqa: PLR0913 - what happened, of each kind, all optional
    event: Event,
    agenda: Agenda,
    *,
    absences: Sequence[Absence] = (),
    places: Sequence[PlaceLost] = (),
    added: Sequence[Pair] = (),
    cancelled: Sequence[Pair] = (),
    now: int = 0,
    time_limit: float = 10.0,
) -> Repaired:
    """Repair a published timetable from slot ``now`` of the event on, moving as few meetings as possible.

    As many meetings as possible are held; nobody's earlier meeting is touched. Raises ``InvalidRequest`` for
    a meeting that the timetable does not have, or where tables belong to tracks.
    """
    planned = _as_planned(event, agenda.appointments)
    slots, rank = _ranks(event)
    tables = _tables_in_order(event, places)
    seat = {location: number for number, location in enumerate(tables)}
    problem = build_problem(event, planned)
    changes: list[Change] = [
        Away(absence.person, frozenset(rank[t] for t in absence.slots if t in rank)) for absence in absences
    ]
    changes += [TablesLost(frozenset(rank[t] for t in lost.slots if t in rank), 1) for lost in places]
    changes += [Cancelled(_number(event, planned, pair)) for pair in cancelled]
    new = plan_meetings(event, _attending(event, added))[: len(added)]
    changes += [Added(one.people, one.booth is not None) for one in new]
    found = repair_timetable(
        problem,
        [rank[one.slot] for one in agenda.appointments],
        changes,
        now=sum(slot < now for slot in slots),
        locations=[seat.get(one.location, -1) for one in agenda.appointments],
        time_limit=time_limit,
    )
    return _repaired(event, agenda, [*planned, *new], found, tables)


def _ranks(event: Event) -> tuple[tuple[int, ...], dict[int, int]]:
    slots = planned_slots(event)
    return slots, {slot: place for place, slot in enumerate(slots)}


def _as_planned(event: Event, held: Sequence[Appointment]) -> list[Planned]:
    if any(event.locations[table].track for table in event.tables):
        raise InvalidRequest(
            message("A timetable with tracks cannot be repaired."), message("Schedule it again instead.")
        )
    tables = event.tables
    return [
        Planned(one.people, tables, None if one.location in tables else one.location, group=one.group)
        for one in held
    ]


def _tables_in_order(event: Event, places: Sequence[PlaceLost]) -> list[int]:
    """Return the tables with the lost ones last: the numbers that a slot with fewer tables lacks."""
    lost = {place.location for place in places}
    return sorted(event.tables, key=lambda table: (table in lost, table))


def _number(event: Event, planned: Sequence[Planned], pair: Pair) -> int:
    for number, one in enumerate(planned):
        if not one.group and pair_of(*(event.persons[p].firm for p in one.people)) == pair_of(*pair):
            return number
    one_name, other_name = (event.firms[firm].name for firm in pair)
    raise InvalidRequest(message("{one} and {other} have no meeting.", one=one_name, other=other_name))


def _attending(event: Event, pairs: Sequence[Pair]) -> tuple[Attended, ...]:
    return share_meetings(event, [pair_of(*pair) for pair in pairs])


def _repaired(
    event: Event, before: Agenda, planned: Sequence[Planned], found: Repair, tables: Sequence[int]
) -> Repaired:
    slots, _ = _ranks(event)
    held: list[Appointment | None] = []
    for one, slot, seat in zip(planned, found.slots, found.locations, strict=True):
        if slot is None:
            held.append(None)
            continue
        booth = one.booth
        held.append(
            Appointment(one.people, slots[slot], tables[seat or 0] if booth is None else booth, one.group)
        )
    after = tuple(sorted(filter(None, held), key=lambda one: (one.slot, one.location, one.people)))
    status = Status.OPTIMAL if found.proven else Status.FEASIBLE
    agenda = Agenda(after, status, found.breaks, None, count_moves(event, after), found.seconds)
    old = [*before.appointments, *[None] * (len(planned) - len(before.appointments))]
    changes = tuple(_changes(old, held))
    return Repaired(
        agenda, changes, found.moved, len(found.lost), found.least, found.proven, found.breaks_before
    )


def _changes(before: Sequence[Appointment | None], after: Sequence[Appointment | None]) -> Iterator[Changed]:
    """Yield what changes, person by person in the order of their day."""
    pairs = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    people = sorted({person for pair in pairs for one in pair if one is not None for person in one.people})
    for person in people:
        own = [pair for pair in pairs if any(one is not None and person in one.people for one in pair)]
        for old, new in sorted(own, key=lambda pair: min(one.slot for one in pair if one is not None)):
            yield Changed(person, old, new)
