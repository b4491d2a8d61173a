"""The reorder point under an uncertain lead time: exact, and as the normal formula has it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import NormalDist

from maillon.core.errors import InvalidRequest
from maillon.core.message import message

_NORMAL = NormalDist()


def reorder_point(service: float, daily: float, deviation: float, lead_times: Mapping[float, float]) -> float:
    """Return the stock at which to order again so that a share ``service`` of the cycles sees no stock-out.

    ``daily`` and ``deviation`` are the mean and standard deviation of a day's demand, in units;
    ``lead_times`` gives the probability of each lead time in days. The exact quantile of the compound
    distribution Σ w_L·Φ((x - L·d)/(σ√L)), by bisection. Chopra, Reinhardt & Dada, *The effect of lead time
    uncertainty on safety stocks*, Decision Sciences 35 (2004): below a threshold of the service, less
    variance of the lead time *raises* this point where the normal formula lowers it.

    >>> round(reorder_point(0.95, 20.0, 5.0, {7.0: 1.0}), 4)  # 140 + 1.6449 × 5√7
    161.7594
    """
    _check(service, lead_times)
    low = min(_quantile(service, daily, deviation, days) for days in lead_times)
    high = max(_quantile(service, daily, deviation, days) for days in lead_times)
    for _ in range(200):
        middle = (low + high) / 2
        if _covered(middle, daily, deviation, lead_times) < service:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def normal_reorder_point(
    service: float, daily: float, deviation: float, lead_times: Mapping[float, float]
) -> float:
    """Return L·d + z·√(L·σ² + d²·σ_L²), the usual normal formula.

    >>> round(normal_reorder_point(0.95, 20.0, 5.0, {5.0: 0.5, 9.0: 0.5}), 4)
    209.2989
    """
    _check(service, lead_times)
    mean = sum(days * weight for days, weight in lead_times.items())
    spread = sum(weight * (days - mean) ** 2 for days, weight in lead_times.items())
    return mean * daily + _NORMAL.inv_cdf(service) * math.sqrt(mean * deviation**2 + daily**2 * spread)


def _covered(stock: float, daily: float, deviation: float, lead_times: Mapping[float, float]) -> float:
    """Return the probability that the demand of a lead time stays within ``stock``."""
    total = 0.0
    for days, weight in lead_times.items():
        spread = deviation * math.sqrt(days)
        z = (stock - days * daily) / spread if spread > 0 else math.copysign(math.inf, stock - days * daily)
        total += weight * (_NORMAL.cdf(z) if math.isfinite(z) else float(z > 0))
    return total


def _quantile(service: float, daily: float, deviation: float, days: float) -> float:
    return days * daily + _NORMAL.inv_cdf(service) * deviation * math.sqrt(days)


def _check(service: float, lead_times: Mapping[float, float]) -> None:
    if not 0 < service < 1:
        raise InvalidRequest(message("A service level lies between 0 and 1, both excluded."))
    weights = lead_times.values()
    if min(lead_times) < 0 or min(weights) < 0 or abs(sum(weights) - 1) > 1e-9:
        raise InvalidRequest(message("Lead times are not negative and their probabilities add up to one."))
