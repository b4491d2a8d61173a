"""The sheets about suppliers: whom to ask about what, and how the purchases are spread."""

from __future__ import annotations

import polars as pl

from maillon.core.message import message
from maillon.core.place import FRANCE
from maillon.dossier import Dossier
from maillon.method.diagnose import reason_message
from maillon.method.diagnose.results import QuestionSet
from maillon.reference.places import territory_name
from maillon.report.workbook.cells import Cell, Column, Formula, Style
from maillon.report.workbook.sheet import MOST_ROWS, Sheet


def write_questions(dossier: Dossier, sheet: Sheet) -> None:
    """Write the suppliers to ask, what their answers close, and the lines to ask each of them about."""
    asked = dossier.diagnosis.questions
    sheet.line((message("Suppliers to ask where their parts are made"), Style.TITLE))
    for reason in asked.reasons:
        sheet.line((reason_message(reason), Style.NOTE))
    _facts(asked, sheet)
    sheet.skip()
    first, named = sheet.next_row + 2, asked.questions
    running = 0.0
    cumulated: list[Cell] = []
    for row, question in enumerate(named, first):
        running += question.width
        cumulated.append(Formula(f"=N(E{row - 1})+D{row}", running))
    sheet.table(
        [
            Column(message("Supplier"), Style.TEXT, 36, [q.supplier for q in named]),
            Column(message("Lines"), Style.COUNT, 14, [q.lines for q in named]),
            Column(message("Spend"), Style.MONEY, 16, [q.spend for q in named]),
            Column(message("Interval closed"), Style.SHARE, 18, [q.width for q in named]),
            Column(message("Cumulated"), Style.SHARE, 16, cumulated),
        ]
    )
    sheet.skip()
    _lines_to_ask(dossier, sheet)


def _facts(asked: QuestionSet, sheet: Sheet) -> None:
    facts: tuple[tuple[Cell, Cell, Style], ...] = (
        (message("Territory"), territory_name(FRANCE, sheet.language), Style.TEXT),
        (message("Share to settle"), asked.threshold, Style.SHARE),
        (message("Settled without asking"), asked.decided, Style.TEXT),
        (message("Settled by asking everyone"), asked.reachable, Style.TEXT),
        (message("No fewer suppliers can settle it than"), asked.bound, Style.COUNT),
        (message("Width that nobody can be asked about"), asked.unaskable, Style.SHARE),
    )
    for label, fact, style in facts:
        sheet.line((label, Style.TEXT), (fact, style))


def _lines_to_ask(dossier: Dossier, sheet: Sheet) -> None:
    """Write what to send: the lines of each supplier, by falling spend."""
    wanted = [(q.supplier, line) for q in dossier.diagnosis.questions.questions for line in q.line_numbers]
    asked = pl.DataFrame(wanted, schema={"asked": pl.String, "line": pl.Int64}, orient="row")
    lines = asked.join(dossier.diagnosis.purchases, on="line", how="left", maintain_order="left")
    lines = lines.head(MOST_ROWS - sheet.next_row)
    sheet.line((message("The lines to ask about"), Style.HEADING))
    sheet.table(
        [
            Column(message("Supplier"), Style.TEXT, 40, lines["asked"].to_list()),
            Column(message("Line"), Style.COUNT, 14, lines["line"].to_list()),
            Column(message("Spend"), Style.MONEY, 16, lines["spend"].to_list()),
            Column(message("Reference"), Style.TEXT, 20, lines["reference"].to_list()),
            Column(message("Designation"), Style.TEXT, 50, lines["designation"].to_list()),
        ],
        main=True,
    )


def write_concentration(dossier: Dossier, sheet: Sheet) -> None:
    """Write how the spend is spread, the largest suppliers, and the critical lines."""
    spread = dossier.diagnosis.concentration
    sheet.line((message("How the purchases are spread over suppliers"), Style.TITLE))
    sheet.skip()
    hhi = sheet.line((message("Herfindahl-Hirschman index, 0 to 1"), Style.TEXT), (spread.hhi, Style.INDEX))
    effective = Formula(f"=IF(B{hhi}>0,1/B{hhi},0)", spread.effective_suppliers)
    facts: tuple[tuple[Cell, Cell, Style], ...] = (
        (message("Effective number of suppliers, 1 / index"), effective, Style.AMOUNT),
        (message("The index put between 0 and 1 whatever their number"), spread.normalised, Style.INDEX),
        (message("The index over all purchases, at least"), spread.hhi_low, Style.INDEX),
        (message("The index over all purchases, at most"), spread.hhi_high, Style.INDEX),
        (message("Suppliers"), spread.suppliers, Style.COUNT),
        (message("Spend with a known supplier"), spread.spend, Style.MONEY),
        (message("Spend without a known supplier"), spread.unknown_supplier_spend, Style.MONEY),
        (message("Lines with a single source"), spread.single_source_lines, Style.COUNT),
        (message("Spend on lines with a single source"), spread.single_source_spend, Style.MONEY),
    )
    for label, fact, style in facts:
        sheet.line((label, Style.TEXT), (fact, style))
    sheet.skip()
    _largest(dossier, sheet)
    sheet.skip()
    _critical(dossier, sheet)


def _largest(dossier: Dossier, sheet: Sheet) -> None:
    top = dossier.diagnosis.concentration.top
    first = sheet.next_row + 3
    running, cumulated = 0.0, list[Cell]()
    for row, (_, share) in enumerate(top, first):
        running += share
        cumulated.append(Formula(f"=N(C{row - 1})+B{row}", running))
    sheet.line((message("The largest suppliers"), Style.HEADING))
    sheet.table(
        [
            Column(message("Supplier"), Style.TEXT, 48, [name for name, _ in top]),
            Column(message("Share"), Style.SHARE, 18, [share for _, share in top]),
            Column(message("Cumulated"), Style.SHARE, 18, cumulated),
        ]
    )


def _critical(dossier: Dossier, sheet: Sheet) -> None:
    """Write the single sources that weigh and are not established as made at home, heaviest first."""
    critical = dossier.diagnosis.concentration.critical_lines
    numbers = pl.DataFrame({"line": critical}, schema={"line": pl.Int64})
    lines = numbers.join(dossier.diagnosis.purchases, on="line", how="left", maintain_order="left")
    sheet.line(
        (message("Critical lines: they weigh, have one known supplier, are not established as French"),
         Style.HEADING)
    )  # fmt: skip
    sheet.table(
        [
            Column(message("Supplier"), Style.TEXT, 48, lines["supplier"].to_list()),
            Column(message("Line"), Style.COUNT, 18, lines["line"].to_list()),
            Column(message("Spend"), Style.MONEY, 18, lines["spend"].to_list()),
            Column(message("Reference"), Style.TEXT, 20, lines["reference"].to_list()),
            Column(message("Designation"), Style.TEXT, 50, lines["designation"].to_list()),
        ],
        main=True,
    )
