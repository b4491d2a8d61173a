"""The sheets of what was read: the account of every row, checked live, and every doubt."""

from __future__ import annotations

from collections.abc import Callable

from maillon.core.doubt import Doubt, Treatment
from maillon.core.message import message
from maillon.dossier import Dossier
from maillon.language import render
from maillon.report.workbook.cells import Column, Formula, Style
from maillon.report.workbook.sheet import MOST_ROWS, Sheet

_TREATMENTS = {
    Treatment.WARNED: message("kept as written"),
    Treatment.QUARANTINED: message("row set apart"),
    Treatment.NEUTRALISED: message("made harmless"),
    Treatment.ASKED: message("to be answered"),
}


def write_account(dossier: Dossier, sheet: Sheet) -> None:
    """Write where every row of every table went; the workbook itself checks that they add up."""
    sheet.line((message("What was read: every row is accounted for"), Style.TITLE))
    sheet.skip()
    first, accounts = sheet.next_row + 2, dossier.accounts
    yes, no = sheet.say(message("yes")), sheet.say(message("no"))
    balanced = [
        Formula(f'=IF(C{row}=SUM(D{row}:I{row}),"{yes}","{no}")', yes if account.balanced else no)
        for row, (_, _, account) in enumerate(accounts, first)
    ]
    counts = (
        (message("Rows read"), [account.read for *_, account in accounts]),
        (message("Lines"), [account.parts for *_, account in accounts]),
        (message("Headers"), [account.headers for *_, account in accounts]),
        (message("Sections"), [account.sections for *_, account in accounts]),
        (message("Totals"), [account.totals for *_, account in accounts]),
        (message("Blank"), [account.blank for *_, account in accounts]),
        (message("Set apart"), [account.quarantined for *_, account in accounts]),
    )
    sheet.table(
        [
            Column(message("File"), Style.TEXT, 34, [file for file, _, _ in accounts]),
            Column(message("Sheet"), Style.TEXT, 26, [name for _, name, _ in accounts]),
            *(Column(header, Style.COUNT, 12, values) for header, values in counts),
            Column(message("Adds up"), Style.TEXT, 12, balanced),
        ],
        main=True,
    )


def write_doubts(
    dossier: Dossier, open_sheet: Callable[[str], Sheet], language: str, most: int = MOST_ROWS
) -> None:
    """Write every doubt, on as many sheets as the format needs."""
    doubts, name = dossier.doubts, render(message("Doubts"), language)
    for number, start in enumerate(range(0, max(len(doubts), 1), most), 1):
        sheet = open_sheet(name if number == 1 else f"{name} {number}")
        _doubt_table(doubts[start : start + most], sheet)


def _doubt_table(doubts: tuple[Doubt, ...], sheet: Sheet) -> None:
    sheet.table(
        [
            Column(message("Sheet"), Style.TEXT, 22, [doubt.sheet for doubt in doubts]),
            Column(message("Cell"), Style.TEXT, 12, [doubt.cell for doubt in doubts]),
            Column(message("What"), Style.TEXT, 80, [doubt.what for doubt in doubts]),
            Column(message("Treatment"), Style.TEXT, 18, [_TREATMENTS[d.treatment] for d in doubts]),
            Column(message("Proposal"), Style.TEXT, 60, [doubt.proposal for doubt in doubts]),
            Column(message("Code"), Style.TEXT, 24, [doubt.code for doubt in doubts]),
        ],
        main=True,
    )
