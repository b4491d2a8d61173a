"""What the draws say: quantiles with their unit and source, the whole spend draw by draw."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from maillon.core.estimate import Estimate
from maillon.method.cost.customs import Array
from maillon.method.cost.uncertainty.correlations import Correlations

#: Nine cases in ten lie between the outer two.
QUANTILES = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Means and quantiles of one figure of each part, arrays of shape (parts,), in ``unit``."""

    mean: Array
    deviation: Array
    low: Array
    mid: Array
    high: Array
    unit: str
    source: str
    date: dt.date

    def estimate(self, place: int) -> Estimate:
        """Return the 5, 50 and 95 % quantiles of one part."""
        low, mid, high = (float(bound[place]) for bound in (self.low, self.mid, self.high))
        return Estimate(low, mid, high, self.unit, self.source, self.date)


@dataclass(frozen=True, slots=True, eq=False)
class CostDraws:
    """The total costs of parts under correlated draws.

    ``per_unit`` is in EUR/unit; ``yearly`` is the spend on all parts together in EUR/year, draw by draw,
    shape (draws,): common shocks do not cancel in it, the parts' own do.
    """

    parts: tuple[str, ...]
    per_unit: Spread
    yearly: Array
    draws: int
    seed: int
    correlations: Correlations

    def __repr__(self) -> str:
        """Give the spend of nine cases in ten."""
        year = self.per_year
        spend = f"{year.low:.4g} … {year.mid:.4g} … {year.high:.4g} {year.unit}"
        return f"CostDraws({len(self.parts)} parts, {spend})"

    @property
    def per_year(self) -> Estimate:
        """The 5, 50 and 95 % quantiles of the spend on all parts, in EUR/year."""
        return spread_draws(
            self.yearly[None, :], "EUR/year", self.per_unit.source, self.per_unit.date
        ).estimate(0)


def spread_draws(values: Array, unit: str, source: str, date: dt.date) -> Spread:
    """Return the spread of each row of ``values``, shape (parts, draws)."""
    low, mid, high = row_quantiles(values)
    return Spread(values.mean(axis=1), values.std(axis=1), low, mid, high, unit, source, date)


def spread_year(yearly: Array, like: Spread) -> Estimate:
    """Return the 5, 50 and 95 % quantiles of a yearly amount, shape (draws,), dated like a spread."""
    return spread_draws(yearly[None, :], "EUR/year", like.source, like.date).estimate(0)


def row_quantiles(values: Array) -> Array:
    """Return the quantiles of each row, shape (3, rows), between the two nearest draws.

    >>> row_quantiles(np.arange(101.0)[None, :]).ravel().tolist()
    [5.0, 50.0, 95.0]
    """
    last = values.shape[1] - 1
    places = [share * last for share in QUANTILES]
    lows = [int(place) for place in places]
    nexts = [min(low + 1, last) for low in lows]
    ranked = np.partition(values, sorted({*lows, *nexts}), axis=1)
    found = [
        ranked[:, low] + (place - low) * (ranked[:, after] - ranked[:, low])
        for place, low, after in zip(places, lows, nexts, strict=True)
    ]
    return np.array(found)


def describe_draws(draws: int, seed: int) -> str:
    """Return the source of a drawn figure, from which it can be had again.

    >>> describe_draws(10_000, 3)
    'Monte Carlo, 10000 draws, seed 3'
    """
    return f"Monte Carlo, {draws} draws, seed {seed}"
