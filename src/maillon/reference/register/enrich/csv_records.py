"""Reading the records of a CSV file one by one, in bounded memory, whatever their state.

The standard parser swallows all that follows a quote that is never closed. Here such a line is given back
as broken and the lines after it are read again, so that one bad line costs one row.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

MAX_LINE = 1_000_000
MAX_CELL = 131_072
MAX_BROKEN_QUOTES = 1_000


@dataclass(frozen=True, slots=True)
class Record:
    """Cells of a record and the line where it begins; ``broken`` is the reason why it has none."""

    line: int
    cells: list[str]
    broken: str | None = None


class BrokenFile(Exception):
    """More broken quotes than a table can have: it is none."""


class _Lines:
    """Lines of a stream, which can be given back; a line longer than ``MAX_LINE`` is cut and noted."""

    def __init__(self, stream: TextIO, number: int = 0) -> None:
        self._stream = stream
        self._number = number
        self._again: deque[tuple[int, str]] = deque()
        self.taken: list[tuple[int, str]] = []
        self.cut = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._again:
            taken = self._again.popleft()
        else:
            line = self._stream.readline(MAX_LINE)
            if not line:
                raise StopIteration
            self._number += 1
            taken = (self._number, line)
            if len(line) == MAX_LINE and not line.endswith(("\n", "\r")):
                self._drop_rest()
                self.cut = True
        self.taken.append(taken)
        return taken[1]

    def _drop_rest(self) -> None:
        while rest := self._stream.readline(MAX_LINE):
            if rest.endswith(("\n", "\r")):
                return

    def give_back(self) -> None:
        """Give back every line taken but the first."""
        self._again.extendleft(reversed(self.taken[1:]))


def read_records(stream: TextIO, separator: str) -> Iterator[Record]:
    """Yield every record of ``stream`` (opened with ``newline=""``); blank lines are passed over.

    Raises ``BrokenFile`` after ``MAX_BROKEN_QUOTES`` quotes that are never closed.
    """
    lines = _Lines(stream)
    reader = csv.reader(lines, delimiter=separator)
    mended = 0
    while True:
        lines.taken.clear()
        lines.cut = False
        try:
            with _bounded_cells():
                cells = next(reader)
                reason = _fault(lines, separator)
        except StopIteration:
            return
        except csv.Error:
            cells, reason = [], "unclosed-quote" if len(lines.taken) > 1 else "cell-too-long"
        line = lines.taken[0][0]
        if reason is None:
            if any(cells):
                yield Record(line, cells)
            continue
        if reason == "unclosed-quote":
            mended += 1
            if mended > MAX_BROKEN_QUOTES:
                raise BrokenFile
            lines.give_back()
        yield Record(line, [lines.taken[0][1][:200]], reason)


@contextmanager
def _bounded_cells() -> Iterator[None]:
    """Hold cells to ``MAX_CELL`` characters: the parser's own bound is that of the whole process."""
    usual = csv.field_size_limit(MAX_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(usual)


def _fault(lines: _Lines, separator: str) -> str | None:
    """Return why a record cannot be trusted: a cut line, or quotes of several lines that do not pair well."""
    if lines.cut:
        return "cell-too-long"
    if len(lines.taken) > 1:
        try:
            next(csv.reader([line for _, line in lines.taken], delimiter=separator, strict=True))
        except csv.Error:
            return "unclosed-quote"
    return None
