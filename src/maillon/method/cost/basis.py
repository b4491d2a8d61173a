"""Which factors each item of a cost rests on, beyond the price itself."""

from __future__ import annotations

from collections.abc import Mapping

_WAY = ("freight", "mass")
_HELD = ("carrying_rate", "annual_quantity")

#: The own factors of each item, the first one first to be asked about.
BASIS: Mapping[str, tuple[str, ...]] = {
    "price": ("price", "fob_price", "exchange_rate"),
    "packaging": ("packaging",),
    "freight": (*_WAY, "origin_share", "arrival_share", "buyer_origin", "buyer_main", "buyer_arrival"),
    "air_freight_routine": ("air_freight_routine", "air_premium", "mass"),
    "insurance": ("insurance", "buyer_insurance"),
    "duty": ("duty", "buyer_import"),
    "anti_dumping": ("anti_dumping", "anti_dumping_unit", "buyer_import"),
    "cbam": ("cbam", "mass", "buyer_import"),
    "fees": ("fees_rate", "fees_flat", "order_cost", "lot"),
    "handling": ("handling",),
    "tooling": ("tooling", "life", "annual_quantity"),
    "prototype": ("prototype", "life", "annual_quantity"),
    "travel_startup": ("travel_startup", "life", "annual_quantity"),
    "travel_audit": ("travel_audit", "annual_quantity"),
    "payment_terms": ("payment_terms", "wacc"),
    "pipeline": ("pipeline_days", *_HELD),
    "cycle": ("lot", *_HELD),
    "safety": (
        "lead_time_days",
        "lead_time_deviation_days",
        "service_factor",
        "demand_variation",
        *_HELD,
    ),
    "obsolescence": ("eol_stock",),
    "quality": ("defect_rate", "defect_cost_factor", "defect_cost"),
    "disruption": (
        "disruption_probability",
        "recovery_mode",
        "disruption_cover_days",
        "unit_margin",
        "other_stop_days",
    ),
    "stockout": ("stockout",),
    "emergency_air": ("emergency_air", "air_premium", "mass"),
    "liability": ("liability",),
    "ip_risk": ("ip_risk",),
    "supplier_stability": ("supplier_stability",),
    "political_instability": ("political_instability",),
    "currency": ("currency_volatility", "lead_time_days"),
    "drift": ("wage_drift", "labour_share", "currency_drift", "horizon"),
    "innovation_distance": ("innovation_distance",),
    "customer_response": ("customer_response",),
    "brand": ("brand",),
}
