"""A sheet seen by columns, its texts cleaned: what every later stage reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
import numpy.typing as npt

from maillon.intake.grid import Cell, Sheet
from maillon.intake.understand.cells import clean_column

Mask = npt.NDArray[np.bool_]


@dataclass(slots=True, eq=False)
class Grid:
    """The cells of one sheet as cleaned columns of equal height, with a mask of those that hold something."""

    sheet: Sheet
    columns: list[list[Cell]]
    filled: Mask  # (rows, columns)

    @property
    def height(self) -> int:
        """Count the rows, blank ones included."""
        return len(self.sheet.rows)

    @property
    def width(self) -> int:
        """Count the columns."""
        return len(self.columns)

    def cell(self, row: int, column: int) -> Cell:
        """Return one cleaned cell; None outside the sheet."""
        return self.columns[column][row] if 0 <= row < self.height and 0 <= column < self.width else None

    def cells(self, column: int, rows: Sequence[int]) -> list[Cell]:
        """Return the cells of one column on some rows, which ascend."""
        whole = self.columns[column]
        if rows and rows[-1] - rows[0] + 1 == len(rows):  # without a gap
            return whole[rows[0] : rows[-1] + 1]
        return [whole[row] for row in rows]

    def row(self, row: int, columns: Sequence[int] | None = None) -> list[Cell]:
        """Return one row, in full or restricted to some columns."""
        return [self.columns[c][row] for c in (range(self.width) if columns is None else columns)]


def grid_of(sheet: Sheet) -> Grid:
    """Return the sheet by columns; rows of different lengths are padded with nothing."""
    columns = [clean_column(column) for column in zip_longest(*sheet.rows)] if sheet.rows else []
    filled = np.zeros((len(sheet.rows), len(columns)), dtype=np.bool_)
    for place, column in enumerate(columns):
        filled[: len(column), place] = [cell is not None for cell in column] if None in column else True
    return Grid(sheet, columns, filled)
