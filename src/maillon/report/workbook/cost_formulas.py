"""The formulas of a total cost as a spreadsheet writes them, each over the cells of its own column.

They say what ``method.cost.arithmetic.cost_arrays`` says, a second time and in another language: a test holds
both equal. ``{name}`` is a factor, ``{step_name}`` a step, ``{item_code}`` an item.
"""

from __future__ import annotations

from collections.abc import Mapping

#: 1/√(2π): the mean of the losing side of a centred normal law, in standard deviations.
_ADVERSE = "0.3989422804014327"


def _rise(rate: str) -> str:
    """Return the mean rise over the horizon of a price that grows by ``rate`` a year."""
    safe = f"IF({rate}>0,{rate},1)"
    return f"IF({rate}>0,(POWER(1+{safe},{{horizon}})-1)/({{horizon}}*{safe})-1,0)"


def _share(factor: str) -> str:
    return f"{{{factor}}}*{{item_price}}"


#: Key → formula without its sign, in an order in which each finds what it names above it.
FORMULAS: Mapping[str, str] = {
    "item_price": "{price}*{exchange_rate}*{fob_price}",
    "item_packaging": _share("packaging"),
    "step_carriage": "{mass}*{freight}",
    "step_origin": "{origin_share}*{step_carriage}",
    "step_arrival": "{arrival_share}*{step_carriage}",
    "step_border": "{buyer_origin}*{step_origin}+{buyer_main}*({step_carriage}-{step_origin}-{step_arrival})",
    "step_cif": "MAX(0,{item_price}+{step_border}-(1-{buyer_arrival})*{step_arrival})"
    "/(1-{insurance}*{buyer_insurance})",
    "item_freight": "{step_border}+{buyer_arrival}*{step_arrival}",
    "item_air_freight_routine": "{air_freight_routine}*{mass}*{air_premium}",
    "item_insurance": "{insurance}*{step_cif}*{buyer_insurance}",
    "item_duty": "{duty}*{step_cif}*{buyer_import}",
    "item_anti_dumping": "({step_cif}*{anti_dumping}+{anti_dumping_unit})*{buyer_import}",
    "item_cbam": "{cbam}*{mass}*{buyer_import}",
    "item_fees": "{fees_rate}*{item_price}+({fees_flat}*{buyer_import}+{order_cost})/{lot}",
    "step_landed": "{item_price}+{item_packaging}+{item_freight}+{item_air_freight_routine}+{item_insurance}"
    "+{item_duty}+{item_anti_dumping}+{item_cbam}+{item_fees}",
    "item_handling": _share("handling"),
    "item_tooling": "{tooling}/({annual_quantity}*{life})",
    "item_prototype": "{prototype}/({annual_quantity}*{life})",
    "item_travel_startup": "{travel_startup}/({annual_quantity}*{life})",
    "item_travel_audit": "{travel_audit}/{annual_quantity}",
    "item_payment_terms": "-{wacc}*{item_price}*{payment_terms}/365",
    "step_daily": "{annual_quantity}/365",
    "step_safety": "{service_factor}*SQRT({lead_time_days}*POWER({demand_variation}*{step_daily},2)"
    "+POWER({step_daily}*{lead_time_deviation_days},2))",
    "item_pipeline": "{carrying_rate}*{step_landed}*{step_daily}*{pipeline_days}/{annual_quantity}",
    "item_cycle": "{carrying_rate}*{step_landed}*{lot}/2/{annual_quantity}",
    "item_safety": "{carrying_rate}*{step_landed}*{step_safety}/{annual_quantity}",
    "item_obsolescence": _share("eol_stock"),
    "item_quality": "{defect_rate}*({defect_cost_factor}*{item_price}+{defect_cost})",
    "step_cover": "MIN(MAX({disruption_cover_days},{recovery_low}),{recovery_high})",
    "step_late": "3*({recovery_high}-{recovery_low})*({recovery_high}-{recovery_mode})",
    "step_early": "3*({recovery_high}-{recovery_low})*({recovery_mode}-{recovery_low})",
    "step_uncovered": "IF({recovery_high}>{recovery_low},IF({step_cover}>={recovery_mode},"
    "POWER({recovery_high}-{step_cover},3)/IF({step_late}>0,{step_late},1),"
    "({recovery_low}+{recovery_mode}+{recovery_high})/3-{step_cover}"
    "+POWER({step_cover}-{recovery_low},3)/IF({step_early}>0,{step_early},1)),0)"
    "+MAX(0,MIN({recovery_low},{step_cover})-{disruption_cover_days})",
    "item_disruption": "({disruption_probability}*{step_uncovered}+{other_stop_days})*{unit_margin}/365",
    "item_stockout": _share("stockout"),
    "item_emergency_air": "{emergency_air}*{mass}*{air_premium}",
    "item_liability": _share("liability"),
    "item_ip_risk": _share("ip_risk"),
    "item_supplier_stability": _share("supplier_stability"),
    "item_political_instability": _share("political_instability"),
    "item_currency": f"{{item_price}}*{{currency_volatility}}*SQRT({{lead_time_days}}/365)*{_ADVERSE}",
    "item_drift": f"{{item_price}}*({{labour_share}}*{_rise('{wage_drift}')}+{_rise('{currency_drift}')})",
    "item_innovation_distance": _share("innovation_distance"),
    "item_customer_response": _share("customer_response"),
    "item_brand": _share("brand"),
}


def write_formula(key: str, cells: Mapping[str, str]) -> str:
    """Return a formula over named cells.

    >>> write_formula("item_packaging", {"packaging": "D7", "item_price": "D70"})
    '=D7*D70'
    """
    return "=" + FORMULAS[key].format_map(cells)
