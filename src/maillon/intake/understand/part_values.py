"""The parts of a table, column by column: their values by role, with the doubts they raise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast

from maillon.core.doubt import Treatment
from maillon.core.message import Message
from maillon.intake.grid import Cell
from maillon.intake.understand.cells import as_text, map_distinct
from maillon.intake.understand.doubtbook import At, DoubtBook
from maillon.intake.understand.grids import Grid
from maillon.intake.understand.layout import Layout
from maillon.intake.understand.numbers import Decimal

T = TypeVar("T")


@dataclass(slots=True)
class Parts:
    """The part rows of one table and what has been read of them; every list is as long as ``rows``."""

    grid: Grid
    layout: Layout
    rows: Sequence[int]
    book: DoubtBook
    decimal: Mapping[int, Decimal] = field(default_factory=dict)  # by column
    values: dict[str, list[object]] = field(default_factory=dict)
    rejected: set[int] = field(default_factory=set)  # places in ``rows`` to set apart
    _texts: dict[int, list[str | None]] = field(default_factory=dict)  # by column

    @property
    def sheet(self) -> str:
        """The name of the sheet."""
        return self.grid.sheet.name

    def cells(self, role: str) -> list[Cell] | None:
        """Return the cells of a role for each part row, None if no column plays it."""
        place = self.layout.place(role)
        if place is None:
            return None
        return self.column(place)

    def column(self, place: int) -> list[Cell]:
        """Return the cells of a column of the sheet for each part row."""
        return self.grid.cells(place, self.rows)

    def read(self, role: str, reader: Callable[[Cell], T]) -> list[T] | None:
        """Return the cells of a role read by ``reader``, once for each distinct cell."""
        cells = self.cells(role)
        return None if cells is None else map_distinct(cells, reader)

    def texts(self, role: str) -> list[str | None] | None:
        """Return the cells of a role as texts."""
        place = self.layout.place(role)
        if place is None:
            return None
        if place not in self._texts:
            self._texts[place] = _as_texts(self.column(place))
        return list(self._texts[place])

    def convention(self, role: str) -> Decimal:
        """Return the decimal sign of the column of a role."""
        place = self.layout.place(role)
        return self.decimal.get(place, Decimal.COMMA) if place is not None else Decimal.COMMA

    def _at(self, part: int, role: str) -> At:
        return At(self.sheet, self.rows[part], self.layout.place(role))

    def doubt(self, code: str, what: Message, part: int, role: str, proposal: Message | None = None) -> None:
        """Record a doubt about the cell of ``role`` in the ``part``-th part; the cell is kept as written."""
        self.book.add(code, what, self._at(part, role), proposal=proposal)

    def reject(self, code: str, what: Message, part: int, role: str, proposal: Message | None = None) -> None:
        """Set the row of a part apart, with its doubt."""
        self.rejected.add(part)
        self.book.add(code, what, self._at(part, role), Treatment.QUARANTINED, proposal)


def _as_texts(cells: list[Cell]) -> list[str | None]:
    if set(map(type, cells)) <= {str, type(None)}:  # the usual case, which needs no work
        return cast("list[str | None]", cells)
    return map_distinct(cells, as_text)
