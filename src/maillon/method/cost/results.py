"""What a cost says: items in four layers, each a range with its source; totals add up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maillon.core.estimate import Estimate
from maillon.core.reason import Reason
from maillon.method.cost.layers import Layer


@dataclass(frozen=True, slots=True)
class CostItem:
    """One item, in EUR/unit: its layer, its range, and the factors that it rests on.

    ``hard``: money that leaves the firm or is tied up; a soft item is an expected loss, never to be booked.
    ``basis`` names the factors; ``hypothesis`` is true where one of them is an assumption of the defaults.
    """

    code: str
    layer: Layer
    estimate: Estimate
    hard: bool
    basis: tuple[str, ...]
    hypothesis: bool


@dataclass(frozen=True, slots=True)
class TotalCost:
    """The total cost of one offer. Bounds take every factor at its cheapest, then at its dearest, at once.

    ``items`` are in EUR/unit; ``factors`` are the ranges they were computed from, each with its source;
    ``quoted`` is the price of the offer in EUR/unit, ``one_off`` what is paid before the first delivery, in
    EUR. ``co2`` is in kgCO2e/unit, None where unknown.
    """

    name: str
    items: tuple[CostItem, ...]
    factors: Mapping[str, Estimate]
    annual_quantity: float
    lot: float
    quoted: Estimate
    one_off: Estimate
    co2: Estimate | None = None
    reasons: tuple[Reason, ...] = ()

    def __repr__(self) -> str:
        """Give the total with its range."""
        total = self.per_unit
        return f"TotalCost({self.name!r}, {total.low:.4g} … {total.mid:.4g} … {total.high:.4g} {total.unit})"

    @property
    def per_unit(self) -> Estimate:
        """The total in EUR/unit."""
        return add_estimates((item.estimate for item in self.items), "EUR/unit")

    @property
    def per_year(self) -> Estimate:
        """The total in EUR/year."""
        unit, n = self.per_unit, self.annual_quantity
        return Estimate(unit.low * n, unit.mid * n, unit.high * n, "EUR/year", unit.source, unit.date)

    @property
    def by_layer(self) -> Mapping[Layer, Estimate]:
        """The total of each layer in EUR/unit: they add up to ``per_unit``."""
        return {
            layer: add_estimates((item.estimate for item in self.items if item.layer is layer), "EUR/unit")
            for layer in Layer
        }

    def item(self, code: str) -> CostItem:
        """Return one item; ``KeyError`` if there is none of that code."""
        return {item.code: item for item in self.items}[code]


def add_estimates(estimates: Iterable[Estimate], unit: str) -> Estimate:
    """Return the sum of ranges, bound by bound, dated by the oldest.

    >>> day = dt.date(2026, 1, 1)
    >>> parts = [Estimate(1, 2, 4, "EUR", "quotation", day), Estimate(0, 1, 1, "EUR", "duty table", day)]
    >>> added = add_estimates(parts, "EUR")
    >>> added.low, added.mid, added.high, added.source
    (1.0, 3.0, 5.0, 'sum')
    """
    parts = list(estimates)
    low, mid, high = (float(sum(getattr(part, bound) for part in parts)) for bound in ("low", "mid", "high"))
    # Sums of floats may miss an equality by their last digit.
    low, high = min(low, mid), max(mid, high)
    return Estimate(low, mid, high, unit, "sum", min((part.date for part in parts), default=dt.date.min))
