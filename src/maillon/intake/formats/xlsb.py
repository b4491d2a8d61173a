"""Binary workbooks (``.xlsb``): the container and the grid are checked, calamine reads the values."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.intake.formats.a1 import MAX_COLUMNS, MAX_ROWS
from maillon.intake.formats.archive import Archive
from maillon.intake.formats.bounds import Box, no_cells, outside_grid
from maillon.intake.formats.parse_frames import Frame, doubt_frame, progress_frame
from maillon.intake.formats.traces import Traces
from maillon.intake.formats.values import stream_workbook
from maillon.intake.formats.xlsx_workbook import archive_doubts, relations_of
from maillon.intake.formats.xml_guard import check_part

_WORKBOOK = "xl/workbook.bin"
#: Record types of [MS-XLSB]: cells are 1 (blank) to 11, 62 is a rich text, 0 opens a row.
_ROW, _BLANK, _LAST_CELL, _RICH_TEXT, _ERRORS_AT = 0, 1, 11, 62, (3, 11)
_BUNDLE_SHEET, _MERGE, _LINK = 156, 176, 494
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_DROPPED = ("vbaproject.bin", "/embeddings/", "/media/", "/activex/", "/printersettings/")


def read_xlsb(archive: Archive) -> Iterator[Frame]:
    """Yield the frames of a binary workbook."""
    yield {"file": {"kind": "xlsb"}}
    for doubt in archive_doubts(archive):
        yield doubt_frame(doubt)
    targets = relations_of(archive, _actual_name(archive, _WORKBOOK))
    traces: dict[str, Traces] = {}
    cells = 0
    for name, relation in _sheets(archive):
        part = targets.get(relation, "")
        if "/worksheets/" not in f"/{part.lower()}" or part not in archive:
            continue
        check = _SheetRecords(name)
        check.read(archive.unpack(part))
        links = relations_of(archive, part)
        for place, target in check.links.items():
            check.traces.links[place] = links.get(target, "")
        traces[name] = check.traces
        cells += check.box.cells
    if not cells:
        raise no_cells()
    for name in archive.unread():
        check_part(name, archive.unpack(name), strict=False) if name.lower().endswith(
            (".xml", ".rels")
        ) else _drain(archive.unpack(name))
    yield progress_frame(0.4)
    kept = [name for name in archive.entries if not any(part in name.lower() for part in _DROPPED)]
    yield from stream_workbook(archive.clean_copy(kept), traces, 0.4)


def _actual_name(archive: Archive, name: str) -> str:
    return next(entry for entry in archive.entries if entry.lower() == name)


def _drain(chunks: Iterable[bytes]) -> None:
    for _ in chunks:
        pass


def _sheets(archive: Archive) -> list[tuple[str, str]]:
    """Return the name and relation of each sheet, in order."""
    found = []
    for kind, data in records(archive.unpack(_actual_name(archive, _WORKBOOK))):
        if kind == _BUNDLE_SHEET:
            relation, place = _text(data, 8)
            name, _ = _text(data, place)
            found.append((name, relation))
    return found


def _text(data: bytes, place: int) -> tuple[str, int]:
    """Return the wide text at ``place`` and where it ends."""
    length = struct.unpack_from("<I", data, place)[0]
    if length == 0xFFFFFFFF:
        return "", place + 4
    end = place + 4 + 2 * length
    return data[place + 4 : end].decode("utf-16-le", "replace"), end


def records(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield (type, content) of each record; numbers of 7 bits a byte, as [MS-XLSB] 2.1.4 has them."""
    held, place = b"", 0
    for chunk in chunks:
        held, place = held[place:] + chunk, 0
        while (header := _header(held, place)) is not None:
            kind, start, size = header
            if start + size > len(held):
                break
            yield kind, held[start : start + size]
            place = start + size
    if place < len(held):
        raise RefusedFile(
            message("The workbook is truncated or damaged."),
            message("Open it in your spreadsheet program and save it again as .xlsx or .csv."),
        )


def _header(held: bytes, place: int) -> tuple[int, int, int] | None:
    """Return type, start of content and size; None where the record is not whole yet."""
    if place + 6 > len(held) and place + 2 > len(held):
        return None
    kind = held[place]
    place += 1
    if kind & 0x80:
        if place >= len(held):
            return None
        kind = (kind & 0x7F) | (held[place] & 0x7F) << 7
        place += 1
    size = 0
    for shift in range(0, 28, 7):
        if place >= len(held):
            return None
        size |= (held[place] & 0x7F) << shift
        place += 1
        if not held[place - 1] & 0x80:
            break
    return kind, place, size


class _SheetRecords:
    """Follows the rows and cells of one sheet."""

    def __init__(self, name: str) -> None:
        self.traces, self.box = Traces(name), Box(name)
        self.links: dict[tuple[int, int], str] = {}
        self._row = -1

    def read(self, chunks: Iterable[bytes]) -> None:
        """Read the whole part."""
        try:
            for kind, data in records(chunks):
                self._take(kind, data)
        except (struct.error, IndexError) as error:
            raise RefusedFile(
                message("Sheet {sheet} is truncated or damaged.", sheet=self.traces.name),
                message("Open it in your spreadsheet program and save it again as .xlsx or .csv."),
            ) from error

    def _take(self, kind: int, data: bytes) -> None:
        if kind == _ROW:
            self._row = struct.unpack_from("<I", data)[0]
            if self._row >= MAX_ROWS:
                raise outside_grid(self.traces.name, f"{self._row + 1}:{self._row + 1}")
            if len(data) > 11 and data[11] & 0x10:
                self.traces.hidden_rows.append(self._row)
            if len(data) > 11 and data[11] & 0x07:
                self.traces.outline[self._row] = data[11] & 0x07
        elif _BLANK < kind <= _LAST_CELL or kind == _RICH_TEXT:
            self._take_cell(kind, data)
        elif kind == _MERGE:
            first_row, last_row, first_column, last_column = struct.unpack_from("<4I", data)
            if last_row >= MAX_ROWS or last_column >= MAX_COLUMNS:
                raise outside_grid(self.traces.name, f"{last_row + 1}:{last_column + 1}")
            self.traces.merge((first_row, first_column, last_row, last_column))
        elif kind == _LINK:
            row, _, column, _ = struct.unpack_from("<4I", data)
            self.links[row, column] = _text(data, 16)[0]

    def _take_cell(self, kind: int, data: bytes) -> None:
        column = struct.unpack_from("<I", data)[0]
        if column >= MAX_COLUMNS or self._row < 0:
            raise outside_grid(self.traces.name, f"{column + 1}?")
        self.box.reach(self._row, column)
        if kind in _ERRORS_AT:
            self.traces.errors[self._row, column] = _ERRORS.get(data[8], "#N/A")
