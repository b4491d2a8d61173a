"""The four layers of a total cost, kept apart, and the item codes of each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Layer(StrEnum):
    """From what an accountant sees to what only a strategist does."""

    CASH = "cash"
    STOCK = "stock"
    RISK = "risk"
    STRATEGIC = "strategic"


_CODES = {
    Layer.CASH: (
        "price", "packaging", "freight", "air_freight_routine", "insurance", "duty", "anti_dumping", "cbam",
        "fees", "handling", "tooling", "prototype", "travel_startup", "travel_audit", "payment_terms",
    ),
    Layer.STOCK: ("pipeline", "cycle", "safety", "obsolescence"),
    Layer.RISK: (
        "quality", "disruption", "stockout", "emergency_air", "liability", "ip_risk", "supplier_stability",
        "political_instability", "currency", "drift",
    ),
    Layer.STRATEGIC: ("innovation_distance", "customer_response", "brand"),
}  # fmt: skip

#: Layer of each item, in the order in which a waterfall shows them.
LAYER_OF: Mapping[str, Layer] = MappingProxyType(
    {code: layer for layer, codes in _CODES.items() for code in codes}
)

#: What is paid once, before the first delivery, and amortised over the part's life.
ONE_OFF = ("tooling", "prototype", "travel_startup")


def is_hard(code: str) -> bool:
    """Say whether an item leaves the firm as money or ties it up; risks and strategy are soft: never booked.

    >>> is_hard("duty"), is_hard("pipeline"), is_hard("political_instability")
    (True, True, False)
    """
    return LAYER_OF[code] in {Layer.CASH, Layer.STOCK}
