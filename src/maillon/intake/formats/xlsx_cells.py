"""The cells of one worksheet, checked before the reader of values sees them.

Two readers share the work. A compiled expression takes out every cell written in one of the plain forms that
all programs use; for these, all that can be wrong is certified by the expression itself (a finite number of
at most 15 digits, a short text) or checked on the captured groups (place in the grid, number of the shared
text). What remains, in its order, goes to an exact XML parser, which judges each cell it sees. A cell in
unusual XML (prefixes, single quotes, other attributes) is therefore slower to read, never unseen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import compress
from typing import Any
from xml.parsers import expat

from maillon.intake.formats.a1 import MAX_COLUMNS, MAX_ROWS, column_index
from maillon.intake.formats.bounds import MAX_TEXT, Box, damaged_cell, outside_grid, too_long_text
from maillon.intake.formats.traces import Traces
from maillon.intake.formats.xlsx_cell_events import CellEvents
from maillon.intake.formats.xlsx_strings import SharedTexts
from maillon.intake.formats.xlsx_styles import Styles
from maillon.intake.formats.xml_guard import not_well_formed
from maillon.intake.grid import Range

#: What is repeated is never given back (``{…}+``): nothing that follows could begin with it.
_NUMBER = rb"-?[0-9]{1,15}+(?:\.[0-9]{1,20}+)?+(?:E-[0-9]{1,2}+)?+"
_TEXT = rb"[^<]{1,%d}+" % MAX_TEXT
_FORMULA = rb'(?:<f(?: (?:t|ref|si|ca|aca)="[^"<]{0,40}+")*+(?:/>|>[^<]{0,8192}+</f>))?+'


def _plain_cells(formula: bytes) -> re.Pattern[bytes]:
    """Return the expression of a plain cell; groups: column, row, style, number of its shared text."""
    number = formula + rb"<v>" + _NUMBER + rb"</v></c>"
    return re.compile(
        rb'<c r="([A-Z]{1,3}+)([1-9][0-9]{0,6}+)"(?: s="([0-9]{1,5}+)")?+(?:>' + number + rb'| t="(?:'
        rb's"><v>([0-9]{1,7}+)</v></c>'
        rb'|inlineStr"><is><t(?: xml:space="preserve")?+>' + _TEXT + rb"</t></is></c>"
        rb'|n">' + number + rb'|str">' + formula + rb"<v>" + _TEXT + rb"</v></c>"
        rb'|b">' + formula + rb"<v>[01]</v></c>))"
    )


_PLAIN = _plain_cells(_FORMULA)
#: For chunks without formulas, or with one that may be a link, which the exact parser must see.
_PLAIN_VALUES = _plain_cells(b"")
#: A cell that only carries a style. It holds nothing, so it does not count.
_BLANK = re.compile(rb'<c r="[A-Z]{1,3}[1-9][0-9]{0,6}"(?: s="[0-9]{1,5}")?(?:/>|></c>)')
#: A row whose cells were all taken out and that is neither hidden nor grouped.
_PLAIN_ROW = re.compile(
    rb'<row r="[1-9][0-9]{0,6}"'
    rb'(?: (?:spans|s|customFormat|ht|customHeight|x14ac:dyDescent|thickBot|thickTop)="[0-9.: ]{1,40}")*'
    rb"></row>"
)
_GROUPS = _PLAIN.groups + 1
_BORDER = b"<c "
_LONGEST_HELD = 1 << 20


class SheetCheck:
    """Reads one worksheet part; ``traces`` and ``box`` hold what was found."""

    def __init__(self, name: str, part: str, styles: Styles, texts: SharedTexts | None) -> None:
        self.name, self.part = name, part
        self._styles, self._texts = styles, texts
        self._notable = {b"%d" % number for number in styles.notable()}
        self._columns: dict[bytes, int] = {}
        self._last_text = (texts.count if texts else 0) - 1
        self._styled: defaultdict[tuple[bytes, bytes], list[bytes]] = defaultdict(list)
        self.traces = Traces(name)
        self.box = Box(name)
        self.relations: list[tuple[Range, str]] = []  # cells of a hyperlink, its relation

    def read(self, chunks: Iterable[bytes], *, exactly: bool = False) -> None:
        """Read the whole part; ``UnplacedCell`` asks to read it again ``exactly``, without the short way."""
        events = CellEvents(self.name, self.part, self._styles, self._texts, self.traces, self.box)
        events.alone = exactly
        held = b""
        try:
            for chunk in chunks:
                held += chunk
                cut = held.rfind(_BORDER)
                if cut <= 0:
                    cut = len(held) if len(held) > _LONGEST_HELD else 0
                events.parse(held[:cut] if exactly else self._take_plain(held[:cut]))
                held = held[cut:]
            events.parse(held)
            events.finish()
            self._settle_styles()
            self.relations = events.relations
        except expat.ExpatError as error:
            raise not_well_formed(self.part, error) from error

    def _take_plain(self, data: bytes) -> bytes:
        """Check and take out the plain cells of a chunk; return the XML that remains."""
        formulas = b"<f" in data and b"HYPERLINK" not in data and b"hyperlink" not in data
        pieces = (_PLAIN if formulas else _PLAIN_VALUES).split(data)
        if len(pieces) > 1:
            self._check_places(pieces[1::_GROUPS], pieces[2::_GROUPS])
            self._check_texts(pieces)
            self._note_styles(pieces)
        rest = b"".join(pieces[::_GROUPS])
        return _PLAIN_ROW.sub(b"", _BLANK.sub(b"", rest) if _BORDER in rest else rest)

    def _check_places(self, letters: list[bytes], rows: list[bytes]) -> None:
        distinct = set(letters)
        for name in distinct - self._columns.keys():
            self._columns[name] = column_index(name.decode())
        widest = max(distinct, key=self._columns.__getitem__)
        lowest = max(set(rows), key=int)
        if self._columns[widest] >= MAX_COLUMNS:
            place = letters.index(widest)
            raise outside_grid(self.name, (letters[place] + rows[place]).decode())
        if int(lowest) > MAX_ROWS:
            place = rows.index(lowest)
            raise outside_grid(self.name, (letters[place] + rows[place]).decode())
        self.box.reach(int(lowest) - 1, self._columns[widest], len(letters))

    def _check_texts(self, pieces: list[Any]) -> None:
        """Check that every shared text exists and is short enough."""
        numbers = set(pieces[4::_GROUPS])
        numbers.discard(None)  # a group that did not take part
        if not numbers:
            return
        used = set(map(int, numbers))
        if max(used) > self._last_text:
            raise damaged_cell(self.name, self._place_of(pieces, max(used)), f"text {max(used)}")
        if self._texts and not self._texts.too_long.isdisjoint(used):
            bad = min(self._texts.too_long & used)
            raise too_long_text(self.name, self._place_of(pieces, bad))

    def _place_of(self, pieces: list[Any], number: int) -> str:
        """Return the name of the first cell that uses a shared text."""
        for letters, row, text in zip(
            pieces[1::_GROUPS], pieces[2::_GROUPS], pieces[4::_GROUPS], strict=True
        ):
            if text is not None and int(text) == number:
                return str((letters + row).decode())
        return ""

    def _note_styles(self, pieces: list[Any]) -> None:
        """Gather the rows of the cells whose style says something, by column and style."""
        styles = pieces[3::_GROUPS]
        if not self._notable or self._notable.isdisjoint(styles):
            return
        chosen = list(map(self._notable.__contains__, styles))
        letters, rows = compress(pieces[1::_GROUPS], chosen), compress(pieces[2::_GROUPS], chosen)
        for column, row, style in zip(letters, rows, compress(styles, chosen), strict=True):
            self._styled[column, style].append(row)

    def _settle_styles(self) -> None:
        """Hand the gathered cells to the traces, down each column."""
        for (letters, style), rows in self._styled.items():
            numbers = sorted({int(row) - 1 for row in rows})
            self._styles.note_column(self.traces, self._columns[letters], numbers, int(style))
