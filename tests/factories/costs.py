"""Factors of invented offers: every range of a cost, of any width."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

import numpy as np

from maillon.core.estimate import Estimate
from maillon.method.cost.arithmetic import FACTORS

DAY = dt.date(2026, 11, 23)
#: A middle for each factor that makes a plausible machined part bought far away.
MIDDLES: Mapping[str, float] = {
    "price": 12.0, "fob_price": 1.0, "exchange_rate": 0.92, "annual_quantity": 1200.0, "lot": 200.0,
    "mass": 0.8, "packaging": 0.015, "freight": 0.25, "origin_share": 0.15, "arrival_share": 0.2,
    "buyer_origin": 0.9,
    "buyer_main": 1.0, "buyer_insurance": 1.0, "buyer_arrival": 0.8, "buyer_import": 1.0,
    "air_freight_routine": 0.02, "air_premium": 4.25, "emergency_air": 0.02, "insurance": 0.005, "duty": 0.03,
    "anti_dumping": 0.1, "anti_dumping_unit": 0.2, "cbam": 0.05, "fees_rate": 0.02, "fees_flat": 100.0,
    "order_cost": 60.0, "handling": 0.005, "tooling": 3000.0, "prototype": 1000.0, "travel_startup": 5000.0,
    "life": 5.0, "travel_audit": 2500.0, "wacc": 0.08, "payment_terms": 20.0, "carrying_rate": 0.2,
    "lead_time_days": 75.0, "pipeline_days": 75.0, "lead_time_deviation_days": 10.0, "service_factor": 1.645,
    "demand_variation": 1.0, "eol_stock": 0.02, "defect_rate": 0.015, "defect_cost_factor": 3.0,
    "defect_cost": 2.0, "disruption_probability": 0.08, "recovery_low": 10.0, "recovery_mode": 30.0,
    "recovery_high": 90.0, "disruption_cover_days": 20.0, "other_stop_days": 0.5, "unit_margin": 9.0,
    "stockout": 0.005, "liability": 0.002, "ip_risk": 0.004, "supplier_stability": 0.005,
    "political_instability": 0.006, "currency_volatility": 0.06, "currency_drift": 0.01, "wage_drift": 0.05,
    "labour_share": 0.25, "horizon": 5.0, "innovation_distance": 0.005,
    "customer_response": 0.01, "brand": 0.01,
}  # fmt: skip
#: Ranges that must stay in order or below one are kept certain.
KEPT = ("recovery_low", "recovery_mode", "recovery_high", "buyer_origin", "buyer_main", "buyer_insurance")


def factors_of(
    uncertain: Collection[str] | None = None, *, seed: int | None = None, **middles: float
) -> dict[str, Estimate]:
    """Return all factors; ``uncertain`` ones (default: nearly all) go from two thirds to twice their middle.

    ``seed`` moves every middle and every end at random; ``middles`` sets some.
    """
    rng = np.random.default_rng(seed)
    wide = set(FACTORS) - set(KEPT) if uncertain is None else set(uncertain)
    found = {}
    for name, unit in FACTORS.items():
        mid = middles.get(name, MIDDLES[name])
        down, up = (1.0 / 3.0, 1.0) if seed is None else rng.uniform(0.0, (0.6, 1.5))
        if seed is not None and name not in KEPT and name not in middles:
            mid *= rng.uniform(0.7, 1.3)
        low, high = (mid * (1.0 - down), mid * (1.0 + up)) if name in wide else (mid, mid)
        found[name] = Estimate(low, mid, high, unit, "invented", DAY)
    found["pipeline_days"] = found["lead_time_days"]
    return found
