"""A linear model with or without integers, as arrays, and what a solver says about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Index = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class LinearModel:
    """Minimise ``cost``·x with ``row_lower`` ≤ A·x ≤ ``row_upper`` and ``lower`` ≤ x ≤ ``upper``.

    A is sparse by rows: row i holds ``value[start[i]:start[i+1]]`` in columns ``index[start[i]:start[i+1]]``.
    ``integer`` marks the columns that take whole numbers. Infinite bounds are ``numpy.inf``.
    """

    cost: Floats
    lower: Floats
    upper: Floats
    start: Index
    index: Index
    value: Floats
    row_lower: Floats
    row_upper: Floats
    integer: npt.NDArray[np.bool_]


class Status(StrEnum):
    """What the solver can say; "infeasible" only when proven."""

    OPTIMAL = "proven optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "proven infeasible"
    NOTHING = "no solution within the limit"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The last solution found and the bound proved; ``values`` is empty when there is none."""

    status: Status
    values: Floats
    objective: float
    bound: float
    seconds: float


def dense_rows(matrix: Floats) -> tuple[Index, Index, Floats]:
    """Return ``start, index, value`` of a dense matrix, zeros left out.

    >>> start, index, value = dense_rows(np.array([[0.0, 2.0], [3.0, 0.0]]))
    >>> start.tolist(), index.tolist(), value.tolist()
    ([0, 1, 2], [1, 0], [2.0, 3.0])
    """
    rows, columns = np.nonzero(matrix)
    start = np.searchsorted(rows, np.arange(matrix.shape[0] + 1)).astype(np.int32)
    return start, columns.astype(np.int32), matrix[rows, columns]
