"""Workbooks of Excel 97-2003 [MS-XLS]: one pass over the records of the workbook stream.

It bounds the grid before calamine reserves memory for it, and collects what calamine does not give: links,
error values, hidden rows and columns, outline levels, indents, telling number formats.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from maillon.core.doubt import Doubt, Treatment
from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.intake.formats.a1 import cell_name
from maillon.intake.formats.bounds import Box, no_cells, outside_grid
from maillon.intake.formats.parse_frames import Frame, doubt_frame
from maillon.intake.formats.traces import Traces
from maillon.intake.formats.values import encrypted
from maillon.intake.formats.xlsx_styles import Styles, telling_format

_BOF, _EOF, _BOUNDSHEET, _FILEPASS, _FORMAT, _XF = 0x809, 0x0A, 0x85, 0x2F, 0x41E, 0xE0
_ROW, _COLINFO, _SUPBOOK, _HLINK, _DBQUERY = 0x208, 0x7D, 0x1AE, 0x1B8, 0xDC
_NUMBER, _LABEL, _LABELSST, _RK, _BOOLERR, _FORMULA = 0x203, 0x204, 0xFD, 0x27E, 0x205, 0x06
_MULRK, _BLANKS, _RSTRING = 0xBD, (0x201, 0xBE), 0xD6
_ONE_CELL = frozenset({_NUMBER, _LABEL, _LABELSST, _RK, _BOOLERR, _FORMULA, _RSTRING})
_COLUMNS = 256
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BUILT_IN = {9: "0%", 10: "0.00%"}
_SHORT_DATES = frozenset({16, 17})


@dataclass
class _Book:
    """What the records have told so far."""

    names: dict[int, str] = field(default_factory=dict)  # offset of a sheet's records → its name
    kinds: dict[int, int] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    styles: Styles = field(default_factory=Styles)
    style_count: int = 0
    external: bool = False
    queries: bool = False
    unicode: bool = True


def check_xls(stream: bytes, *, macros: bool) -> tuple[dict[str, Traces], list[Frame]]:
    """Return the traces of each sheet by name, and the frames of the workbook's own doubts."""
    book = _Book()
    try:
        _read_globals(stream, book)
        checked = [_check_sheet(stream, place, book) for place in book.names]
    except (struct.error, IndexError) as error:
        raise RefusedFile(
            message("The workbook is truncated or damaged."),
            message("Open it in your spreadsheet program and save it again as .xlsx or .csv."),
        ) from error
    if not any(cells for _, cells in checked):
        raise no_cells()
    return {t.name: t for t, _ in checked if t is not None}, [
        doubt_frame(d) for d in _book_doubts(book, macros)
    ]


def _records(stream: bytes, place: int) -> Iterator[tuple[int, memoryview]]:
    """Yield (type, content) from ``place`` to the end of that substream."""
    view, depth = memoryview(stream), 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        yield kind, view[place + 4 : place + 4 + size]
        place += 4 + size
        depth += (kind == _BOF) - (kind == _EOF)
        if kind == _EOF and depth <= 0:
            return


def _read_globals(stream: bytes, book: _Book) -> None:
    for kind, data in _records(stream, 0):
        if kind == _BOF:
            book.unicode = struct.unpack_from("<H", data)[0] >= 0x600
        elif kind == _FILEPASS:
            raise encrypted()
        elif kind == _BOUNDSHEET:
            place = struct.unpack_from("<I", data)[0]
            book.names[place] = _short_text(data[6:], book.unicode)
            book.kinds[place] = data[5]
        elif kind == _FORMAT:
            book.codes[struct.unpack_from("<H", data)[0]] = _long_text(data[2:])
        elif kind == _XF:
            _add_style(data, book)
        elif kind == _SUPBOOK:
            book.external = book.external or (len(data) > 4)


def _add_style(data: memoryview, book: _Book) -> None:
    number, number_format = book.style_count, struct.unpack_from("<H", data, 2)[0]
    book.style_count += 1
    code = book.codes.get(number_format) or _BUILT_IN.get(number_format, "")
    if telling := telling_format(code):
        book.styles.formats[number] = telling
    if number_format in _SHORT_DATES:
        book.styles.short_dates.add(number)
    indent = data[8] & 0x0F if len(data) > 8 and book.unicode else 0
    if indent:
        book.styles.indents[number] = indent


def _check_sheet(stream: bytes, place: int, book: _Book) -> tuple[Traces | None, int]:
    if book.kinds[place] != 0:  # a chart, a macro sheet
        return None, 0
    traces = Traces(book.names[place])
    box = Box(traces.name)
    for kind, data in _records(stream, place):
        if kind in _ONE_CELL:
            row, column, style = struct.unpack_from("<HHH", data)
            _reach(box, row, column)
            book.styles.note(traces, (row, column), style)
            _note_error(traces, kind, data, (row, column))
        elif kind == _MULRK:
            row, first = struct.unpack_from("<HH", data)
            last = first + max(0, (len(data) - 6) // 6) - 1
            _reach(box, row, last, last - first + 1)
            for number, column in enumerate(range(first, last + 1)):
                style = struct.unpack_from("<H", data, 4 + 6 * number)[0]
                book.styles.note(traces, (row, column), style)
        else:
            _note_other(traces, kind, data)
    return traces, box.cells


def _reach(box: Box, row: int, column: int, cells: int = 1) -> None:
    if column >= _COLUMNS:
        raise outside_grid(box.sheet, cell_name(row, column))
    box.reach(row, column, cells)


def _note_error(traces: Traces, kind: int, data: memoryview, place: tuple[int, int]) -> None:
    if kind == _BOOLERR and data[7]:
        traces.errors[place] = _ERRORS.get(data[6], "#N/A")
    elif kind == _FORMULA and bytes(data[12:14]) == b"\xff\xff" and data[6] == 2:
        traces.errors[place] = _ERRORS.get(data[8], "#N/A")


def _note_other(traces: Traces, kind: int, data: memoryview) -> None:
    if kind == _ROW:
        row = struct.unpack_from("<H", data)[0]
        options = data[12]
        if options & 0x20:
            traces.hidden_rows.append(row)
        if options & 0x07:
            traces.outline[row] = options & 0x07
    elif kind == _COLINFO:
        first, last = struct.unpack_from("<HH", data)
        if data[8] & 0x01 and first <= last < _COLUMNS:
            traces.hidden_columns.append((first, last))
    elif kind == _HLINK:
        row, _, column, _ = struct.unpack_from("<4H", data)
        target = _link_target(bytes(data[8:]))
        if target:
            traces.links[row, column] = target


def _link_target(data: bytes) -> str:
    """Return the address of a link: the URL moniker of [MS-OSHARED], looked up by its class identifier."""
    moniker = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
    place = data.find(moniker)
    if place < 0:
        return ""
    start = place + len(moniker) + 4
    size = struct.unpack_from("<I", data, start - 4)[0]
    text = data[start : start + min(size, 4096)].decode("utf-16-le", "replace")
    return text.partition("\x00")[0]


def _short_text(data: memoryview, unicode: bool) -> str:
    length = data[0]
    if not unicode:
        return bytes(data[1 : 1 + length]).decode("cp1252", "replace")
    wide = data[1] & 1
    return bytes(data[2 : 2 + length * (1 + wide)]).decode("utf-16-le" if wide else "latin-1", "replace")


def _long_text(data: memoryview) -> str:
    length, wide = struct.unpack_from("<HB", data)
    wide &= 1
    return bytes(data[3 : 3 + length * (1 + wide)]).decode("utf-16-le" if wide else "latin-1", "replace")


def _book_doubts(book: _Book, macros: bool) -> Iterator[Doubt]:
    if macros:
        yield Doubt(
            "macros",
            message("The workbook contains macros: they are left out, only the values are read."),
            Treatment.WARNED,
        )
    if book.external:
        yield Doubt(
            "external-links",
            message("The workbook refers to other files: they are not opened, the stored values are read."),
            Treatment.WARNED,
        )
