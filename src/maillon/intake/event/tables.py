"""Which table each sheet holds, told by its headings, and its rows as records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from maillon.intake.event.headings import TABLES, folded
from maillon.intake.grid import Sheet

_LOOKED_AT = 20  # first rows that may be the header


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table: its cells by column, and where it stands (the row is 1-based)."""

    sheet: str
    row: int
    cells: Mapping[str, object]

    @property
    def where(self) -> str:
        """The row as an A1 reference."""
        return f"{self.row}:{self.row}"

    def get(self, column: str) -> object:
        """Return a cell, None where it is empty or the column is absent."""
        value = self.cells.get(column)
        return None if isinstance(value, str) and not value.strip() else value

    def text(self, column: str) -> str:
        """Return a cell as trimmed text; a whole number loses its decimals."""
        value = self.get(column)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return " ".join(str(value).split()) if value is not None else ""


Tables = dict[str, list[Record]]


def tables_of(sheets: Sequence[Sheet]) -> Tables:
    """Return the records of every sheet whose headings are those of a table of an event."""
    found: Tables = {}
    for sheet in sheets:
        if not sheet.hidden and (seen := _header(sheet)) is not None:
            kind, row, columns = seen
            found.setdefault(kind, []).extend(_records(sheet, row, columns))
    return found


def _header(sheet: Sheet) -> tuple[str, int, dict[str, int]] | None:
    """Return the table, the zero-based header row and the columns: the row that names the most columns."""
    best: tuple[int, str, int, dict[str, int]] | None = None
    for row, cells in enumerate(sheet.rows[:_LOOKED_AT]):
        headings = [folded(cell) for cell in cells]
        for kind, columns in TABLES.items():
            named = _columns(headings, columns)
            if not all(column in named for column in _needed(kind, columns)):
                continue
            if (kind != "participants" or len(named) > 1) and (best is None or len(named) > best[0]):
                best = len(named), kind, row, named
    return None if best is None else best[1:]


def _needed(kind: str, columns: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the columns without which a sheet is not this table."""
    return list(columns)[: 1 if kind in ("locations", "participants") else 2]


def _columns(headings: Sequence[str], columns: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, words in columns.items():
        for word in words:
            if word in headings and headings.index(word) not in found.values():
                found[column] = headings.index(word)
                break
    return found


def _records(sheet: Sheet, header: int, columns: Mapping[str, int]) -> Iterator[Record]:
    for row, cells in enumerate(sheet.rows[header + 1 :], start=header + 2):
        held = {name: cells[place] for name, place in columns.items() if place < len(cells)}
        record = Record(sheet.name, row, held)
        if any(record.get(column) is not None for column in columns):
            yield record


def tables_of_json(content: object) -> Tables:
    """Return the records of a JSON object whose keys are tables, each a list of objects.

    Keys of the objects are the names of the columns, or any heading that names them.
    """
    found: Tables = {}
    if not isinstance(content, dict):
        return found
    for kind, columns in TABLES.items():
        rows = content.get(kind)
        if isinstance(rows, dict) and kind == "settings":
            rows = [{"key": key, "value": value} for key, value in rows.items()]
        if isinstance(rows, list):
            names = {word: column for column, words in columns.items() for word in (column, *words)}
            found[kind] = [
                Record(kind, place, {names.get(folded(key), str(key)): value for key, value in row.items()})
                for place, row in enumerate(rows, start=1)
                if isinstance(row, dict)
            ]
    return found
