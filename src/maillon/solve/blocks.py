"""Building a linear model block by block: named columns and named rows, laid out as arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillon.solve.model import Floats, LinearModel

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A run of columns or rows of a model under one name: ``start`` to ``start + size`` excluded."""

    name: str
    start: int
    size: int

    @property
    def at(self) -> slice:
        """Where the block lies in an array of all columns (or rows)."""
        return slice(self.start, self.start + self.size)


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """Coefficients of some rows of one block: ``value`` at (``row``, ``column``), rows counted in it."""

    column: Whole
    row: Whole
    value: Floats


@dataclass(frozen=True, slots=True, eq=False)
class NamedModel:
    """A linear model whose columns and rows can be found by the name of their block."""

    linear: LinearModel
    columns: Mapping[str, Block]
    rows: Mapping[str, Block]


class ModelBuilder:
    """Collects blocks of columns, then blocks of rows, and returns the model.

    >>> build = ModelBuilder()
    >>> lots = build.add_columns("lots", cost=[2.0, 3.0], upper=[4.0, 4.0], integer=True)
    >>> build.add_rows("need", 1, [terms(lots, [0, 1], 0, [1.0, 1.0])], lower=5.0)
    >>> model = build.model()
    >>> model.linear.row_lower[model.rows["need"].at].tolist(), model.linear.index.tolist()
    ([5.0], [0, 1])
    """

    def __init__(self) -> None:
        self._columns: dict[str, Block] = {}
        self._rows: dict[str, Block] = {}
        self._bounds: list[tuple[Floats, Floats, Floats, npt.NDArray[np.bool_]]] = []
        self._limits: list[tuple[Floats, Floats]] = []
        self._terms: list[Term] = []

    def add_columns(
        self,
        name: str,
        *,
        cost: npt.ArrayLike,
        lower: npt.ArrayLike = 0.0,
        upper: npt.ArrayLike = np.inf,
        integer: bool = False,
    ) -> Block:
        """Add one column for each ``cost``; bounds are given one for each or one for all."""
        costs = np.atleast_1d(np.asarray(cost, dtype=np.float64))
        block = _next(self._columns, name, len(costs))
        low, high = (np.broadcast_to(np.asarray(b, dtype=np.float64), costs.shape) for b in (lower, upper))
        self._bounds.append((costs, low, high, np.full(costs.shape, integer)))
        return block

    def add_rows(
        self,
        name: str,
        count: int,
        parts: list[Term],
        *,
        lower: npt.ArrayLike = -np.inf,
        upper: npt.ArrayLike = np.inf,
    ) -> None:
        """Add ``count`` rows with these terms; bounds are given one for each or one for all."""
        block = _next(self._rows, name, count)
        low, high = (np.broadcast_to(np.asarray(b, dtype=np.float64), (count,)) for b in (lower, upper))
        self._limits.append((low, high))
        self._terms += [Term(part.column, part.row + block.start, part.value) for part in parts]

    def model(self) -> NamedModel:
        """Return the model with its rows in order; terms on the same cell are summed."""
        cost, lower, upper, integer = (np.concatenate(list(each)) for each in zip(*self._bounds, strict=True))
        low, high = (np.concatenate(list(each)) for each in zip(*self._limits, strict=True))
        start, index, value = _by_row(self._terms, len(low), len(cost))
        linear = LinearModel(cost, lower, upper, start, index, value, low, high, integer)
        return NamedModel(linear, dict(self._columns), dict(self._rows))


def terms(block: Block, within: npt.ArrayLike, row: npt.ArrayLike, value: npt.ArrayLike) -> Term:
    """Return coefficients ``value`` of the columns ``within`` a block, in rows ``row`` of a block of rows."""
    column, at, figure = np.broadcast_arrays(
        np.asarray(within, dtype=np.int64) + block.start,
        np.asarray(row, dtype=np.int64),
        np.asarray(value, dtype=np.float64),
    )
    return Term(column.ravel(), at.ravel(), figure.ravel())


def _next(blocks: dict[str, Block], name: str, size: int) -> Block:
    if name in blocks:
        raise ValueError(f"two blocks are called {name!r}")
    last = next(reversed(blocks.values()), Block("", 0, 0))
    blocks[name] = Block(name, last.start + last.size, size)
    return blocks[name]


def _by_row(
    parts: list[Term], rows: int, columns: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Floats]:
    cell = np.concatenate([part.row * columns + part.column for part in parts] or [np.empty(0, np.int64)])
    value = np.concatenate([part.value for part in parts] or [np.empty(0)])
    kept = value != 0
    cells, place = np.unique(cell[kept], return_inverse=True)
    start = np.searchsorted(cells, np.arange(rows + 1) * columns).astype(np.int32)
    return (
        start,
        (cells % columns).astype(np.int32),
        np.bincount(place, value[kept], len(cells)).astype(np.float64),
    )
