"""Small reference tables as text files: read row by row, with the line of whatever is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from maillon.core.errors import InvalidRequest, MissingData, RefusedFile
from maillon.core.message import Message, message


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row of a text table: the file it is from, its line there, its cells by column."""

    file: str
    line: int
    cells: Mapping[str, str]

    def number(self, column: str, default: float | None = None) -> float:
        """Return a cell as a non-negative number, or ``default`` where it is empty.

        >>> TextRow("f.csv", 2, {"km": "12.5"}).number("km")
        12.5
        """
        written = self.cells[column].replace(",", ".")
        if not written and default is not None:
            return default
        try:
            value = float(written)
        except ValueError:
            value = -1.0
        if not 0 <= value < float("inf"):
            raise self.refusal(
                message("{column} must be a number of at least 0, not “{text}”.", column=column, text=written)
            )
        return value

    def refusal(self, why: Message) -> InvalidRequest:
        """Return the error that names this line."""
        return InvalidRequest(
            message("Line {line} of {file} cannot be used: {why}", line=self.line, file=self.file, why=why),
            message("Correct that line; nothing was read from the file."),
        )


def read_rows(shipped: str, columns: Sequence[str], file: Path | None = None) -> list[TextRow]:
    """Return the rows of ``file``, or of the ``shipped`` table (relative to ``maillon/reference``).

    Lines that begin with ``#`` are comments. The header must hold every one of ``columns``; ``;`` or ``,``
    separates. Raises ``RefusedFile`` for wrong columns or no row, ``MissingData`` for an absent file.

    >>> read_rows("freight/data/labour.csv", ["country", "eur_per_hour"])[0].cells["country"]
    'FR'
    """
    name = shipped if file is None else str(file)
    text = read_text(shipped, file)
    rows = list(_rows(name, text, columns))
    if not rows:
        raise RefusedFile(message("{file} holds no row.", file=name))
    return rows


def read_text(shipped: str, file: Path | None) -> str:
    """Return the text of ``file`` if given, else of the shipped table; ``MissingData`` where absent."""
    try:
        if file is None:
            return files("maillon.reference").joinpath(shipped).read_text(encoding="utf-8")
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise MissingData(message("The file {file} cannot be read.", file=str(file or shipped))) from error
    except UnicodeDecodeError as error:
        raise RefusedFile(
            message("{file} is not a text file in UTF-8.", file=str(file)),
            message("Save it as CSV UTF-8."),
        ) from error


def _rows(name: str, text: str, columns: Sequence[str]) -> Iterator[TextRow]:
    kept = [
        (number, line)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.startswith("#")
    ]
    if not kept:
        return
    sign = ";" if kept[0][1].count(";") > kept[0][1].count(",") else ","
    header = [cell.strip() for cell in next(csv.reader(io.StringIO(kept[0][1]), delimiter=sign))]
    absent = [column for column in columns if column not in header]
    if absent:
        raise RefusedFile(
            message("{file} lacks the columns {columns}.", file=name, columns=", ".join(absent)),
            message("Its first line must name the columns: {columns}.", columns=", ".join(columns)),
        )
    for number, line in kept[1:]:
        cells = [cell.strip() for cell in next(csv.reader(io.StringIO(line), delimiter=sign))]
        padded = cells + [""] * (len(header) - len(cells))
        yield TextRow(name, number, dict(zip(header, padded, strict=False)))
