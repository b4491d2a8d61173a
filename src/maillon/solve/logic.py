"""A model of yes-or-no variables: clauses, counts and costs, as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Index = npt.NDArray[np.int32]
Weights = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class LogicModel:
    """Minimise the weight of the true ``cost_literals`` under clauses and counts.

    Variables count from 1 and a negative literal is a variable that is false, as in DIMACS files. ``clauses``
    holds the literals of one clause after another, each ended by 0. ``counts`` holds, in the same way, sets
    of literals of which at least ``lower`` and at most ``upper`` are true, when ``count_if`` is true (0:
    always). ``hint`` are literals that a good solution may hold.
    """

    variables: int
    clauses: Index
    counts: Index
    lower: Index
    upper: Index
    count_if: Index
    cost_literals: Index
    cost_weights: Weights
    hint: Index

    def __repr__(self) -> str:
        """Return the sizes in one line."""
        clauses = int((self.clauses == 0).sum())
        return f"<LogicModel {self.variables} variables, {clauses} clauses, {len(self.lower)} counts>"


@dataclass(slots=True)
class LogicBuilder:
    """Collects a ``LogicModel`` piece by piece.

    >>> builder = LogicBuilder()
    >>> a, b = builder.new(), builder.new()
    >>> builder.clause(a, b)
    >>> builder.count([a, b], upper=1)
    >>> builder.cost(a)
    >>> builder.model()
    <LogicModel 2 variables, 1 clauses, 1 counts>
    """

    variables: int = 0
    _clauses: list[int] = field(default_factory=list)
    _counts: list[int] = field(default_factory=list)
    _bounds: list[tuple[int, int, int]] = field(default_factory=list)
    _costs: list[tuple[int, int]] = field(default_factory=list)

    def new(self) -> int:
        """Return a new variable."""
        self.variables += 1
        return self.variables

    def clause(self, *literals: int) -> None:
        """Ask that one of the literals be true; none at all is a contradiction."""
        self._clauses.extend(literals)
        self._clauses.append(0)

    def count(
        self, literals: Sequence[int], *, lower: int = 0, upper: int | None = None, given: int = 0
    ) -> None:
        """Ask that at least ``lower`` and at most ``upper`` of the literals be true, when ``given`` is."""
        most = len(literals) if upper is None else min(upper, len(literals))
        if lower <= 0 and most >= len(literals):
            return
        self._counts.extend(literals)
        self._counts.append(0)
        self._bounds.append((max(lower, 0), most, given))

    def any_of(self, literals: Sequence[int]) -> int:
        """Return a literal that is true exactly when one of ``literals`` is; 0 when there are none."""
        if len(literals) < 2:
            return literals[0] if literals else 0
        whole = self.new()
        self.clause(-whole, *literals)
        for literal in literals:
            self.clause(whole, -literal)
        return whole

    def cost(self, literal: int, weight: int = 1) -> None:
        """Let the truth of the literal cost ``weight``."""
        self._costs.append((literal, weight))

    def model(self, hint: Iterable[int] = ()) -> LogicModel:
        """Return the model collected so far."""
        lower, upper, given = zip(*self._bounds, strict=True) if self._bounds else ((), (), ())
        literals, weights = zip(*self._costs, strict=True) if self._costs else ((), ())
        return LogicModel(
            self.variables,
            np.array(self._clauses, dtype=np.int32),
            np.array(self._counts, dtype=np.int32),
            np.array(lower, dtype=np.int32),
            np.array(upper, dtype=np.int32),
            np.array(given, dtype=np.int32),
            np.array(literals, dtype=np.int32),
            np.array(weights, dtype=np.int64),
            np.array(list(hint), dtype=np.int32),
        )


def split_at_zeros(flat: Index) -> list[list[int]]:
    """Return the groups of a flat array in which each group is ended by 0.

    >>> split_at_zeros(np.array([1, -2, 0, 0, 3, 0]))
    [[1, -2], [], [3]]
    """
    ends = np.flatnonzero(flat == 0)
    starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    return [flat[start:end].tolist() for start, end in zip(starts, ends, strict=True)]
