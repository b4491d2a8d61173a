"""The law that a range stands for: triangular, with ``mid`` as its most likely value.

Three figures say exactly that much. Its quantile is closed, so no accuracy is lost; its tails are thicker
than those of a PERT law on the same figures, so a risk is rather over- than understated; and the time to
recover from a stop is triangular already in the formula of the expected loss.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from maillon.core.estimate import Estimate
from maillon.method.cost.customs import Array


def mode_place(low: Array, mid: Array, high: Array) -> Array:
    """Return where the mode stands, from 0 at ``low`` to 1 at ``high``; 0 where the range has no width."""
    width = high - low
    return np.asarray(np.where(width > 0, (mid - low) / np.where(width > 0, width, 1.0), 0.0))


def unit_quantile(ranks: Array, place: Array | float) -> Array:
    """Return the quantile of the triangular law over 0 to 1 with mode ``place``, at ``ranks`` in (0, 1).

    √(u·c) below the mode c, 1 - √((1 - u)·(1 - c)) above it (Kotz & van Dorp 2004, *Beyond Beta*, chapter 1).

    >>> unit_quantile(np.array([0.125, 0.5, 0.875]), 0.5).tolist()
    [0.25, 0.5, 0.75]
    """
    below = np.sqrt(ranks * place)
    above = 1.0 - np.sqrt((1.0 - ranks) * (1.0 - place))
    return np.asarray(np.where(ranks < place, below, above))


def step_means(steps: int, place: float) -> Array:
    """Return the mean of the unit triangular law within each of ``steps`` equal shares of its probability.

    From the integral of the quantile, closed on either side of the mode: drawing these steps uniformly has
    the exact mean of the law.

    >>> found = step_means(4, 0.5)  # the first quarter ends at 0.35355, with two thirds of that as its mean
    >>> [round(float(step), 5) for step in found[[0, 3]]], round(float(found.mean()), 12)
    ([0.2357, 0.7643], 0.5)
    """
    edges = np.arange(steps + 1) / steps
    below, above = np.minimum(edges, place), np.maximum(edges - place, 0.0)
    rising = (2.0 / 3.0) * below * np.sqrt(below * place)
    falling = (
        (2.0 / 3.0) * np.sqrt(1.0 - place) * ((1.0 - place) ** 1.5 - (1.0 - place - above).clip(0.0) ** 1.5)
    )
    return np.asarray(np.diff(rising + above - falling) * steps)


def variance(low: Array, mid: Array, high: Array) -> Array:
    """Return (l² + m² + h² - lm - lh - mh) / 18, the variance of the triangular law.

    >>> float(variance(np.array(0.0), np.array(0.5), np.array(1.0))) * 24
    1.0
    """
    return (low**2 + mid**2 + high**2 - low * mid - low * high - mid * high) / 18.0


def as_columns(offers: Sequence[Mapping[str, Estimate]], names: Sequence[str]) -> Array:
    """Return low, mid and high of each factor of each offer, shape (3, factors, offers)."""
    bounds = [
        [[estimate.low, estimate.mid, estimate.high] for estimate in map(offer.__getitem__, names)]
        for offer in offers
    ]
    return np.ascontiguousarray(
        np.array(bounds, dtype=np.float64).reshape(-1, len(names), 3).transpose(2, 1, 0)
    )
