"""An event with what was decided for it, and its appointments as rows to show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from maillon.core.event import Event, Slot
from maillon.method.meet.agenda import Agenda, Appointment
from maillon.method.meet.propose import Proposal


@dataclass(frozen=True, slots=True)
class Outcome:
    """The event, the meetings chosen (None where they were given), the timetable, and when it was made."""

    event: Event
    agenda: Agenda
    proposal: Proposal | None
    made: dt.datetime


@dataclass(frozen=True, slots=True)
class Row:
    """One appointment as a person sees it: when, where, with whom."""

    slot: Slot
    place: str
    others: tuple[tuple[str, str, str], ...]  # person, firm, role
    group: str = ""


def rows_of_person(event: Event, agenda: Agenda, person: int) -> tuple[Row, ...]:
    """Return a person's appointments in the order of time."""
    return tuple(_row(event, one, person) for one in agenda.of_person(person))


def _row(event: Event, one: Appointment, person: int) -> Row:
    others = tuple(
        (held.name, event.firms[held.firm].name, held.role)
        for rank, held in ((rank, event.persons[rank]) for rank in one.people)
        if rank != person
    )
    return Row(event.slots[one.slot], event.locations[one.location].code, others, one.group)


def people_by_firm(event: Event) -> list[int]:
    """Return the ranks of all persons, by the name of their firm, then in the order of the file."""
    return sorted(
        range(len(event.persons)),
        key=lambda rank: (event.firms[event.persons[rank].firm].name.casefold(), rank),
    )


def parties(event: Event, one: Appointment) -> tuple[str, ...]:
    """Return the names of the firms of an appointment, in the order of its persons."""
    return tuple(event.firms[event.persons[person].firm].name for person in one.people)
