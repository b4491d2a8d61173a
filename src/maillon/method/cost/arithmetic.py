"""The one formula of a total cost, on arrays: a part or all of them, one draw or ten thousand."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from maillon.method.cost.customs import Array, anti_dumping_duty, border_value
from maillon.method.cost.disruption import uncovered_days
from maillon.method.cost.stock import cycle_cost, pipeline_cost, safety_stock

DAYS = 365.0
#: E[max(0, X)] of a centred normal X, in standard deviations: 1/√(2π).
_ADVERSE_MEAN = 1.0 / np.sqrt(2.0 * np.pi)

#: Every factor that ``cost_arrays`` reads, with its unit.
FACTORS: Mapping[str, str] = {
    "price": "quote currency/unit", "fob_price": "multiple of price", "exchange_rate": "EUR/quote currency",
    "annual_quantity": "unit/year", "lot": "unit", "mass": "kg/unit", "packaging": "share of price",
    "freight": "EUR/kg", "origin_share": "share of freight", "arrival_share": "share of freight",
    "buyer_origin": "share", "buyer_main": "share", "buyer_insurance": "share", "buyer_arrival": "share",
    "buyer_import": "share", "air_freight_routine": "share of units", "air_premium": "EUR/kg",
    "emergency_air": "share of units", "insurance": "share of CIF value", "duty": "share of customs value",
    "anti_dumping": "share of customs value", "anti_dumping_unit": "EUR/unit", "cbam": "EUR/kg",
    "fees_rate": "share of price", "fees_flat": "EUR/lot", "order_cost": "EUR/lot",
    "handling": "share of price",
    "tooling": "EUR", "prototype": "EUR", "travel_startup": "EUR", "life": "year",
    "travel_audit": "EUR/year", "wacc": "1/year", "payment_terms": "day", "carrying_rate": "1/year",
    "lead_time_days": "day", "pipeline_days": "day", "lead_time_deviation_days": "day",
    "service_factor": "standard deviation", "demand_variation": "multiple of daily demand",
    "eol_stock": "share of price", "defect_rate": "share of units", "defect_cost_factor": "multiple of price",
    "defect_cost": "EUR/defect", "disruption_probability": "1/year", "recovery_low": "day",
    "recovery_mode": "day", "recovery_high": "day", "disruption_cover_days": "day",
    "other_stop_days": "day/year",
    "unit_margin": "EUR/unit", "stockout": "share of price", "liability": "share of price",
    "ip_risk": "share of price", "supplier_stability": "share of price",
    "political_instability": "share of price", "currency_volatility": "1/year", "currency_drift": "1/year",
    "wage_drift": "1/year", "labour_share": "share of price", "horizon": "year",
    "innovation_distance": "share of price", "customer_response": "share of price", "brand": "share of price",
}  # fmt: skip

#: Items that are a share of the yearly spend, by the factor that gives it.
_SHARES = {
    "obsolescence": "eol_stock", "stockout": "stockout", "liability": "liability", "ip_risk": "ip_risk",
    "supplier_stability": "supplier_stability", "political_instability": "political_instability",
    "innovation_distance": "innovation_distance", "customer_response": "customer_response", "brand": "brand",
}  # fmt: skip


def cost_arrays(factors: Mapping[str, Array]) -> dict[str, Array]:
    """Return each item of the total cost in €/unit, by its code, from arrays that broadcast together.

    ``factors`` holds every name of ``FACTORS``, in its unit: scalars, (parts, 1), (1, draws), (parts, draws)…
    The items are those of ``layers.LAYER_OF``. Every item is linear in ``price`` for given other factors: the
    closed form of the break-even price rests on it. Sources of the formulas: each function called here, and
    docs/method/cost.md.

    >>> zero = dict.fromkeys(FACTORS, np.array(0.0))
    >>> one = dict.fromkeys(("fob_price", "exchange_rate", "life", "lot", "horizon"), np.array(1.0))
    >>> some = {"price": np.array(100.0), "annual_quantity": np.array(365.0), "duty": np.array(0.05),
    ...         "buyer_import": np.array(1.0)}
    >>> items = cost_arrays(zero | one | some)
    >>> float(items["price"]), float(items["duty"]), float(sum(items.values()))
    (100.0, 5.0, 105.0)
    """
    price = factors["price"] * factors["exchange_rate"] * factors["fob_price"]
    items = {"price": price, "packaging": factors["packaging"] * price}
    items |= _travelling(factors, price)
    landed = sum(items.values())  # what the part has cost at the door: what stock of it is worth
    items["handling"] = factors["handling"] * price
    items |= _amortised(factors)
    items["payment_terms"] = -factors["wacc"] * price * factors["payment_terms"] / DAYS
    items |= _held(factors, np.asarray(landed))
    items |= {item: factors[factor] * price for item, factor in _SHARES.items()}
    items |= _risked(factors, price)
    return items


def _travelling(f: Mapping[str, Array], price: Array) -> dict[str, Array]:
    """Return freight, insurance, duties, fees: only the steps that the quoted price does not hold."""
    carriage = f["mass"] * f["freight"]
    origin, arrival = f["origin_share"] * carriage, f["arrival_share"] * carriage
    main = carriage - origin - arrival
    to_border = f["buyer_origin"] * origin + f["buyer_main"] * main
    inland_in_price = (1.0 - f["buyer_arrival"]) * arrival
    cif = border_value(price + to_border - inland_in_price, f["insurance"], f["buyer_insurance"])
    dumping = anti_dumping_duty(cif, f["anti_dumping"], f["anti_dumping_unit"])
    return {
        "freight": to_border + f["buyer_arrival"] * arrival,
        "air_freight_routine": f["air_freight_routine"] * f["mass"] * f["air_premium"],
        "insurance": f["insurance"] * cif * f["buyer_insurance"],
        "duty": f["duty"] * cif * f["buyer_import"],
        "anti_dumping": dumping * f["buyer_import"],
        "cbam": f["cbam"] * f["mass"] * f["buyer_import"],
        "fees": f["fees_rate"] * price + (f["fees_flat"] * f["buyer_import"] + f["order_cost"]) / f["lot"],
    }


def _amortised(f: Mapping[str, Array]) -> dict[str, Array]:
    """Return what is paid once, over the part's life, and yearly audits, per unit."""
    units = f["annual_quantity"] * f["life"]
    once = {code: f[code] / units for code in ("tooling", "prototype", "travel_startup")}
    return once | {"travel_audit": f["travel_audit"] / f["annual_quantity"]}


def _held(f: Mapping[str, Array], landed: Array) -> dict[str, Array]:
    """Return pipeline, cycle and safety stock at their landed cost, per unit."""
    yearly = f["annual_quantity"]
    daily = yearly / DAYS
    units = safety_stock(
        f["service_factor"],
        daily,
        f["demand_variation"] * daily,
        f["lead_time_days"],
        f["lead_time_deviation_days"],
    )
    held = f["carrying_rate"] * landed
    return {
        "pipeline": pipeline_cost(f["carrying_rate"], landed, daily, f["pipeline_days"]) / yearly,
        "cycle": cycle_cost(f["carrying_rate"], landed, f["lot"]) / yearly,
        "safety": held * units / yearly,
    }


def _risked(f: Mapping[str, Array], price: Array) -> dict[str, Array]:
    """Return expected losses: defects, stops of supply, rescue by air, money and wages that move."""
    stopped = f["disruption_probability"] * uncovered_days(
        f["recovery_low"], f["recovery_mode"], f["recovery_high"], f["disruption_cover_days"]
    )
    exposed = np.sqrt(f["lead_time_days"] / DAYS)
    return {
        "quality": f["defect_rate"] * (f["defect_cost_factor"] * price + f["defect_cost"]),
        # days/year × daily margin (unit margin × units a day), spread over the year's units
        "disruption": (stopped + f["other_stop_days"]) * f["unit_margin"] / DAYS,
        "emergency_air": f["emergency_air"] * f["mass"] * f["air_premium"],
        "currency": price * f["currency_volatility"] * exposed * _ADVERSE_MEAN,
        "drift": price
        * (
            f["labour_share"] * _mean_rise(f["wage_drift"], f["horizon"])
            + _mean_rise(f["currency_drift"], f["horizon"])
        ),
    }


def _mean_rise(rate: Array, years: Array) -> Array:
    """Return the mean rise over ``years`` of a price that grows by ``rate`` a year, none in the first.

    [(1 + g)^n - 1] / (n·g) - 1, and 0 where nothing grows.
    """
    growing = np.where(rate > 0, rate, 1.0)
    return np.where(rate > 0, ((1.0 + growing) ** years - 1.0) / (years * growing) - 1.0, 0.0)
