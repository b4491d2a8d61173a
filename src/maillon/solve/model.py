"""A linear model with or without integers, as arrays, and what a solver says about it."""

from __future__ import annotations

from dataclasses import dataclass, field
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
    CANCELLED = "cancelled"
    MEMORY = "out of memory"
    FAILED = "failed"


def _none() -> Floats:
    return np.empty(0)


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The last solution found and the bound proved; ``values`` is empty when there is none.

    ``objective`` and ``bound`` are in the unit of the cost and NaN where unknown. For a model without
    integers that was solved to its optimum, ``row_duals`` (cost per unit of a row's bound) and
    ``reduced_costs`` are given. A cancelled or stopped solve keeps its last incumbent.
    """

    status: Status
    values: Floats
    objective: float
    bound: float
    seconds: float
    row_duals: Floats = field(default_factory=_none)
    reduced_costs: Floats = field(default_factory=_none)

    @property
    def gap(self) -> float:
        """How far the bound is from the objective, as a share of the objective; NaN where one is unknown."""
        return relative_gap(self.objective, self.bound)

    def __repr__(self) -> str:
        """Return the verdict in one line; a gap is named only where a bound is known."""
        gap = f", gap {self.gap:.2%}" if self.status is Status.FEASIBLE and np.isfinite(self.gap) else ""
        return f"<Solution {self.status}{gap}: {self.objective:.6g} in {self.seconds:.1f} s>"


def relative_gap(objective: float, bound: float) -> float:
    """Return ``|objective - bound| / |objective|``, the field's relative gap of a minimisation.

    Zero when both are equal, infinite when the objective alone is zero, NaN when one is unknown.

    >>> relative_gap(200.0, 199.0), relative_gap(0.0, 0.0), relative_gap(0.0, -1.0)
    (0.005, 0.0, inf)
    """
    if not (np.isfinite(objective) and np.isfinite(bound)):
        return float("nan")
    if objective == bound:
        return 0.0
    return abs(objective - bound) / abs(objective) if objective else float("inf")


def dense_rows(matrix: Floats) -> tuple[Index, Index, Floats]:
    """Return ``start, index, value`` of a dense matrix, zeros left out.

    >>> start, index, value = dense_rows(np.array([[0.0, 2.0], [3.0, 0.0]]))
    >>> start.tolist(), index.tolist(), value.tolist()
    ([0, 1, 2], [1, 0], [2.0, 3.0])
    """
    rows, columns = np.nonzero(matrix)
    start = np.searchsorted(rows, np.arange(matrix.shape[0] + 1)).astype(np.int32)
    return start, columns.astype(np.int32), matrix[rows, columns]
