"""What a cost takes for granted where neither the quotation nor the table of assumptions says anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from maillon.core.estimate import Estimate
from maillon.core.message import Message, message

_DATE = dt.date(2026, 11, 23)
#: What the source of every default says, here and in the table of assumptions.
HYPOTHESIS = "hypothesis of the project"

_TABLE: Mapping[str, tuple[float, float, float, str, Message]] = {
    "origin_share": (
        0.1, 0.15, 0.25, "share of freight",
        message("hypothesis of the project: part of a door-to-door freight spent before the main carriage"),
    ),
    "arrival_share": (
        0.1, 0.2, 0.3, "share of freight",
        message("hypothesis of the project: part of a door-to-door freight spent after the main carriage"),
    ),
    "value_density": (
        5.0, 20.0, 100.0, "EUR/kg",
        message("hypothesis of the project: mechanical parts, from castings to machined precision parts"),
    ),
    "order_cost": (
        20.0, 60.0, 120.0, "EUR/lot",
        message("hypothesis of the project: about one hour for the order, reception and invoice"),
    ),
    "life": (
        3.0, 5.0, 8.0, "year", message("hypothesis of the project: years over which a part is bought again"),
    ),
    "service_level": (
        0.9, 0.95, 0.99, "share of cycles",
        message("hypothesis of the project: cycles without a stock-out that a workshop wants"),
    ),
    "demand_variation": (
        0.5, 1.0, 2.0, "multiple of daily demand",
        message("hypothesis of the project: standard deviation of a day's demand over its mean"),
    ),
    "margin_multiple": (
        0.2, 1.0, 5.0, "multiple of price",
        message("hypothesis of the project: margin lost for a missing part, in prices of that part"),
    ),
    "labour_share": (
        0.15, 0.25, 0.4, "share of price",
        message("hypothesis of the project: part of a price that follows wages"),
    ),
    "supplier_share": (
        0.05, 0.2, 1.0, "share of purchases",
        message("hypothesis of the project: part of a visit borne by one of the parts bought there"),
    ),
    "horizon": (5.0, 5.0, 5.0, "year", message("Reshoring Initiative: forecast over five years")),
}  # fmt: skip


def cost_hypotheses() -> Mapping[str, Estimate]:
    """Return the ranges that complete ``load_assumptions``; any of them may be replaced by the caller.

    >>> cost_hypotheses()["life"].mid
    5.0
    """
    return MappingProxyType(
        {
            name: Estimate(low, mid, high, unit, source.msgid, _DATE)
            for name, (low, mid, high, unit, source) in _TABLE.items()
        }
    )
