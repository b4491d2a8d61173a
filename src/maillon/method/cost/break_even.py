"""At what price a local source is worth it: closed forms, because a total cost is linear in its price."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from maillon.core.estimate import Estimate
from maillon.method.cost.arithmetic import cost_arrays
from maillon.method.cost.factors import ends
from maillon.method.cost.layers import ONE_OFF
from maillon.method.cost.results import TotalCost


def break_even_price(import_cost: TotalCost, local_factors: Mapping[str, Estimate]) -> Estimate:
    """Return the local price, in EUR/unit, at which both total costs are equal.

    With T(p) = a + b·p the local total cost, p* = (T_import - a) / b: exact, since every item is linear in
    the price (``cost_arrays``). The low end sets the cheapest import against the dearest local conditions,
    the high end the reverse; never below zero. ``local_factors`` are those of ``resolve_factors`` for the
    local offer; its own price is not read.
    """
    intercept, slope = linear_total(local_factors)
    total = import_cost.per_unit
    low = max(0.0, (total.low - intercept[2]) / slope[2])
    mid = max(0.0, (total.mid - intercept[1]) / slope[1])
    high = max(0.0, (total.high - intercept[0]) / slope[0])
    return Estimate(min(low, mid), mid, max(mid, high), "EUR/unit", "break-even of both totals", total.date)


def linear_total(factors: Mapping[str, Estimate]) -> tuple[list[float], list[float]]:
    """Return a and b of T(p) = a + b·p in EUR/unit, at the cheap, middle and dear end of each other factor.

    The price counts in EUR: the exchange rate is set to one.
    """
    columns = {name: np.tile(ends(name, factors), (2, 1)) for name in factors}
    columns |= {"price": np.array([[0.0] * 3, [1.0] * 3]), "exchange_rate": np.ones((2, 3))}
    at_zero, at_one = np.asarray(sum(cost_arrays(columns).values()))
    return at_zero.tolist(), (at_one - at_zero).tolist()


def payback_months(import_cost: TotalCost, local_cost: TotalCost) -> float | None:
    """Return the months after which a local source has paid its tooling and start back; None if never.

    What is paid once for the local source beyond the import, divided by what it saves a month on everything
    else, both at their middle.
    """
    invested = local_cost.one_off.mid - import_cost.one_off.mid
    saved = _running(import_cost) - _running(local_cost)
    if invested <= 0:
        return 0.0 if saved >= 0 else None
    return invested / (saved / 12.0) if saved > 0 else None


def _running(cost: TotalCost) -> float:
    """Return the yearly total without what is paid once, in EUR/year."""
    once = sum(cost.item(code).estimate.mid for code in ONE_OFF)
    return (cost.per_unit.mid - once) * cost.annual_quantity
