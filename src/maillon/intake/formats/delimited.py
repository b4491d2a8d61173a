"""Text tables (``.csv``, ``.tsv``, ``.txt``): read by the standard library, every line accounted for."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from maillon.core.doubt import Doubt, Treatment
from maillon.core.errors import RefusedFile
from maillon.core.message import Message, message
from maillon.intake.formats.a1 import MAX_COLUMNS
from maillon.intake.formats.bounds import MAX_CELLS, MAX_TEXT
from maillon.intake.formats.encodings import decode_text
from maillon.intake.formats.parse_frames import Frame, doubt_frame, progress_frame, sheet_frame
from maillon.intake.formats.separators import announced_separator, find_separator
from maillon.intake.sandbox.cells import row_frames

_CHUNK = 2_000
_CLOSED = "\x00closed\x00"
_MOST_DOUBTS = 1_000
#: What makes a spreadsheet take a text for a formula (CWE-1236).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read_delimited(data: bytes) -> Iterator[Frame]:
    """Yield the frames of a text table: one sheet without a name, its cells as written."""
    decoded = decode_text(data)
    announced = announced_separator(decoded.text)
    separator = announced or find_separator(decoded.text)
    kind = {"": "txt", "\t": "tsv"}.get(separator, "csv")
    yield {"file": {"kind": kind, "encoding": decoded.encoding, "separator": separator}}
    yield sheet_frame("")
    lines = _Lines(decoded.text, separator)
    rows = list(lines.rows())
    if announced:
        rows[0] = []  # the line says how to read the others; its place is kept
    if not any(rows):
        raise RefusedFile(message("The file holds no text."), message("Export it again, or send it again."))
    for start in range(0, len(rows), _CHUNK):
        yield from row_frames([_trimmed(_unguarded(row)) for row in rows[start : start + _CHUNK]])
        yield progress_frame((start + _CHUNK) / len(rows))
    for doubt in _doubts(rows, lines, frozenset(decoded.odd_lines), separator):
        yield doubt_frame(doubt)


class _Lines:
    """The rows of a text, and on which lines each begins and ends."""

    def __init__(self, text: str, separator: str) -> None:
        self._text, self._separator = text, separator
        self.ends: list[int] = []  # number of lines read after each row

    def rows(self) -> Iterator[list[str]]:
        """Yield each row; refuse a quote that never closes, by the line where it opens."""
        if not self._separator:
            for number, line in enumerate(self._text_lines(), start=1):
                self.ends.append(number)
                yield [line] if line else []
            return
        csv.field_size_limit(MAX_TEXT)
        lines = iter([*io.StringIO(self._text, newline=""), "\r\n", _CLOSED])
        reader = csv.reader(lines, delimiter=self._separator)
        held: list[list[str]] = []
        cells = 0
        while True:
            try:
                row = next(reader)
            except csv.Error as error:
                raise self._unreadable(reader.line_num) from error
            if row == [_CLOSED]:  # held is the line end put before the mark
                self.ends.pop()
                return
            if row and row[-1].endswith(_CLOSED):  # the last field swallowed the mark
                raise self._unclosed()
            yield from held
            cells += len(row)
            self._check(row, cells)
            self.ends.append(reader.line_num)
            held = [row]

    def _text_lines(self) -> list[str]:
        lines = self._text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if lines and not lines[-1]:
            lines.pop()
        for number, line in enumerate(lines, start=1):
            if len(line) > MAX_TEXT:
                raise _refused_line(
                    number, message("the text is longer than {limit} characters", limit=MAX_TEXT)
                )
        return lines

    def _check(self, row: list[str], cells: int) -> None:
        line = (self.ends[-1] if self.ends else 0) + 1
        if len(row) > MAX_COLUMNS:
            raise _refused_line(line, message("more than {limit} columns", limit=MAX_COLUMNS))
        if cells > MAX_CELLS:
            raise _refused_line(line, message("more than {limit} cells up to here", limit=MAX_CELLS))

    def _unclosed(self) -> RefusedFile:
        line = (self.ends[-1] if self.ends else 0) + 1
        return _refused_line(line, message("a quote is opened and never closed"))

    def _unreadable(self, reached: int) -> RefusedFile:
        """Refuse a field beyond the limit: it swallowed lines, or is one long text."""
        line = (self.ends[-1] if self.ends else 0) + 1
        if reached > line:
            return self._unclosed()
        return _refused_line(line, message("the text is longer than {limit} characters", limit=MAX_TEXT))


def _refused_line(line: int, what: Message) -> RefusedFile:
    return RefusedFile(
        message("Line {line}: {what}.", line=str(line), what=what),
        message("Correct this line, or export the table again from its program."),
    )


def _unguarded(row: list[str]) -> list[str]:
    """Take one apostrophe away before what a spreadsheet would take for a formula: exports put it there."""
    return [cell[1:] if cell[:1] == "'" and cell.lstrip("'").startswith(_FORMULA) else cell for cell in row]


def _trimmed(row: list[str]) -> list[str]:
    """Leave out the empty cells after the last filled one."""
    length = len(row)
    while length and not row[length - 1]:
        length -= 1
    return row[:length]


def _doubts(rows: list[list[str]], lines: _Lines, odd: frozenset[int], separator: str) -> Iterator[Doubt]:
    """Yield one doubt a row that is too long, of another encoding or with a NUL: each is set apart."""
    usual = _usual_width(rows) if separator else 0
    counted = 0
    first_line = 0
    for number, row in enumerate(rows):
        last_line = lines.ends[number]
        for code, what in _reasons(row, usual, range(first_line, last_line), odd):
            counted += 1
            if counted > _MOST_DOUBTS:
                raise _refused_line(number + 1, what)
            place = f"{number + 1}:{number + 1}"
            yield Doubt(
                code,
                message("Line {line}: {what}.", line=str(number + 1), what=what),
                Treatment.QUARANTINED,
                "",
                place,
            )
        first_line = last_line


def _reasons(row: list[str], usual: int, lines: range, odd: frozenset[int]) -> Iterator[tuple[str, Message]]:
    if usual and len(_trimmed(row)) > usual:
        yield (
            "row-too-long",
            message("{n} columns where the table has {usual}", n=len(_trimmed(row)), usual=usual),
        )
    if not odd.isdisjoint(lines):
        yield "mixed-encoding", message("its characters are of another encoding than the rest")
    if any("\x00" in cell for cell in row):
        yield "nul-character", message("it holds a NUL character")


def _usual_width(rows: list[list[str]]) -> int:
    """Return the commonest number of columns, 0 where so many rows are longer that it is no rule."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0
    width = widths.most_common(1)[0][0]
    longer = sum(len(row) > width and len(_trimmed(row)) > width for row in rows)
    return width if longer * 5 <= len(rows) else 0
