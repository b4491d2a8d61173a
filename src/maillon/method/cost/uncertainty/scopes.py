"""Which factors move together: once for everything, once for a part, or for each offer apart."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from maillon.method.cost.arithmetic import FACTORS


class Scope(StrEnum):
    """How far one truth reaches.

    ``EVERYWHERE``: markets, currencies, rules, and the firm's own rates; one draw for all parts and offers.
    ``PART``: what the part is, whoever makes it; one draw for its local and its imported offer.
    ``OFFER``: what one supplier does; drawn apart.
    """

    EVERYWHERE = "everywhere"
    PART = "part"
    OFFER = "offer"


_EVERYWHERE = (
    "exchange_rate", "freight", "origin_share", "arrival_share", "air_premium", "insurance", "fees_rate",
    "fees_flat", "order_cost", "handling", "wacc", "carrying_rate", "service_factor",
    "disruption_probability", "recovery_low", "recovery_mode", "recovery_high", "political_instability",
    "currency_volatility", "currency_drift", "wage_drift", "horizon",
)  # fmt: skip
_PART = (
    "annual_quantity", "mass", "packaging", "duty", "anti_dumping", "anti_dumping_unit", "cbam", "life",
    "demand_variation", "eol_stock", "defect_cost_factor", "defect_cost", "disruption_cover_days",
    "unit_margin", "stockout", "liability", "ip_risk", "labour_share", "innovation_distance",
    "customer_response", "brand",
)  # fmt: skip

SCOPE_OF: Mapping[str, Scope] = MappingProxyType(
    {
        name: Scope.EVERYWHERE if name in _EVERYWHERE else Scope.PART if name in _PART else Scope.OFFER
        for name in FACTORS
    }
)

#: Factors that are one and the same figure seen twice: the first follows the second in every draw.
FOLLOWS: Mapping[str, str] = MappingProxyType({"pipeline_days": "lead_time_days"})


def names_in(scope: Scope) -> tuple[str, ...]:
    """Return the factors of one scope, in the order of ``FACTORS``.

    >>> "freight" in names_in(Scope.EVERYWHERE), "mass" in names_in(Scope.PART)
    (True, True)
    """
    return tuple(name for name, found in SCOPE_OF.items() if found is scope and name not in FOLLOWS)
