"""The sheet of the lines known to be made abroad, with their cumulated share as a live formula."""

from __future__ import annotations

from maillon.core.message import message, plural_message
from maillon.dossier import Dossier
from maillon.language import render
from maillon.reference.places import country_name
from maillon.report.view import EVIDENCE
from maillon.report.workbook.cells import Cell, Column, Formula, Style
from maillon.report.workbook.sheet import MOST_ROWS, Sheet


def write_foreign(dossier: Dossier, sheet: Sheet) -> None:
    """Write the lines by falling spend. The share of each row reads the row above: it can be re-sorted."""
    foreign = dossier.diagnosis.foreign
    lines = foreign.lines.head(MOST_ROWS)
    title = plural_message(
        "{n} line holds 80% of the purchases known to be made abroad",
        "{n} lines hold 80% of the purchases known to be made abroad",
        n=foreign.vital,
    )
    sheet.line((title, Style.TITLE))
    first = sheet.next_row + 4
    last = max(first, first + lines.height - 1)
    total = Formula(f"=SUM(G{first}:G{last})", foreign.spend)
    at = sheet.line((message("Spend"), Style.TEXT), (total, Style.MONEY))
    sheet.skip()
    cumulated: list[Cell] = [
        Formula(f"=IF($B${at}=0,0,N(H{row - 1})+G{row}/$B${at})", share)
        for row, share in enumerate(lines["cumulative_share"].to_list(), first)
    ]
    places = [country_name(code, sheet.language) for code in lines["making_country"].to_list()]
    levels = [render(EVIDENCE[code][2], sheet.language) for code in lines["evidence"].to_list()]
    sheet.table(
        [
            Column(message("Line"), Style.COUNT, 12, lines["line"].to_list()),
            Column(message("Reference"), Style.TEXT, 20, lines["reference"].to_list()),
            Column(message("Designation"), Style.TEXT, 48, lines["designation"].to_list()),
            Column(message("Supplier"), Style.TEXT, 30, lines["supplier"].to_list()),
            Column(message("Made in"), Style.TEXT, 18, places),
            Column(message("Evidence"), Style.TEXT, 14, levels),
            Column(message("Spend"), Style.MONEY, 16, lines["spend"].to_list()),
            Column(message("Cumulated"), Style.SHARE, 12, cumulated),
        ],
        main=True,
    )
