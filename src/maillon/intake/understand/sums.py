"""Running sums of the numeric columns of a table: a total is known by its value as much as by its words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from maillon.intake.understand.grids import Grid
from maillon.intake.understand.numbers import number_of


class Sums:
    """Running sums of the numeric columns, to tell a total by its value."""

    def __init__(self, grid: Grid, columns: Sequence[int]) -> None:
        self.grid = grid
        self.columns = columns
        self.numbers: dict[int, npt.NDArray[np.float64]] = {}
        self.is_part = np.zeros(grid.height, dtype=np.bool_)
        self.starts: list[int] = [0]
        self.totals: list[int] = []

    def part_rows(self, rows: Sequence[int]) -> None:
        """Declare the rows known to be parts."""
        self.is_part[list(rows)] = True

    def add_part(self, row: int) -> None:
        """Declare one more part."""
        self.is_part[row] = True

    def restart(self, row: int, total: bool) -> None:
        """Note a total, a section or a blank row: a sum may start below it."""
        self.is_part[row] = False
        self.starts = [self.starts[0], *self.starts[-6:], row + 1]
        if total:
            self.totals.append(row)

    def column(self, column: int) -> npt.NDArray[np.float64]:
        """Return a column as numbers, nothing as zero."""
        if column not in self.numbers:
            cells = self.grid.columns[column]
            self.numbers[column] = np.array([number_of(c) or 0.0 for c in cells], dtype=np.float64)
        return self.numbers[column]

    def is_sum(self, row: int, column: int, value: float) -> bool:
        """Whether ``value`` is the sum of at least two parts, or of the totals, above ``row``."""
        numbers = self.column(column)
        for start in set(self.starts):
            inside = self.is_part[start:row]
            if np.count_nonzero(numbers[start:row][inside]) >= 2 and _equal(
                numbers[start:row][inside].sum(), value
            ):
                return True
        above = numbers[[t for t in self.totals if t < row]] if self.totals else numbers[:0]
        return bool(np.count_nonzero(above) >= 2 and _equal(above.sum(), value))

    def is_sum_below(self, row: int, column: int, value: float) -> bool:
        """Whether ``value`` is the sum of two or more of the parts right below ``row``."""
        numbers, total, count = self.column(column), 0.0, 0
        for below in range(row + 1, min(row + 500, self.grid.height)):
            if not self.is_part[below]:
                break
            total, count = total + numbers[below], count + 1
            if count >= 2 and _equal(total, value):
                return True
        return False


def _equal(total: float, value: float) -> bool:
    return abs(total - value) <= max(0.006, 1e-6 * abs(value))
