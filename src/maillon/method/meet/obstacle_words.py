"""Why a timetable cannot be, and what would make it possible, in words; ranks count from 0 until here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from maillon.core.event import Event
from maillon.core.message import Message, message
from maillon.core.reason import Reason
from maillon.method.meet.schedule import planned_slots


@dataclass(frozen=True, slots=True)
class Callings:
    """How participants, slots, sessions and meetings of a problem are called; each takes a rank."""

    participant: Callable[[int], object]
    slot: Callable[[int], object]
    session: Callable[[int], object]
    meeting: Callable[[int], object]


def callings_of_event(event: Event) -> Callings:
    """Return names and clock times."""
    slots = planned_slots(event)
    return Callings(
        lambda person: event.persons[person].name,
        lambda slot: f"{event.slots[slots[slot]].start:%H:%M}",
        lambda session: event.sessions[session],
        lambda meeting: meeting + 1,
    )


def callings_of_numbers() -> Callings:
    """Return numbers from 1, as in the benchmark's files."""

    def number(rank: int) -> int:
        return rank + 1

    return Callings(lambda rank: message("Participant {n}", n=rank + 1), number, number, number)


def tell_obstacle(reason: Reason, called: Callings) -> Message:
    """Return why no timetable exists, or an exception that would help, in words."""
    params: Mapping[str, Any] = reason.params
    told = {name: _called(name, value, called) for name, value in params.items()}
    if reason.code == "too-many-meetings":
        told["n"] = params["meetings"] - params["slots"]
    return Message(OBSTACLES[reason.code].msgid, told)


def _called(name: str, value: Any, called: Callings) -> object:
    if name in ("meetings", "participants") and isinstance(value, tuple):
        kind = called.meeting if name == "meetings" else called.participant
        return ", ".join(str(kind(one)) for one in value)
    kinds = {
        "participant": called.participant,
        "slot": called.slot,
        "session": called.session,
        "meeting": called.meeting,
        "earlier": called.meeting,
    }
    return kinds[name](value) if name in kinds else value


OBSTACLES: Mapping[str, Message] = {
    "closed-meeting": message("No slot is open to all of: {participants}."),
    "too-many-meetings": message(
        "{participant} has {meetings} meetings for {slots} open slots: remove {n}, or open as many slots."
    ),
    "too-many-in-session": message(
        "{participant} has {meetings} meetings in session {session}, which has {slots} open slots."
    ),
    "same-slot-twice": message("Meetings {meetings} of {participant} are fixed at one slot, {slot}."),
    "too-few-tables": message("{meetings} meetings need a table, there are {places} places in all."),
    "all-meetings": message("No single rule is to blame: there are too few slots for these meetings."),
    "absence": message("{participant} is away as stated."),
    "fixed-slot": message("Meeting {meeting} is fixed at slot {slot}."),
    "session": message("Meeting {meeting} keeps to session {session}."),
    "order": message("Meeting {earlier} comes before meeting {meeting}."),
    "tables": message("No slot has more meetings than tables."),
    "fairness": message("Nobody has over {breaks} breaks more than anybody else."),
    "drop-meeting": message("Give up meeting {meeting}."),
    "be-present": message("Have {participant} present at slot {slot}."),
    "free-meeting": message("Let meeting {meeting} leave slot {slot}."),
    "leave-session": message("Let meeting {meeting} leave session {session}."),
    "free-order": message("Let meeting {meeting} come before meeting {earlier}."),
    "add-table": message("Add a table at slot {slot}."),
}
