"""The factors and steps of a total cost in words; the items have theirs in ``method.cost.words``."""

from __future__ import annotations

from collections.abc import Mapping

from maillon.core.message import Message, message
from maillon.method.cost.arithmetic import FACTORS
from maillon.method.cost.words import ITEM_LABELS

_FACTORS: Mapping[str, Message] = {
    "price": message("Price on the quotation"),
    "fob_price": message("Price over quoted price"),
    "exchange_rate": message("Euros for one unit of the currency"),
    "annual_quantity": message("Pieces a year"),
    "lot": message("Pieces a lot"),
    "mass": message("Mass of one piece"),
    "freight": message("Freight from door to door"),
    "origin_share": message("Freight before the main carriage"),
    "arrival_share": message("Freight after the main carriage"),
    "buyer_origin": message("Paid by the buyer before the main carriage"),
    "buyer_main": message("Paid by the buyer of the main carriage"),
    "buyer_insurance": message("Paid by the buyer of the insurance"),
    "buyer_arrival": message("Paid by the buyer after the main carriage"),
    "buyer_import": message("Paid by the buyer of customs"),
    "air_premium": message("Air freight beyond the usual one"),
    "emergency_air": message("Pieces rescued by air"),
    "anti_dumping_unit": message("Anti-dumping duty a piece"),
    "fees_rate": message("Agents and papers, by value"),
    "fees_flat": message("Customs papers, by lot"),
    "order_cost": message("Handling of one order"),
    "life": message("Years over which the piece is bought"),
    "wacc": message("Cost of capital"),
    "payment_terms": message("Days from reception to payment"),
    "carrying_rate": message("Yearly cost of stock"),
    "lead_time_days": message("Lead time"),
    "pipeline_days": message("Days on order and on the way"),
    "lead_time_deviation_days": message("Standard deviation of the lead time"),
    "service_factor": message("Safety factor of the service level"),
    "demand_variation": message("Variation of a day's demand"),
    "eol_stock": message("Stock never used"),
    "defect_rate": message("Defective pieces"),
    "defect_cost_factor": message("Cost of a defect, in prices"),
    "defect_cost": message("Other cost of a defect"),
    "disruption_probability": message("Stops of supply a year"),
    "recovery_low": message("Shortest time to recover"),
    "recovery_mode": message("Usual time to recover"),
    "recovery_high": message("Longest time to recover"),
    "disruption_cover_days": message("Days covered by the stock"),
    "other_stop_days": message("Days of stop from named scenarios"),
    "unit_margin": message("Margin lost for a missing piece"),
    "currency_volatility": message("Volatility of the currency"),
    "currency_drift": message("Yearly rise of the currency"),
    "wage_drift": message("Yearly rise of wages"),
    "labour_share": message("Part of the price that follows wages"),
    "horizon": message("Years looked ahead"),
}
_STEPS: Mapping[str, Message] = {
    "step_carriage": message("Freight of one piece"),
    "step_origin": message("of which before the main carriage"),
    "step_arrival": message("of which after the main carriage"),
    "step_border": message("Freight paid by the buyer up to the border"),
    "step_cif": message("Customs value"),
    "step_landed": message("Cost at the door"),
    "step_daily": message("Pieces a day"),
    "step_safety": message("Safety stock, in pieces"),
    "step_cover": message("Cover within the time to recover"),
    "step_late": message("Divisor beyond the usual time to recover"),
    "step_early": message("Divisor before the usual time to recover"),
    "step_uncovered": message("Days without pieces in a stop"),
}

_UNITS: Mapping[str, Message] = {
    "1/year": message("a year"),
    "EUR": message("EUR"),
    "EUR/defect": message("EUR a defect"),
    "EUR/kg": message("EUR a kg"),
    "EUR/lot": message("EUR a lot"),
    "EUR/quote currency": message("EUR for one unit of the currency"),
    "EUR/unit": message("EUR a piece"),
    "EUR/year": message("EUR a year"),
    "day": message("days"),
    "day/year": message("days a year"),
    "kg/unit": message("kg a piece"),
    "multiple of daily demand": message("times the demand of a day"),
    "multiple of price": message("times the price"),
    "quote currency/unit": message("in the currency, a piece"),
    "share": message("share, 1 for all"),
    "share of CIF value": message("share of the insured value"),
    "share of customs value": message("share of the customs value"),
    "share of freight": message("share of the freight"),
    "share of price": message("share of the price"),
    "share of units": message("share of the pieces"),
    "standard deviation": message("standard deviations"),
    "unit": message("pieces"),
    "unit/year": message("pieces a year"),
    "year": message("years"),
}


def factor_unit(name: str) -> Message:
    """Return the unit of a factor in words.

    >>> str(factor_unit("freight")), str(factor_unit("duty"))
    ('EUR a kg', 'share of the customs value')
    """
    return _UNITS[FACTORS[name]]


def factor_label(name: str) -> Message:
    """Return the name of a factor; one that is an item of its own bears the name of that item.

    >>> str(factor_label("mass")), str(factor_label("duty"))
    ('Mass of one piece', 'Customs duty')
    """
    return _FACTORS[name] if name in _FACTORS else ITEM_LABELS[name]


def formula_label(key: str) -> Message:
    """Return the name of a step or an item of the calculation.

    >>> str(formula_label("step_cif")), str(formula_label("item_duty"))
    ('Customs value', 'Customs duty')
    """
    return _STEPS[key] if key in _STEPS else ITEM_LABELS[key.removeprefix("item_")]
