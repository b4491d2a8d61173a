"""The timetable for machines: JSON, and back; CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from typing import Any

from maillon.core.errors import RefusedFile
from maillon.core.event import Event
from maillon.core.message import Message, message
from maillon.language import render
from maillon.method.meet.agenda import Agenda, Appointment
from maillon.method.meet.propose import Proposal
from maillon.method.meet.words import tell_reason
from maillon.report.meet.outcome import parties
from maillon.solve import Status

#: What makes a spreadsheet take a text for a formula (CWE-1236).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def agenda_json(event: Event, agenda: Agenda) -> dict[str, Any]:
    """Return the timetable: times are local, ``slot`` counts from 1, unknown is null."""
    return {
        "event": event.name,
        "zone": event.zone,
        "invented": event.invented,
        "status": str(agenda.status),
        "breaks": agenda.breaks,
        "bound": agenda.bound,
        "moves": agenda.moves,
        "seconds": round(agenda.seconds, 3),
        "meetings": [_appointment_json(event, one) for one in agenda.appointments],
        "missing": [[event.firms[firm].name for firm in pair] for pair in agenda.missing],
        "reasons": [{"code": reason.code, "params": dict(reason.params)} for reason in agenda.reasons],
    }


def _appointment_json(event: Event, one: Appointment) -> dict[str, Any]:
    slot, firms = event.slots[one.slot], parties(event, one)
    return {
        "a": firms[0],
        "b": firms[1],
        "people": [event.persons[person].code for person in one.people],
        "names": [event.persons[person].name for person in one.people],
        "firms": list(firms),
        "slot": one.slot + 1,
        "start": slot.start.isoformat(timespec="minutes"),
        "end": slot.end.isoformat(timespec="minutes"),
        "location": event.locations[one.location].code,
        "group": one.group or None,
    }


def agenda_of_json(event: Event, content: object) -> Agenda:
    """Return the timetable that ``agenda_json`` wrote; ``RefusedFile`` on anything else.

    What is not in the event (a person, a place) becomes -1, for the verifier to say.
    """
    people = {person.code: rank for rank, person in enumerate(event.persons)}
    places = {place.code: rank for rank, place in enumerate(event.locations)}
    try:
        stated = _checked(content)
        held = tuple(
            Appointment(
                tuple(people.get(code, -1) for code in one["people"]),
                int(one["slot"]) - 1,
                places.get(one["location"], -1),
                one.get("group") or "",
            )
            for one in stated["meetings"]
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RefusedFile(
            message("This file holds no timetable of an event."),
            message("Give the JSON that maillon meet schedule wrote."),
        ) from error
    return Agenda(held, Status.FEASIBLE, stated.get("breaks"), None, stated.get("moves"))


def _checked(content: object) -> dict[str, Any]:
    if not isinstance(content, dict) or not isinstance(content.get("meetings"), list):
        raise TypeError("no list of meetings")
    return content


def proposal_json(event: Event, proposal: Proposal, language: str) -> dict[str, Any]:
    """Return the meetings chosen and the wishes refused, each with its reasons in words."""

    def told(held: Sequence[Any]) -> list[dict[str, Any]]:
        return [
            {
                "a": event.firms[one.pair[0]].name,
                "b": event.firms[one.pair[1]].name,
                "weight": round(one.weight, 3),
                "reasons": [
                    {"code": reason.code, "text": render(tell_reason(event, reason), language)}
                    for reason in one.reasons
                ],
            }
            for one in held
        ]

    return {
        "event": event.name,
        "invented": event.invented,
        "status": str(proposal.status),
        "weight": round(proposal.weight, 3),
        "bound": None if math.isnan(proposal.bound) else round(proposal.bound, 3),
        "unit": "first wishes",
        "worst_share": None if math.isnan(proposal.worst) else round(proposal.worst, 4),
        "seconds": round(proposal.seconds, 3),
        "meetings": told(proposal.meetings),
        "refused": told(proposal.refusals),
        "shares": {event.firms[firm].name: round(share, 4) for firm, share in proposal.shares.items()},
    }


def agenda_csv(event: Event, agenda: Agenda, language: str) -> str:
    """Return the timetable as CSV for French spreadsheets: ``;``, one row a meeting, no formula."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([render(title, language) for title in HEADERS])
    writer.writerows([_harmless(cell) for cell in row] for row in agenda_cells(event, agenda))
    return written.getvalue()


HEADERS: tuple[Message, ...] = (
    message("Date"),
    message("Start"),
    message("End"),
    message("Place"),
    message("Firm A"),
    message("Person A"),
    message("Firm B"),
    message("Person B"),
    message("Group meeting"),
)


def agenda_cells(event: Event, agenda: Agenda) -> Iterator[list[str]]:
    """Yield one row of texts a meeting, under ``HEADERS``; the firms of a group share the last cells."""
    for one in agenda.appointments:
        slot, firms = event.slots[one.slot], parties(event, one)
        names = [event.persons[person].name for person in one.people]
        yield [
            f"{slot.start:%d/%m/%Y}",
            f"{slot.start:%H:%M}",
            f"{slot.end:%H:%M}",
            event.locations[one.location].code,
            firms[0],
            names[0],
            ", ".join(firms[1:]),
            ", ".join(names[1:]),
            one.group,
        ]


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
