"""The values of a checked workbook, read by calamine and sent on in chunks of rows."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.intake.formats.parse_frames import Frame, doubt_frame, progress_frame, sheet_frame, traces_frame
from maillon.intake.formats.sheet_doubts import column_of_dates_doubts, sheet_doubts
from maillon.intake.formats.traces import Traces
from maillon.intake.sandbox.cells import row_frames

_CHUNK = 2000
Row = list[Any]


def stream_workbook(source: io.BytesIO, traces: Mapping[str, Traces], done: float) -> Iterator[Frame]:
    """Yield every worksheet in order; ``traces`` are those of the check, by the name of the sheet."""
    book = open_workbook(source)
    sheets = book.sheets_metadata
    for number, facts in enumerate(sheets):
        if facts.typ != SheetTypeEnum.WorkSheet:
            continue
        known = traces.get(facts.name)
        hidden = facts.visible != SheetVisibleEnum.Visible
        yield sheet_frame(facts.name, hidden)
        yield from _stream_sheet(book.get_sheet_by_index(number), known or Traces(facts.name), hidden)
        yield progress_frame(done + (1 - done) * (number + 1) / len(sheets))


def open_workbook(source: io.BytesIO) -> CalamineWorkbook:
    """Open a workbook of any kind that calamine knows; ``RefusedFile`` where a password protects it."""
    try:
        return load_workbook(source)
    except PasswordError as error:
        raise encrypted() from error


def encrypted() -> RefusedFile:
    """Return the refusal of a workbook that a password protects."""
    return RefusedFile(
        message("The file is encrypted with a password."),
        message("Open it, remove the password, save it and give it again."),
    )


def _stream_sheet(sheet: CalamineSheet, traces: Traces, hidden: bool) -> Iterator[Frame]:
    """Yield the rows of one sheet, then what stands beside them."""
    _complete_merges(sheet, traces)
    columns = _ColumnTypes({column for _, column in traces.shortened})
    for chunk in _chunks(sheet):
        columns.count(chunk)
        yield from row_frames(chunk)
    yield traces_frame(traces)
    for doubt in sheet_doubts(traces, hidden):
        yield doubt_frame(doubt)
    for doubt in column_of_dates_doubts(traces, columns.dates, columns.mostly_text()):
        yield doubt_frame(doubt)


def _complete_merges(sheet: CalamineSheet, traces: Traces) -> None:
    """Take the merged ranges from calamine where no check has found them (``.xls``)."""
    if not traces.merged:
        for (first_row, first_column), (last_row, last_column) in sheet.merged_cell_ranges or ():
            traces.merge((first_row, first_column, last_row, last_column))


def _chunks(sheet: CalamineSheet) -> Iterator[list[Row]]:
    """Yield rows from A1, without the blanks after the last cell of a row and of the sheet.

    calamine gives the rows from the first of the sheet but the columns from the first that is filled.
    """
    left = [""] * (sheet.start[1] if sheet.start else 0)
    chunk: list[Row] = []
    blank = 0
    for row in sheet.iter_rows():
        while row and row[-1] == "":
            row.pop()
        if not row:
            blank += 1
            continue
        if blank:
            chunk.extend([] for _ in range(blank))
            blank = 0
        chunk.append(left + row if left else row)
        if len(chunk) >= _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


class _ColumnTypes:
    """Counts texts and dates in the few columns where Excel may have made dates of references."""

    def __init__(self, columns: set[int]) -> None:
        self._columns = sorted(columns)
        self._texts: Counter[int] = Counter()
        self._dated: Counter[int] = Counter()
        self.dates: dict[tuple[int, int], dt.date] = {}
        self._row = 0

    def count(self, chunk: list[Row]) -> None:
        for row in chunk if self._columns else ():
            for column in self._columns:
                cell = row[column] if column < len(row) else ""
                if isinstance(cell, dt.date):
                    self._dated[column] += 1
                    self.dates[self._row, column] = cell
                elif isinstance(cell, str) and cell:
                    self._texts[column] += 1
            self._row += 1

    def mostly_text(self) -> set[int]:
        return {column for column in self._columns if self._texts[column] > self._dated[column]}
