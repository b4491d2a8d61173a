"""What a cost takes for granted where neither the quotation nor the table of assumptions says anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from maillon.core.estimate import Estimate
from maillon.core.message import Message, message
from maillon.core.place import TerritoryKind
from maillon.reference.places import zone_countries

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


#: What a French maker who has not quoted may ask, in multiples of the price paid today.
_LOCAL_PRICE = {
    "far": (
        0.95, 1.175, 1.43,
        message(
            "hypothesis of the project: price gaps of 15-20 % closed by full costing (Reshoring Initiative), "
            "advantages above 30 % of the local price at the widest (Gylling et al. 2015)"
        ),
    ),
    "eu": (
        0.9, 1.08, 1.3,
        message(
            "hypothesis of the project: labour in France 42.2 against 31.8 EUR/h in the Union "
            "(Eurostat 2023) on a quarter of the price"
        ),
    ),
}  # fmt: skip


def local_price_ratio(country: str | None) -> Estimate:
    """Return what a French maker may ask for a part made in ``country``, as a multiple of its price.

    Never a single figure: it stands in for a quotation that nobody has asked for yet.

    >>> local_price_ratio("CN").mid, local_price_ratio("FR").high
    (1.175, 1.0)
    """
    if country == "FR":
        return Estimate(1.0, 1.0, 1.0, "multiple of price", "made in France already", _DATE)
    near = country is not None and country in zone_countries(TerritoryKind.EU)
    low, mid, high, source = _LOCAL_PRICE["eu" if near else "far"]
    return Estimate(low, mid, high, "multiple of price", source.msgid, _DATE)


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
