"""Exact extremes of a share whose terms are uncertain: linear-fractional programming over a box."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillon.method.diagnose.levels import Floats

#: Dinkelbach's iteration is superlinear: it ends long before this on any data.
MAX_ROUNDS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Ratio:
    """The share Σ α_j·x_j / Σ β_j·x_j of uncertain costs x_j in [low_j, high_j], one for each territory.

    ``numerator_low`` and ``numerator_high`` are α with every unknown origin at its least and most local end
    (terms × territories); ``denominator`` is β (terms), never negative.
    """

    low: Floats
    high: Floats
    denominator: Floats
    numerator_low: Floats
    numerator_high: Floats

    def bounds(self) -> tuple[Floats, Floats]:
        """Return the exact least and greatest share for each territory; NaN where there is nothing to divide.

        Dinkelbach (1967), "On nonlinear fractional programming": for a given share λ, each cost goes to the
        end that favours Σ (α_j - λ·β_j)·x_j; the ratio reached is the next λ, until it no longer moves. It
        amounts to sorting the costs by α_j/β_j and switching them at the threshold.

        A part at 10 € made locally and one at 10 to 30 € made elsewhere: between 10/40 and 10/20.

        >>> import numpy as np
        >>> ends = np.array([10.0, 10.0]), np.array([10.0, 30.0])
        >>> local = np.array([[1.0], [0.0]])
        >>> least, most = Ratio(*ends, np.ones(2), local, local).bounds()
        >>> least.tolist(), most.tolist()
        ([0.25], [0.5])
        """
        least = -self._greatest(-self.numerator_low)
        return np.clip(least, 0.0, 1.0) + 0.0, np.clip(self._greatest(self.numerator_high), 0.0, 1.0)

    def _greatest(self, numerator: Floats) -> Floats:
        moving = self.high > self.low
        settled, weight = self.low[~moving], self.denominator[moving, None]
        base = settled @ numerator[~moving], float(settled @ self.denominator[~moving])
        low, high, slope = self.low[moving, None], self.high[moving, None], numerator[moving]
        x = np.broadcast_to((low + high) / 2, slope.shape)
        share = _share(base, slope, weight, x)
        for _ in range(MAX_ROUNDS):
            x = np.where(slope > share * weight, high, low)
            following = _share(base, slope, weight, x)
            better = following > share
            if not better.any():
                break
            share = np.where(better, following, share)
        return share


def _share(base: tuple[Floats, float], slope: Floats, weight: Floats, x: Floats) -> Floats:
    """Return the share at ``x``: what is certain (``base``) plus the moving terms; NaN without a total."""
    total = base[1] + (weight * x).sum(axis=0)
    reached = np.full(slope.shape[1], np.nan)
    np.divide(base[0] + (slope * x).sum(axis=0), total, out=reached, where=total > 0)
    return reached


def fixed_bounds(weight: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Return the least and greatest share when the weights are certain: put every unknown at either end.

    ``weight`` (terms), ``low`` and ``high`` (terms × territories). NaN where the weights add up to nothing.

    >>> import numpy as np
    >>> fixed_bounds(np.array([30.0, 70.0]), np.array([[1.0], [0.0]]), np.array([[1.0], [1.0]]))
    (array([0.3]), array([1.]))
    """
    total = float(weight.sum())
    if total <= 0:
        nothing = np.full(low.shape[1], np.nan)
        return nothing, nothing.copy()
    return np.clip(weight @ low / total, 0.0, 1.0), np.clip(weight @ high / total, 0.0, 1.0)
