"""What a stop of supply costs: days without parts, beyond what the stock covers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def uncovered_days(low: Array, mode: Array, high: Array, cover: Array) -> Array:
    """Return E[max(0, TTR - cover)] in days, for a time to recover that is triangular (low, mode, high).

    The exact integral of the survival function above ``cover``: (high - x)³ / (3·(high - low)·(high - mode))
    above the mode; below it, mean - x + (x - low)³ / (3·(high - low)·(mode - low)).

    >>> days = [np.array(v) for v in (0.0, 30.0, 60.0)]
    >>> float(uncovered_days(*days, np.array(30.0))), float(uncovered_days(*days, np.array(0.0)))
    (5.0, 30.0)
    >>> float(uncovered_days(np.array(40.0), np.array(40.0), np.array(40.0), np.array(25.0)))
    15.0
    """
    x = np.clip(cover, low, high)
    width = high - low
    above = _cube(high - x, width, high - mode)
    below = (low + mode + high) / 3.0 - x + _cube(x - low, width, mode - low)
    inside = np.where(x >= mode, above, below)
    return np.where(width > 0, inside, 0.0) + np.maximum(0.0, np.minimum(low, x) - cover)


def _cube(side: Array, width: Array, slope: Array) -> Array:
    divisor = 3.0 * width * slope
    return side * side * side / np.where(divisor > 0, divisor, 1.0)
