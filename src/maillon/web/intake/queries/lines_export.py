"""Lines as files: CSV and JSON written as they are read, a workbook, none of which runs a firm's text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from maillon.web.intake.models import Line
from maillon.web.intake.queries.lines_columns import Column, Holds, value_of

#: Lines up to which a workbook is written while one waits.
AT_ONCE = 5_000
#: What makes a spreadsheet take a text for a formula (CWE-1236); the import takes the sign away again.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula; one already guarded gets one sign more.

    >>> harmless("=2+2"), harmless("'=2+2"), harmless(-3.5), harmless("vis")
    ("'=2+2", "''=2+2", -3.5, 'vis')
    """
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip("'").startswith(_FORMULA) else cell


def _cells(line: Line, columns: Iterable[Column]) -> list[object]:
    return [line.line, *(value_of(line, column.name) for column in columns)]


def _heads(columns: Iterable[Column]) -> list[str]:
    return ["line", *(column.name for column in columns)]


def csv_of(lines: Iterable[Line], columns: list[Column]) -> Iterator[str]:
    """Yield a CSV for spreadsheets: UTF-8 with its mark, semicolons, decimal commas."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    yield "\ufeff"
    for row in (_heads(columns), *(_typed(_cells(line, columns), columns) for line in lines)):
        writer.writerow(row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _typed(cells: list[object], columns: list[Column]) -> list[object]:
    """Return cells as a French spreadsheet reads them."""
    figures = [False, *(column.holds is Holds.FIGURE for column in columns)]
    return [
        repr(cell).replace(".", ",") if figure and isinstance(cell, float) else harmless(cell)
        for cell, figure in zip(cells, figures, strict=True)
    ]


def json_of(lines: Iterable[Line], columns: list[Column]) -> Iterator[str]:
    """Yield a JSON list of objects; null is unknown."""
    heads, first = _heads(columns), True
    for line in lines:
        row = dict(zip(heads, _cells(line, columns), strict=True))
        yield ("[\n" if first else ",\n") + json.dumps(row, ensure_ascii=False)
        first = False
    yield "[]\n" if first else "\n]\n"


def write_xlsx(lines: Iterable[Line], columns: list[Column], file: BinaryIO) -> None:
    """Write a workbook of one sheet, headings in the reader's language."""
    import xlsxwriter  # noqa: PLC0415 - a heavy import, needed by one kind of file

    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, _heads(columns), book.add_format({"bold": True}))
        for place, line in enumerate(lines, 1):
            sheet.write_row(place, 0, _cells(line, columns))
