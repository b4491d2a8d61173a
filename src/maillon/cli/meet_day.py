"""What happens on the day, as typed, and the repaired timetable as shown."""

from collections.abc import Sequence
from typing import Any

from maillon.cli.meet_results import find_pair
from maillon.cli.terminal import Say, show, table
from maillon.core.errors import InvalidRequest
from maillon.core.event import Event
from maillon.core.message import message
from maillon.intake.event.clock import clock_of
from maillon.intake.event.headings import folded
from maillon.intake.event.hours import away_slots
from maillon.method.meet.agenda import Appointment
from maillon.method.meet.day import Absence, Changed, PlaceLost, Repaired
from maillon.report.meet.machine import agenda_json
from maillon.report.meet.outcome import parties


def read_happenings(
    event: Event,
    away: Sequence[str],
    lost: Sequence[str],
    add: Sequence[str],
    cancel: Sequence[str],
    now: str,
) -> dict[str, Any]:
    """Return what happened as arguments of ``repair_agenda``; ``InvalidRequest`` on what names nothing."""
    return {
        "absences": [one for text in away for one in _absences(event, text)],
        "places": [_place(event, text) for text in lost],
        "added": [find_pair(event, text) for text in add],
        "cancelled": [find_pair(event, text) for text in cancel],
        "now": _now(event, now),
    }


def _absences(event: Event, text: str) -> list[Absence]:
    name, slots = _when(event, text)
    people = [
        rank
        for rank, person in enumerate(event.persons)
        if folded(name) in (folded(person.name), folded(person.code), folded(event.firms[person.firm].name))
    ]
    if not people:
        raise InvalidRequest(
            message("Nobody is called “{name}”.", name=name),
            message("Write a person, a firm or the code of a badge, then “:” and the time."),
        )
    return [Absence(person, slots) for person in people]


def _place(event: Event, text: str) -> PlaceLost:
    name, slots = _when(event, text)
    for rank in event.tables:
        if folded(event.locations[rank].code) == folded(name):
            return PlaceLost(rank, slots)
    raise InvalidRequest(message("No table is called “{name}”.", name=name))


def _when(event: Event, text: str) -> tuple[str, frozenset[int]]:
    """Return the name before the first `` : `` (or ``:`` before a time) and the slots after it."""
    name, _, rest = text.partition(":")
    if not rest.strip():
        return name.strip(), frozenset(range(len(event.slots)))
    slots, unread = away_slots(rest, event.slots, event.sessions)
    if unread:
        raise InvalidRequest(
            message("The absence “{text}” was not understood.", text=unread[0]),
            message("Write a stretch of time, for example 9:00-10:30, or the name of a session."),
        )
    return name.strip(), slots


def _now(event: Event, text: str) -> int:
    """Return the first slot that begins at this time or later; the first of all where no time is given."""
    if not text:
        return 0
    time = clock_of(text)
    if time is None:
        raise InvalidRequest(message("“{text}” is no time of the day.", text=text))
    return sum(slot.start.time() < time for slot in event.slots)


def repair_json(event: Event, found: Repaired) -> dict[str, Any]:
    """Return the repaired timetable and the changes of each person; a null place is no meeting."""

    def place(one: Appointment | None) -> dict[str, str] | None:
        if one is None:
            return None
        start = event.slots[one.slot].start.isoformat(timespec="minutes")
        return {"start": start, "location": event.locations[one.location].code}

    changes = [
        {
            "person": event.persons[change.person].code,
            "name": event.persons[change.person].name,
            "with": _parties(event, change),
            "before": place(change.before),
            "after": place(change.after),
        }
        for change in found.changes
    ]
    return {
        **agenda_json(event, found.agenda),
        "moved": found.moved,
        "lost": found.lost,
        "least": found.least,
        "proven": found.proven,
        "breaks_before": found.breaks_before,
        "changes": changes,
    }


def _parties(event: Event, change: Changed) -> list[str]:
    one = change.after or change.before
    return [] if one is None else list(parties(event, one))


def show_repair(event: Event, found: Repaired, say: Say) -> None:
    """Show what changes for whom."""
    show(
        say(
            message(
                "{moved} meetings moved (at least {least}), {lost} not held; {before} breaks before, "
                "{after} now.",
                moved=found.moved,
                least=found.least,
                lost=found.lost,
                before=found.breaks_before,
                after=found.agenda.breaks,
            )
        )
    )

    def place(one: Appointment | None) -> str:
        if one is None:
            return "–"
        return f"{event.slots[one.slot].start:%H:%M} {event.locations[one.location].code}"

    rows = [
        [event.persons[change.person].name, place(change.before), place(change.after)]
        for change in found.changes
    ]
    headers = [say(message("Person")), say(message("Before")), say(message("After"))]
    show(table(say(message("Changes")), headers, rows))
