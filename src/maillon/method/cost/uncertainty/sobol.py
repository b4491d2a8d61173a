"""Which inputs a model's variance comes from: Sobol's indices of any function of independent inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from maillon.method.cost.customs import Array

#: Two-sided 95 % of a normal law.
_CONFIDENCE = 1.959963984540054

Inputs = Mapping[str, Array]


@dataclass(frozen=True, slots=True, eq=False)
class Indices:
    """First-order and total indices of groups of inputs, each with the half-width of its 95 % interval."""

    first: Array
    first_error: Array
    total: Array
    total_error: Array
    variance: float


def sobol_indices(
    model: Callable[[Inputs], Array], one: Inputs, other: Inputs, groups: Sequence[Sequence[str]]
) -> Indices:
    """Return the share of the model's variance that each group of inputs brings, alone and with the others.

    ``one`` and ``other`` are two independent samples of every input, shape (n,); the model is run
    n·(groups + 2) times. First order: mean of f(B)·(f(A with the group from B) - f(A)) / V (Saltelli et al.
    2010, *Computer Physics Communications* 181, table 2); total: mean of (f(A) - f(A with the group from B))²
    / (2·V) (Jansen 1999). Intervals by the variance of the ratio of both means. All are zero where the model
    does not vary.

    >>> rng = np.random.default_rng(0)
    >>> a, b = ({"x": rng.random(4096), "y": rng.random(4096)} for _ in range(2))
    >>> found = sobol_indices(lambda v: 2 * v["x"] + v["y"], a, b, [("x",), ("y",)])  # 4/5 and 1/5
    >>> bool(abs(found.first[0] - 0.8) < found.first_error[0]), bool(abs(found.total[1] - 0.2) < 0.01)
    (True, True)
    """
    at_one, at_other = model(one), model(other)
    middle = 0.5 * (at_one.mean() + at_other.mean())
    at_one, at_other = at_one - middle, at_other - middle
    squares = 0.5 * (at_one**2 + at_other**2)
    variance = float(squares.mean())
    # Rounding alone makes a constant vary by the last digit of its middle.
    if variance <= (1e-12 * float(middle)) ** 2:
        nothing = np.zeros(len(groups))
        return Indices(nothing, nothing, nothing, nothing, 0.0)
    rows = []
    for group in groups:
        mixed = model({**one, **{name: other[name] for name in group}}) - middle
        rows.append(
            _share(at_other * (mixed - at_one), squares) + _share(0.5 * (at_one - mixed) ** 2, squares)
        )
    first, first_error, total, total_error = np.array(rows).reshape(-1, 4).T
    return Indices(first, first_error, total, total_error, variance)


def _share(terms: Array, squares: Array) -> tuple[float, float]:
    """Return mean(terms) / mean(squares) with the half-width of its interval (delta method)."""
    variance = squares.mean()
    share = terms.mean() / variance
    error = (terms - share * squares).std() / (variance * np.sqrt(len(terms)))
    return float(share), float(_CONFIDENCE * error)
