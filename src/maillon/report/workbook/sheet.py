"""One sheet, filled from top to bottom: titles, notes, tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from maillon.core.message import Message, message
from maillon.language import render
from maillon.report.workbook.cells import Cell, Column, Formula, Region, Style

#: Rows of a sheet in the format itself (ECMA-376), less room for a title.
MOST_ROWS = 1_048_576 - 10


class Sheet:
    """A worksheet with a pen: each call writes below the former one.

    Texts go out as typed strings only: nothing that comes from a file becomes a formula or a link.
    """

    def __init__(
        self, book: xlsxwriter.Workbook, name: str, formats: dict[Style, Any], language: str
    ) -> None:
        self.name = name
        self.language = language
        self.next_row = 0  # zero-based
        self._page = book.add_worksheet(name)
        self._formats = formats
        self._page.set_landscape()
        self._page.set_paper(9)  # A4
        self._page.fit_to_pages(1, 0)
        self._page.set_footer("&L&A&R&P / &N")
        self._page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def say(self, what: Message) -> str:
        """Return a sentence in the language of the workbook."""
        return render(what, self.language)

    def line(self, *cells: tuple[Cell, Style]) -> int:
        """Write one row from the first column on; return its 1-based number."""
        for column, (cell, style) in enumerate(cells):
            self._put(self.next_row, column, cell, style)
        self.next_row += 1
        return self.next_row

    def skip(self) -> None:
        """Leave one row empty."""
        self.next_row += 1

    def widths(self, *widths: float) -> None:
        """Set the widths of the first columns, in characters."""
        for column, width in enumerate(widths):
            self._page.set_column(column, column, width)

    def table(self, columns: Sequence[Column], *, main: bool = False) -> Region:
        """Write a table under its header. The ``main`` one has filters, a frozen header and the widths."""
        head = self.next_row
        for place, column in enumerate(columns):
            self._put(head, place, column.header, Style.HEADER)
            self._column(head + 1, place, column)
        rows = max((len(column.values) for column in columns), default=0)
        self.next_row = head + 1 + rows
        if main:
            self.widths(*(column.width for column in columns))
            self._page.autofilter(head, 0, head + rows, len(columns) - 1)
            self._page.freeze_panes(head + 1, 0)
            self._page.repeat_rows(head)
        return Region(self.name, head + 2, head + 1 + rows)

    def _column(self, row: int, place: int, column: Column) -> None:
        """Write the values of one column: by far most cells of the workbook pass here."""
        form = self._formats[column.style]
        text, number = self._page.write_string, self._page.write_number
        for at, cell in enumerate(column.values, row):
            if cell is None:
                continue
            if type(cell) is str:
                text(at, place, cell, form)
            elif type(cell) is int:
                number(at, place, cell, form)
            else:
                self._put(at, place, cell, column.style)

    def _put(self, row: int, column: int, cell: Cell, style: Style) -> None:
        form = self._formats[style]
        match cell:
            case None:
                return
            case bool():
                words = self.say(message("yes") if cell else message("no"))
                self._page.write_string(row, column, words, form)
            case int() | float():
                if math.isfinite(cell):
                    self._page.write_number(row, column, cell, form)
            case Formula():
                self._page.write_formula(row, column, cell.text, form, cell.value)
            case Message():
                self._page.write_string(row, column, self.say(cell), form)
            case _:
                self._page.write_string(row, column, cell, form)
