"""The exact reader of an OpenDocument spreadsheet: rows and cells with their repetitions."""

from __future__ import annotations

from maillon.core.doubt import Doubt
from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.intake.formats.a1 import MAX_COLUMNS, MAX_ROWS, cell_name
from maillon.intake.formats.bounds import MAX_TEXT, Box, outside_grid, too_long_text
from maillon.intake.formats.traces import Traces
from maillon.intake.formats.xml_guard import MAX_DEPTH, local, new_parser

_ERROR_TEXTS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "Err:")


class OdsEvents:
    """Follows tables, rows and cells; ``traces`` and ``boxes`` are in the order of the sheets."""

    def __init__(self, part: str) -> None:
        self.traces: list[Traces] = []
        self.boxes: list[Box] = []
        self.doubts: list[Doubt] = []
        self._part = part
        self._depth = 0
        self._tables = 0
        self._row = self._rows = 0
        self._column = self._columns = 0
        self._in_cell = False
        self._annotation = 0
        self._texts: list[str] = []
        self._length = 0
        self._attributes: dict[str, str] = {}
        self._group = 0
        self._hidden_group = 0
        self._parser = new_parser(part)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._stop
        self._parser.CharacterDataHandler = self._text
        self.parse_finished = False

    def parse(self, data: bytes) -> None:
        """Read a piece of the part."""
        self._parser.Parse(data, False)

    def finish(self) -> None:
        """Read the end of the part."""
        self._parser.Parse(b"", True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise RefusedFile(message("{part}: the XML is nested too deep.", part=self._part))
        name = local(tag)
        plain = {local(key): value for key, value in attributes.items()} if attributes else attributes
        if name == "table" and tag.startswith("table:"):
            self._start_table(plain)
        elif self._tables and not self._annotation:
            self._start_in_table(name, plain)
        if name == "annotation":
            self._annotation += 1

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._tables += 1
        if self._tables == 1:
            name = attributes.get("name", "")
            self.traces.append(Traces(name))
            self.boxes.append(Box(name))
            self._row = self._column = 0
            self._group = 0

    def _start_in_table(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table-row-group":
            self._group += 1
        elif name == "table-row":
            self._rows = _repeated(attributes, "number-rows-repeated")
            self._column = 0
            self._note_row(attributes)
        elif name == "table-column":
            self._note_column(attributes)
        elif name in ("table-cell", "covered-table-cell"):
            self._columns = _repeated(attributes, "number-columns-repeated")
            self._attributes, self._texts, self._length = attributes, [], 0
            self._in_cell = True
        elif name == "a" and self._in_cell and "href" in attributes:
            self.traces[-1].links[self._row, self._column] = attributes["href"]
        elif name == "p" and self._in_cell and self._texts:
            self._texts.append("\n")

    def _note_row(self, attributes: dict[str, str]) -> None:
        traces, last = self.traces[-1], min(self._row + self._rows, MAX_ROWS)
        if self._rows > 10_000:  # the blank rest of the sheet
            return
        if attributes.get("visibility") in ("collapse", "filter"):
            traces.hidden_rows.extend(range(self._row, last))
        if self._group:
            traces.outline.update(dict.fromkeys(range(self._row, last), self._group))

    def _note_column(self, attributes: dict[str, str]) -> None:
        count = _repeated(attributes, "number-columns-repeated")
        if attributes.get("visibility") == "collapse" and self._column + count <= MAX_COLUMNS:
            self.traces[-1].hidden_columns.append((self._column, self._column + count - 1))
        self._column += count

    def _stop(self, tag: str) -> None:
        self._depth -= 1
        name = local(tag)
        if name == "annotation":
            self._annotation -= 1
        elif name == "table" and tag.startswith("table:"):
            self._tables -= 1
        elif name == "table-row" and self._tables:
            self._row += self._rows
        elif name == "table-row-group":
            self._group -= 1
        elif name in ("table-cell", "covered-table-cell") and self._in_cell and not self._annotation:
            self._end_cell()

    def _text(self, text: str) -> None:
        if self._in_cell and not self._annotation:
            self._length += len(text)
            if self._length > MAX_TEXT:
                raise too_long_text(self.traces[-1].name, cell_name(self._row, self._column))
            self._texts.append(text)

    def _end_cell(self) -> None:
        self._in_cell = False
        attributes = self._attributes
        text = "".join(self._texts)
        if text.strip() or "value-type" in attributes:
            self._filled(attributes, text)
        self._merge(attributes)
        self._column += self._columns

    def _filled(self, attributes: dict[str, str], text: str) -> None:
        traces, last_row, last_column = (
            self.traces[-1],
            self._row + self._rows - 1,
            self._column + self._columns - 1,
        )
        if last_row >= MAX_ROWS or last_column >= MAX_COLUMNS:
            raise outside_grid(traces.name, cell_name(min(last_row, MAX_ROWS), min(last_column, MAX_COLUMNS)))
        self.boxes[-1].reach(last_row, last_column, self._rows * self._columns)
        place = (self._row, self._column)
        kind = attributes.get("value-type")
        told = ""
        if kind == "currency":
            told = attributes.get("currency", "")
        elif kind == "percentage":
            told = "0%"
        for column in range(self._column, last_column + 1) if told else ():
            traces.formats.add(column, range(self._row, last_row + 1), told)
        if "formula" in attributes and text.startswith(_ERROR_TEXTS):
            traces.errors[place] = text[:40]

    def _merge(self, attributes: dict[str, str]) -> None:
        rows, columns = (
            _repeated(attributes, "number-rows-spanned"),
            _repeated(attributes, "number-columns-spanned"),
        )
        if rows * columns > 1:
            self.traces[-1].merge((self._row, self._column, self._row + rows - 1, self._column + columns - 1))


def _repeated(attributes: dict[str, str], name: str) -> int:
    """Return how often a row or cell is repeated; an absurd figure is as large as the grid allows twice."""
    written = attributes.get(name, "1")
    return min(int(written[:9]), 2 * MAX_ROWS) if written.isdigit() else 1
