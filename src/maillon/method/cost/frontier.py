"""What a shorter lead time is worth where demand is uncertain: the cost-differential frontier."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

from maillon.core.errors import InvalidRequest
from maillon.core.message import message

_NORMAL = NormalDist()
_DAYS = 365.0


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """At ``lead_time`` days, the unit cost at which the profit equals that of the short lead time.

    ``differential`` is how much cheaper than the short source the long one must be, as a share of the short
    one's cost; ``service`` is the share of periods without lost sales at that cost's best order.
    """

    lead_time: float
    cost: float
    differential: float
    service: float


def expected_sales(order: float, log_mean: float, log_deviation: float) -> float:
    """Return E[min(D, q)] in units, for a demand D whose logarithm is normal.

    e^(μ+s²/2)·Φ((ln q - μ - s²)/s) + q·(1 - Φ((ln q - μ)/s)). Source: de Treville, Schürhoff, Trigeorgis &
    Avanzi, *Optimal sourcing and lead-time reduction under evolutionary demand risk*, POM 23 (2014).

    >>> round(expected_sales(100.0, 4.5, 0.5), 4)
    81.0471
    """
    if order <= 0:
        return 0.0
    mean = math.exp(log_mean + log_deviation**2 / 2)
    if log_deviation == 0:
        return min(mean, order)
    z = (math.log(order) - log_mean) / log_deviation
    return mean * _NORMAL.cdf(z - log_deviation) + order * (1.0 - _NORMAL.cdf(z))


def best_profit(cost: float, price: float, salvage: float, deviation: float) -> float:
    """Return the largest expected newsvendor profit per unit of mean demand.

    max over q of price·E[min(D,q)] + salvage·(q - E[min(D,q)]) - cost·q is (price - salvage)·Φ(z - s), with
    z = Φ⁻¹((price - cost)/(price - salvage)): what overstock costs cancels out at the best order.

    >>> best_profit(60.0, 100.0, 20.0, 0.0), round(best_profit(60.0, 100.0, 20.0, 0.5), 4)
    (40.0, 24.683)
    """
    z = _critical(cost, price, salvage)
    return (price - salvage) * _NORMAL.cdf(z - deviation)


def trace_frontier(
    volatility: float,
    lead_times: Sequence[float],
    *,
    price: float,
    short_cost: float,
    short_lead_time: float = 0.0,
    salvage: float = 0.0,
) -> tuple[FrontierPoint, ...]:
    """Return for each lead time (days) the unit cost that earns what ``short_cost`` earns.

    Demand is log-normal with s = volatility·√τ, ``volatility`` per square root of a year and τ the lead time
    in years; its mean does not depend on τ. Equal best profits give c = p - (p - v)·Φ(z + s - s₀), closed
    form of de Treville & Schürhoff's frontier. ``price`` is the selling price (€/unit), ``salvage`` what an
    unsold unit brings. Raises ``InvalidRequest`` unless salvage < short_cost < price, and for a negative
    lead time or volatility.

    >>> point = trace_frontier(0.6, [90], price=100.0, short_cost=60.0, salvage=20.0)[0]
    >>> round(point.cost, 2), round(point.differential, 3)
    (50.63, 0.156)
    """
    if min(volatility, short_lead_time, *lead_times) < 0:
        raise InvalidRequest(message("A lead time or a volatility cannot be negative."))
    z = _critical(short_cost, price, salvage)
    start = volatility * math.sqrt(short_lead_time / _DAYS)
    points = []
    for days in lead_times:
        service = _NORMAL.cdf(z + volatility * math.sqrt(days / _DAYS) - start)
        cost = price - (price - salvage) * service
        points.append(FrontierPoint(days, cost, 1.0 - cost / short_cost, service))
    return tuple(points)


def _critical(cost: float, price: float, salvage: float) -> float:
    if not salvage < cost < price:
        raise InvalidRequest(
            message("The cost must lie between what an unsold piece brings and the selling price."),
            message("Give salvage < cost < price."),
        )
    return _NORMAL.inv_cdf((price - cost) / (price - salvage))
