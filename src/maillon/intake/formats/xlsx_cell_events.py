"""The exact reader of a worksheet: an event parser that judges every cell it is given."""

from __future__ import annotations

import math
import re

from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.intake.formats.a1 import MAX_COLUMNS, MAX_ROWS, cell_name, parse_cell, parse_range
from maillon.intake.formats.bounds import MAX_TEXT, Box, damaged_cell, outside_grid, too_long_text
from maillon.intake.formats.traces import Traces
from maillon.intake.formats.xlsx_strings import SharedTexts
from maillon.intake.formats.xlsx_styles import Styles
from maillon.intake.formats.xml_guard import MAX_DEPTH, local, new_parser
from maillon.intake.grid import Range

_HYPERLINK = re.compile(r'HYPERLINK\(\s*"([^"]{1,2000})"', re.IGNORECASE)
_BOOLEANS = frozenset({"0", "1", "true", "false"})
_TYPES = frozenset({"n", "s", "b", "e", "str", "inlineStr", "d"})
_KEPT_DIGITS = 1e15


class UnplacedCell(Exception):
    """A cell without reference follows cells that were taken out: the part must be read exactly."""


class CellEvents:
    """Follows rows, cells, merges and links of one part, and fills ``traces`` and ``box``."""

    def __init__(
        self, name: str, part: str, styles: Styles, texts: SharedTexts | None, traces: Traces, box: Box
    ) -> None:
        self.name, self.part, self.styles, self.texts = name, part, styles, texts
        self.traces, self.box = traces, box
        self.alone = False  # whether this parser sees all cells of the part
        self.relations: list[tuple[Range, str]] = []  # cells of a hyperlink, its relation
        self._row = self._column = -1
        self._depth = 0
        self._in_cell = False
        self._kind, self._style = "n", 0
        self._capture = ""
        self._formula: list[str] | None = None
        self._value: list[str] | None = None
        self._length = 0  # of the value or inline text so far
        self._formula_length = 0
        self._phonetic = False
        self._parser = new_parser(part)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._stop
        self._parser.CharacterDataHandler = self._text
        self._starts = {
            "row": self._start_row,
            "c": self._start_cell,
            "col": self._start_column,
            "mergeCell": self._merge,
            "hyperlink": self._link,
        }

    def parse(self, data: bytes) -> None:
        """Read a piece of the part."""
        self._parser.Parse(data, False)

    def finish(self) -> None:
        """Read the end of the part."""
        self._parser.Parse(b"", True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise RefusedFile(message("{part}: the XML is nested too deep.", part=self.part))
        if self._in_cell:
            self._start_in_cell(name)
        elif name in self._starts:
            self._starts[name](attributes)

    def _start_in_cell(self, name: str) -> None:
        if name == "c":  # a cell inside a cell: readers disagree on it
            raise damaged_cell(self.name, cell_name(self._row, self._column), "<c>")
        if name == "v":
            self._value, self._capture = [], "v"
        elif name == "f":
            self._formula, self._capture = [], "f"
        elif name == "t":
            self._capture = "t"
        elif name == "rPh":
            self._phonetic = True

    def _stop(self, tag: str) -> None:
        self._depth -= 1
        name = local(tag)
        if name == "c" and self._in_cell:
            self._end_cell()
            self._in_cell = False
        elif name in ("v", "f", "t"):
            self._capture = ""
        elif name == "rPh":
            self._phonetic = False

    def _text(self, text: str) -> None:
        if not self._capture or self._phonetic:
            return
        if self._capture == "f" and self._formula is not None:
            self._formula.append(text)
            self._formula_length += len(text)
        else:
            self._length += len(text)
        if self._length > MAX_TEXT or self._formula_length > MAX_TEXT:
            raise too_long_text(self.name, cell_name(self._row, self._column))
        if self._capture == "v" and self._value is not None:
            self._value.append(text)

    def _start_row(self, attributes: dict[str, str]) -> None:
        written = attributes.get("r")
        if written is None and not self.alone:
            raise UnplacedCell
        self._row = self._row + 1 if written is None else _index(written)
        self._column = -1
        if not 0 <= self._row < MAX_ROWS:
            raise outside_grid(self.name, f"{written}:{written}")
        if _is_true(attributes.get("hidden")):
            self.traces.hidden_rows.append(self._row)
        level = attributes.get("outlineLevel", "0")
        if level.isdigit() and 0 < int(level[:3]) < 16:
            self.traces.outline[self._row] = int(level)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        written = attributes.get("r")
        if written is None:
            if not self.alone:
                raise UnplacedCell
            self._column += 1
        else:
            place = parse_cell(written)
            if place is None:
                raise outside_grid(self.name, written)
            self._row, self._column = place
        if not (0 <= self._row < MAX_ROWS and self._column < MAX_COLUMNS):
            raise outside_grid(self.name, written or cell_name(max(0, self._row), self._column))
        style = attributes.get("s", "0")
        self._style = int(style) if style.isdigit() and len(style) < 10 else 0
        self._kind = attributes.get("t", "n")
        self._formula = self._value = None
        self._length = self._formula_length = 0
        self._in_cell = True

    def _end_cell(self) -> None:
        place = (self._row, self._column)
        value = None if self._value is None else "".join(self._value).strip()
        if self._formula is not None:
            self._note_formula("".join(self._formula), place, value)
        if not self._length:
            return
        self.box.reach(*place)
        self.styles.note(self.traces, place, self._style)
        if self._kind not in _TYPES:
            raise damaged_cell(self.name, cell_name(*place), self._kind)
        if value is not None and self._kind in ("n", "b", "s", "e"):
            getattr(self, f"_check_{self._kind}")(value, place)

    def _note_formula(self, formula: str, place: tuple[int, int], value: str | None) -> None:
        if value is None if self._kind in ("str", "inlineStr") else not value:
            self.traces.valueless.append(place)  # an empty text is a value, an empty number is none
        link = _HYPERLINK.search(formula)
        if link:
            self.traces.links[place] = link[1]

    def _check_n(self, value: str, place: tuple[int, int]) -> None:
        """Numbers that are none stay as written and set their row apart; too long ones are reported."""
        try:
            number = float(value)
        except ValueError:
            return
        if not math.isfinite(number):
            self.traces.written[place] = value[:400]
        elif abs(number) >= _KEPT_DIGITS and number == math.floor(number):
            self.traces.rounded.append(place)

    def _check_b(self, value: str, place: tuple[int, int]) -> None:
        if value not in _BOOLEANS:
            raise damaged_cell(self.name, cell_name(*place), value)

    def _check_s(self, value: str, place: tuple[int, int]) -> None:
        texts = self.texts
        number = int(value) if value.isdigit() and len(value) < 12 else -1
        if texts is None or not 0 <= number < texts.count:
            raise damaged_cell(self.name, cell_name(*place), f"text {value}")
        if number in texts.too_long:
            raise too_long_text(self.name, cell_name(*place))

    def _check_e(self, value: str, place: tuple[int, int]) -> None:
        self.traces.errors[place] = value[:40]

    def _start_column(self, attributes: dict[str, str]) -> None:
        if _is_true(attributes.get("hidden")):
            first, last = _index(attributes.get("min", "")), _index(attributes.get("max", ""))
            if 0 <= first <= last < MAX_COLUMNS:
                self.traces.hidden_columns.append((first, last))

    def _merge(self, attributes: dict[str, str]) -> None:
        written = attributes.get("ref", "")
        area = parse_range(written)
        if area is None:
            raise outside_grid(self.name, written)
        self.traces.merge(area)

    def _link(self, attributes: dict[str, str]) -> None:
        relation = next((v for k, v in attributes.items() if local(k) == "id"), "")
        area = parse_range(attributes.get("ref", ""))
        if relation and area is not None:
            self.relations.append((area, relation))


def _index(written: str) -> int:
    """Return a one-based number as zero-based, -1 where it is none."""
    return int(written) - 1 if written.isdigit() and len(written) < 10 else -1


def _is_true(written: str | None) -> bool:
    return written in ("1", "true", "on")
