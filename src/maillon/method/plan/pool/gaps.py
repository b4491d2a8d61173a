"""What a closed line is missing: volume, price or support. Each is sought alone, all else as it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillon.method.plan.pool.arrays import PoolArrays
from maillon.method.plan.pool.location.problem import Floats

#: How many times today's needs are looked at, at most.
_MOST_TIMES = 1000.0
_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Missing:
    """What would make a line pay for itself; each is ``None`` where it alone cannot.

    ``volume`` is units/yr more of needs like these, ``price`` €/unit less, ``support`` € once. ``profit`` is
    what the line would save against today (€ over all years) if it were the only one, NaN where it cannot
    reach its smallest volume with all needs that it can make.
    """

    profit: float
    volume: float | None
    price: float | None
    support: float | None


def missing_of(arrays: PoolArrays, line: int) -> Missing:
    """Return what line ``line`` is missing, as if it were the only candidate.

    Its best filling takes the firms by falling saving a unit, up to its capacity, and down to its smallest
    volume even at a loss: a continuous knapsack each year.
    """
    profit, made = _best(arrays, line, 1.0, 0.0)
    if profit >= 0:
        return Missing(profit, 0.0, 0.0, 0.0)
    return Missing(
        profit,
        _more_volume(arrays, line),
        _less_price(arrays, line),
        -profit if np.isfinite(profit) and made > 0 else None,
    )


def _best(arrays: PoolArrays, line: int, times: float, cut: float) -> tuple[float, float]:
    """Return what the line saves (€, NaN if below its smallest volume) and makes (units) at its best."""
    saved = arrays.today - arrays.delivered[line] + cut
    possible = np.isfinite(saved)
    order = np.argsort(-saved[possible], kind="stable")
    gain, size = saved[possible][order], arrays.volume[possible][order] * times
    before = np.cumsum(size) - size
    total, made = -float(arrays.fixed[line]), 0.0
    for year, weight in enumerate(arrays.weight):
        filled = _filled(
            gain, size, before, float(arrays.minimum[line, year]), float(arrays.capacity[line, year])
        )
        if filled.sum() < arrays.minimum[line, year] * (1 - 1e-9):
            return float("nan"), 0.0
        total, made = total + weight * float(gain @ filled), made + float(filled.sum())
    return total, made


def _filled(gain: Floats, size: Floats, before: Floats, least: float, most: float) -> Floats:
    wanted = np.where(gain > 0, np.clip(most - before, 0.0, size), 0.0)
    return np.asarray(np.maximum(wanted, np.clip(least - before, 0.0, size)))


def _pays(arrays: PoolArrays, line: int, times: float, cut: float) -> bool:
    return bool(_best(arrays, line, times, cut)[0] >= 0)


def _more_volume(arrays: PoolArrays, line: int) -> float | None:
    """Return the least volume (units/yr) to add; more needs to choose from never save less."""
    if not np.isfinite(arrays.delivered[line]).any() or not _pays(arrays, line, _MOST_TIMES, 0.0):
        return None
    low, high = 1.0, _MOST_TIMES
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        low, high = (low, middle) if _pays(arrays, line, middle, 0.0) else (middle, high)
    makes = np.isfinite(arrays.delivered[line])
    return float((high - 1.0) * arrays.volume[makes].sum())


def _less_price(arrays: PoolArrays, line: int) -> float | None:
    """Return the least cut in €/unit, not below a delivered cost of zero."""
    costs = arrays.delivered[line][np.isfinite(arrays.delivered[line])]
    if not costs.size or not _pays(arrays, line, 1.0, float(costs.min())):
        return None
    low, high = 0.0, float(costs.min())
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        low, high = (low, middle) if _pays(arrays, line, 1.0, middle) else (middle, high)
    return high
