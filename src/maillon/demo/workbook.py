"""``cobot.xlsx``: the invented bill of materials as a French ERP prints it, titles, totals and all."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter

from maillon.demo.bill import Line
from maillon.demo.firm import INVENTED, VALTRENNE
from maillon.demo.sheet_rows import COLUMNS, Block, blocks_of, shown_lines

_HEADER_ROW = 5  # zero-based: the group titles; the column titles stand below them
_AMOUNT, _DESIGNATION = 8, 3


def write_workbook(path: Path, lines: list[Line], seed: int, edition: str = "indice C") -> None:
    """Write the three sheets: the list itself, the recap by main assembly, the yearly quantities."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    created = dt.datetime.combine(VALTRENNE.printed, dt.time(8, 0), dt.UTC).replace(tzinfo=None)
    book.set_properties({"title": INVENTED, "company": VALTRENNE.name, "created": created})
    blocks = list(blocks_of(shown_lines(lines, seed)))
    _write_list(book, blocks, edition)
    _write_recap(book, blocks)
    _write_quantities(book)
    book.close()


def _write_list(book: Any, blocks: list[Block], edition: str) -> None:
    sheet = book.add_worksheet("Nomenclature")
    bold, total = book.add_format({"bold": True}), book.add_format({"bold": True, "num_format": "#,##0.00"})
    _write_titles(sheet, book.add_format({"bold": True, "font_size": 16}), edition)
    _write_header(
        sheet, book.add_format({"bold": True, "bg_color": "#D9E1F2", "border": 1, "align": "center"})
    )
    formats = [book.add_format({"indent": depth}) for depth in range(6)]
    row = _HEADER_ROW + 2
    for block in blocks:
        sheet.merge_range(row, 0, row, len(COLUMNS) - 1, f"--- {block.title} ---", bold)
        row += 1
        for shown in block.lines:
            sheet.write_row(row, 0, shown.cells)
            sheet.write_string(row, _DESIGNATION, shown.line.designation, formats[shown.line.level])
            row += 1
        sheet.write_string(row, _DESIGNATION, f"SOUS-TOTAL {block.title}", bold)
        sheet.write_number(row, _AMOUNT, block.cost, total)
        row += 2
    sheet.write_string(row, _DESIGNATION, "TOTAL GENERAL HT", bold)
    sheet.write_number(row, _AMOUNT, round(sum(block.cost for block in blocks), 2), total)
    sheet.freeze_panes(_HEADER_ROW + 2, _DESIGNATION + 1)


def _write_titles(sheet: Any, big: Any, edition: str) -> None:
    sheet.write_string(0, 0, VALTRENNE.name.upper(), big)
    sheet.write_string(1, 0, f"Nomenclature multi-niveaux valorisée - cobot {VALTRENNE.product} - {edition}")
    sheet.write_string(2, 0, f"Edité le {VALTRENNE.printed:%d/%m/%Y} - tarif {VALTRENNE.year} - devise EUR")
    sheet.write_string(3, 0, INVENTED)


def _write_header(sheet: Any, head: Any) -> None:
    column = 0
    for group, members in groupby(COLUMNS, key=lambda title: title[0]):
        titles = list(members)
        if len(titles) > 1:
            sheet.merge_range(_HEADER_ROW, column, _HEADER_ROW, column + len(titles) - 1, group, head)
        else:
            sheet.write_string(_HEADER_ROW, column, group, head)
        for _, title, width in titles:
            sheet.write_string(_HEADER_ROW + 1, column, title, head)
            sheet.set_column(column, column, width)
            column += 1


def _write_recap(book: Any, blocks: list[Block]) -> None:
    sheet = book.add_worksheet("Récap")
    sheet.set_column(0, 0, 44)
    sheet.write_string(0, 0, f"Récapitulatif du prix de revient - {INVENTED}")
    sheet.write_row(2, 0, ("Ensemble", "Nb lignes achetées", "Coût HT (€)", "Part"))
    cost = round(sum(block.cost for block in blocks), 2)
    for row, block in enumerate(blocks, start=3):
        sheet.write_row(row, 0, (block.title, block.bought, block.cost, round(block.cost / cost, 4)))
    bought = sum(block.bought for block in blocks)
    sheet.write_row(len(blocks) + 3, 0, ("TOTAL", bought, cost, 1))


def _write_quantities(book: Any) -> None:
    sheet = book.add_worksheet("Cadences")
    sheet.set_column(0, 0, 30)
    sheet.write_string(0, 0, f"Quantités annuelles prévues {VALTRENNE.year + 1} - {INVENTED}")
    sheet.write_row(2, 0, ("Version", "Robots par an"))
    for row, variant in enumerate(VALTRENNE.variants, start=3):
        sheet.write_row(row, 0, (variant.name, variant.yearly))
    sheet.write_row(len(VALTRENNE.variants) + 3, 0, ("Total", VALTRENNE.yearly))
