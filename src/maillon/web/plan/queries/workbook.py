"""A plan as a workbook: its moves by quarter, and the trade-offs."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from maillon.core.message import Message, message
from maillon.language import render
from maillon.web.plan.models import PlanScenario
from maillon.web.plan.queries.told import MoveTold, PlanTold, tell_outcome

if TYPE_CHECKING:
    from maillon.report.workbook.sheet import Sheet


def write_plan_workbook(scenario: PlanScenario, language: str) -> bytes:
    """Return the workbook of a plan for who may see its amounts. Texts never become formulas."""
    import xlsxwriter  # noqa: PLC0415 - loads where a workbook is asked

    from maillon.report.workbook.book import SAFE_OPTIONS  # noqa: PLC0415 - as above
    from maillon.report.workbook.sheet import Sheet  # noqa: PLC0415 - as above
    from maillon.report.workbook.styles import make_formats  # noqa: PLC0415 - as above

    told, target = tell_outcome(scenario, prices=True, names=True), BytesIO()
    with xlsxwriter.Workbook(target, {**SAFE_OPTIONS, "in_memory": True}) as book:
        formats = make_formats(book, "EUR")
        _write_moves(Sheet(book, render(message("Plan"), language), formats, language), told, language)
        if scenario.outcome.get("frontier"):
            sheet = Sheet(book, render(message("Local share"), language), formats, language)
            _write_frontier(sheet, scenario)
    return target.getvalue()


def _write_moves(sheet: Sheet, told: PlanTold, language: str) -> None:
    from maillon.report.workbook.cells import Column, Style  # noqa: PLC0415 - as above

    sheet.line((told.status, Style.TITLE))
    for words, figure, style in (
        (message("Cost a year"), told.cost, Style.MONEY),
        (message("To pay once"), told.one_off, Style.MONEY),
        (message("CVaR"), told.cvar, Style.MONEY),
        (message("Local share"), told.local_share, Style.SHARE),
    ):
        sheet.line((words, Style.TEXT), (figure, style))
    for sentence in (*told.conflict, *told.relaxations):
        sheet.line((sentence, Style.NOTE))
    sheet.skip()
    moves = [move for _quarter, held in told.quarters for move in held]
    columns = [
        Column(message("Quarter"), Style.COUNT, 10, [move.start for move in moves]),
        Column(message("Part"), Style.TEXT, 40, [move.label for move in moves]),
        Column(message("Today"), Style.TEXT, 28, [move.today for move in moves]),
        Column(message("Plan"), Style.TEXT, 44, [_taken(move) for move in moves]),
        Column(message("Saving"), Style.MONEY, 14, [move.saving for move in moves]),
        Column(message("To pay once"), Style.MONEY, 14, [move.one_off for move in moves]),
        Column(message("Why"), Style.WRAP, 80, [_why(move, language) for move in moves]),
    ]
    sheet.table(columns, main=True)


def _taken(move: MoveTold) -> str:
    return ", ".join(f"{one.name} {one.share:.0%}" for one in move.taken)


def _why(move: MoveTold, language: str) -> str:
    return " ".join(render(one, language) if isinstance(one, Message) else one for one in move.reasons)


def _write_frontier(sheet: Sheet, scenario: PlanScenario) -> None:
    from maillon.report.workbook.cells import Column, Style  # noqa: PLC0415 - as above

    points = scenario.outcome["frontier"]
    heads = (
        (message("Cost a year"), "cost", Style.MONEY),
        (message("Local share"), "local_share", Style.SHARE),
        (message("CVaR"), "cvar", Style.MONEY),
        (message("To pay once"), "one_off", Style.MONEY),
    )
    columns = [Column(head, style, 18, [point[name] for point in points]) for head, name, style in heads]
    sheet.table(columns, main=True)
