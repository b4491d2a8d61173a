"""The organiser's workbook: the timetable, the hall plan by slot, each person's day, who is served how."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from maillon.core.message import Message, message
from maillon.language import render
from maillon.method.meet.words import tell_reason
from maillon.report.meet.machine import HEADERS, agenda_cells
from maillon.report.meet.outcome import Outcome, parties, people_by_firm
from maillon.report.workbook.book import SAFE_OPTIONS
from maillon.report.workbook.cells import Cell, Column, Style
from maillon.report.workbook.sheet import Sheet
from maillon.report.workbook.styles import make_formats


def write_event_workbook(outcome: Outcome, path: Path, language: str) -> None:
    """Write the outcome as ``.xlsx``; texts never become formulas, numbers or links."""
    with xlsxwriter.Workbook(str(path), SAFE_OPTIONS) as book:
        formats = make_formats(book, "EUR")
        book.set_properties({"title": outcome.event.name, "created": outcome.made.replace(tzinfo=None)})

        def titled(title: Message) -> Sheet:
            return Sheet(book, render(title, language), formats, language)

        _write_timetable(outcome, titled(message("Timetable")))
        _write_hall(outcome, titled(message("Hall plan")))
        _write_days(outcome, titled(message("Agendas")))
        if outcome.proposal is not None:
            _write_served(outcome, titled(message("Firms")))
            _write_decisions(outcome, titled(message("Decisions")))


def _table(
    sheet: Sheet, headers: Sequence[Message], rows: Sequence[Sequence[Cell]], widths: Sequence[float]
) -> None:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(headers)
    sheet.table(
        [Column(h, Style.TEXT, w, c) for h, w, c in zip(headers, widths, columns, strict=True)], main=True
    )


def _write_timetable(outcome: Outcome, sheet: Sheet) -> None:
    rows = list(agenda_cells(outcome.event, outcome.agenda))
    _table(sheet, HEADERS, rows, (11, 8, 8, 12, 28, 28, 28, 28, 20))


def _write_hall(outcome: Outcome, sheet: Sheet) -> None:
    """Write one row a place, one column a slot."""
    event = outcome.event
    held = {(one.location, one.slot): one for one in outcome.agenda.appointments}
    rows: list[list[Cell]] = [
        [
            place.code,
            *(
                " – ".join(parties(event, held[rank, slot])) if (rank, slot) in held else ""
                for slot in range(len(event.slots))
            ),
        ]
        for rank, place in enumerate(event.locations)
    ]
    starts = [message("{clock}", clock=f"{slot.start:%d/%m %H:%M}") for slot in event.slots]
    _table(sheet, [message("Place"), *starts], rows, [12, *[26.0] * len(starts)])


def _write_days(outcome: Outcome, sheet: Sheet) -> None:
    """Write one row a person, one column a slot, so that an organiser can answer at the desk."""
    event = outcome.event
    rows: list[list[Cell]] = []
    for person in people_by_firm(event):
        held = {one.slot: one for one in outcome.agenda.of_person(person)}
        own = event.firms[event.persons[person].firm].name
        cells = [
            f"{event.locations[held[slot].location].code} : "
            + ", ".join(name for name in parties(event, held[slot]) if name != own)
            if slot in held
            else ""
            for slot in range(len(event.slots))
        ]
        rows.append([own, event.persons[person].name, len(held), *cells])
    starts = [message("{clock}", clock=f"{slot.start:%d/%m %H:%M}") for slot in event.slots]
    headers = [message("Firm"), message("Person"), message("Meetings"), *starts]
    _table(sheet, headers, rows, [28, 28, 10, *[26.0] * len(starts)])


def _write_served(outcome: Outcome, sheet: Sheet) -> None:
    event, proposal = outcome.event, outcome.proposal
    if proposal is None:
        return
    held = [firm for meeting in proposal.meetings for firm in meeting.pair]
    ranks = sorted(range(len(event.firms)), key=lambda rank: (proposal.shares.get(rank, 2.0), rank))
    firms = [event.firms[rank] for rank in ranks]
    sheet.table(
        [
            Column(message("Firm"), Style.TEXT, 32, [firm.name for firm in firms]),
            Column(message("Type"), Style.TEXT, 20, [firm.kind for firm in firms]),
            Column(message("Meetings"), Style.COUNT, 10, [held.count(rank) for rank in ranks]),
            Column(
                message("Satisfied share of its wishes"),
                Style.SHARE,
                14,
                [proposal.shares.get(rank) for rank in ranks],
            ),
        ],
        main=True,
    )


def _write_decisions(outcome: Outcome, sheet: Sheet) -> None:
    event, proposal = outcome.event, outcome.proposal
    if proposal is None:
        return
    decided = [(one, True) for one in proposal.meetings] + [(one, False) for one in proposal.refusals]
    sheet.table(
        [
            Column(message("Firm A"), Style.TEXT, 30, [event.firms[one.pair[0]].name for one, _ in decided]),
            Column(message("Firm B"), Style.TEXT, 30, [event.firms[one.pair[1]].name for one, _ in decided]),
            Column(message("Chosen"), Style.TEXT, 10, [chosen for _, chosen in decided]),
            Column(message("Weight, in first wishes"), Style.AMOUNT, 12, [one.weight for one, _ in decided]),
            Column(
                message("Why"),
                Style.TEXT,
                90,
                [
                    " ".join(sheet.say(tell_reason(event, reason)) for reason in one.reasons)
                    for one, _ in decided
                ],
            ),
        ],
        main=True,
    )
