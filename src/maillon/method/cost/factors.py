"""Every factor of a cost as a range: what the quotation says, else what is assumed, each with its source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import product
from statistics import NormalDist
from types import MappingProxyType

import numpy as np

from maillon.core.errors import InvalidRequest, MissingData
from maillon.core.estimate import Estimate
from maillon.core.message import message
from maillon.core.quotation import Quotation
from maillon.method.cost.arithmetic import FACTORS
from maillon.method.cost.assumptions import CostAssumptions
from maillon.method.cost.border import border_ranges
from maillon.method.cost.customs import Array
from maillon.method.cost.hypotheses import HYPOTHESIS
from maillon.method.cost.incoterm import buyer_shares
from maillon.method.cost.layers import ONE_OFF
from maillon.method.cost.need import Demand

HOME_CURRENCY = "EUR"
#: The rule taken where a quotation names none: the goods wait at the seller's door.
DEFAULT_INCOTERM = "FCA"
#: Factors of which more is cheaper.
_CHEAPER_HIGH = frozenset(("life", "disruption_cover_days", "payment_terms"))
#: Quoted figures in the quotation's currency, by factor.
_QUOTED_ONCE = {"tooling": "tooling", "prototype": "first_article"}


def resolve_factors(
    quotation: Quotation, demand: Demand, assumptions: CostAssumptions, lot: float | None = None
) -> Mapping[str, Estimate]:
    """Return one range for each name of ``arithmetic.FACTORS``, for lots of ``lot`` units.

    Without ``lot``, that of the demand or the smallest. Raises ``MissingData`` for a currency without rate.
    """
    assumed = assumptions.assume(quotation.country, quotation.mode)
    size = lot or demand.lot or quotation.least_lot
    known = _Known(quotation.source or quotation.supplier, quotation.date or assumptions.today)
    found = {name: assumed[name] for name in FACTORS if name in assumed}
    found |= _zeros(known, found)
    found |= _quoted(quotation, demand, size, known)
    found |= _exchange(quotation, known, assumptions.rates)
    found |= _once(quotation, found, known)
    found |= _way(quotation, known)
    found |= _allotted(demand, found, assumed["supplier_share"])
    found |= _derived(quotation, demand, assumed, found, known)
    found |= _border(quotation, demand, found, assumptions)
    absent = [name for name in FACTORS if name not in found]
    if absent:
        raise MissingData(message("No assumption is given for {names}.", names=", ".join(absent)))
    return MappingProxyType({name: found[name] for name in FACTORS})


class _Known:
    """Figures that are known exactly, with their source."""

    def __init__(self, source: str, date: dt.date) -> None:
        self.source, self.date = source, date

    def __call__(self, name: str, value: float, source: str = "") -> Estimate:
        return Estimate(value, value, value, FACTORS[name], source or self.source, self.date)


def _zeros(known: _Known, found: Mapping[str, Estimate]) -> dict[str, Estimate]:
    """Return factors that another one covers by default: no second duty, no second cost of a defect."""
    covered = ("anti_dumping_unit", "defect_cost")
    return {name: known(name, 0.0, "counted elsewhere") for name in covered if name not in found}


def _quoted(quotation: Quotation, demand: Demand, lot: float, known: _Known) -> dict[str, Estimate]:
    """Return what the quotation and the demand say."""
    said = {
        "price": quotation.price_at(lot),
        "fob_price": 1.0,
        "annual_quantity": demand.annual_quantity,
        "lot": lot,
        "lead_time_days": quotation.lead_time,
        "payment_terms": quotation.credit,
        "other_stop_days": demand.other_stop_days,
    }
    return {name: known(name, float(value)) for name, value in said.items() if value is not None}


def _exchange(quotation: Quotation, known: _Known, rates: Mapping[str, Estimate]) -> dict[str, Estimate]:
    if quotation.currency == HOME_CURRENCY:
        still = ("currency_volatility", "currency_drift")
        same = {name: known(name, 0.0, "same currency") for name in still}
        return {"exchange_rate": known("exchange_rate", 1.0, "same currency")} | same
    rate = rates.get(quotation.currency)
    if rate is None:
        raise MissingData(
            message("No exchange rate is given for {currency}.", currency=quotation.currency),
            message("Say what one unit is worth in euros, for example --rate USD=0.92."),
        )
    if rate.low <= 0:
        raise InvalidRequest(
            message("The exchange rate of {currency} must be above zero.", currency=quotation.currency)
        )
    return {"exchange_rate": rate}


def _once(quotation: Quotation, found: Mapping[str, Estimate], known: _Known) -> dict[str, Estimate]:
    """Return what is paid once: nothing where the firm buys there already."""
    if quotation.established:
        return {name: known(name, 0.0, "paid already") for name in ONE_OFF}
    return {
        name: _scaled(found["exchange_rate"], value, FACTORS[name], known.source)
        for name, field in _QUOTED_ONCE.items()
        if (value := getattr(quotation, field)) is not None
    }


def _border(
    quotation: Quotation, demand: Demand, found: Mapping[str, Estimate], assumptions: CostAssumptions
) -> Mapping[str, Estimate]:
    """Return what the customs code settles, where it is known; what the user fixed stays."""
    code = demand.cn or quotation.cn
    if not code or quotation.country is None:
        return {}
    known = border_ranges(code, quotation.country, found["mass"], assumptions.today, assumptions.duty_file)
    fixed = assumptions.fixed_for(quotation.country)
    return {name: value for name, value in known.items() if name not in fixed}


def _allotted(demand: Demand, found: Mapping[str, Estimate], share: Estimate) -> dict[str, Estimate]:
    """Return the part's share of the visits and shipments that are paid for a supplier, not for a part."""
    visits = ("travel_startup", "travel_audit", "fees_flat")
    if demand.supplier_share is not None:
        return {name: _scaled(found[name], demand.supplier_share, FACTORS[name]) for name in visits}
    return {name: _product(found[name], share, FACTORS[name]) for name in visits}


def _way(quotation: Quotation, known: _Known) -> dict[str, Estimate]:
    rule = quotation.incoterm or DEFAULT_INCOTERM
    source = f"Incoterms 2020, {rule.upper()}"
    return {name: known(name, share, source) for name, share in buyer_shares(rule).items()}


def _derived(
    quotation: Quotation,
    demand: Demand,
    assumed: Mapping[str, Estimate],
    found: Mapping[str, Estimate],
    known: _Known,
) -> dict[str, Estimate]:
    """Return the factors computed from others: mass, margin, z, recovery days, days in the pipeline."""
    made = {
        "pipeline_days": assumed.get("pipeline_days", found["lead_time_days"]),
        "service_factor": _service_factor(assumed["service_level"]),
    }
    price = _scaled(found["exchange_rate"], found["price"].mid, "EUR/unit")
    mass = demand.mass or quotation.mass
    density = assumed["value_density"]
    made["mass"] = known("mass", mass) if mass else _quotient(price, density, FACTORS["mass"])
    multiple = assumed["margin_multiple"]
    made["unit_margin"] = demand.unit_margin or _scaled(multiple, price.mid, FACTORS["unit_margin"])
    recovery = assumed["disruption_duration_days"]
    for name, bound in (("recovery_low", "low"), ("recovery_mode", "mid"), ("recovery_high", "high")):
        days = getattr(recovery, bound)
        made[name] = Estimate(days, days, days, "day", recovery.source, recovery.date)
    return made


def _service_factor(level: Estimate) -> Estimate:
    if not (level.low >= 0.5 and level.high < 1):
        raise InvalidRequest(
            message("A service level lies between 0.5 and 1, 1 excluded."),
            message("Below one half the normal formula of safety stock misleads."),
        )
    z = NormalDist().inv_cdf
    return Estimate(
        z(level.low), z(level.mid), z(level.high), FACTORS["service_factor"], level.source, level.date
    )


def _scaled(estimate: Estimate, by: float, unit: str, source: str = "") -> Estimate:
    low, mid, high = (getattr(estimate, bound) * by for bound in ("low", "mid", "high"))
    return Estimate(low, mid, high, unit, source or estimate.source, estimate.date)


def _product(a: Estimate, b: Estimate, unit: str) -> Estimate:
    """Return the product of two ranges of numbers of at least 0, with the source of the first."""
    return Estimate(a.low * b.low, a.mid * b.mid, a.high * b.high, unit, a.source, a.date)


def _quotient(top: Estimate, bottom: Estimate, unit: str) -> Estimate:
    """Return top / bottom, the range of the unknown divisor inverted."""
    low, mid, high = top.mid / bottom.high, top.mid / bottom.mid, top.mid / bottom.low
    return Estimate(low, mid, high, unit, bottom.source, bottom.date)


def is_hypothesis(estimate: Estimate) -> bool:
    """Say whether a range is a default of the project and not a known figure."""
    return HYPOTHESIS in estimate.source


#: Factors whose dear end depends on the others: freight inside a price lowers its value at the border.
_EITHER_WAY = ("freight", "mass", "origin_share", "arrival_share")


def corners(factors: Mapping[str, Estimate]) -> dict[str, Array]:
    """Return each factor in 33 columns: all at their middle, then all at their cheap or their dear end.

    The freight, the mass and its shares take every combination of their ends beside both: the total is
    linear in each of them, so its extremes lie there.
    """
    turns = list(product((0, 2), repeat=len(_EITHER_WAY)))
    columns = {}
    for name, estimate in factors.items():
        if name in _EITHER_WAY:
            sides = (estimate.low, estimate.mid, estimate.high)
            turned = [sides[turn[_EITHER_WAY.index(name)]] for turn in turns]
            columns[name] = np.array([estimate.mid, *turned, *turned])
        else:
            cheap, mid, dear = ends(name, factors)
            columns[name] = np.array([mid, *[cheap] * len(turns), *[dear] * len(turns)])
    return columns


def ends(name: str, factors: Mapping[str, Estimate]) -> tuple[float, float, float]:
    """Return a factor at its cheapest, middle and dearest end.

    More credit, a longer life and more stock at hand are cheaper; capital costs less when it is cheap, unless
    the seller gives credit, which is worth more when capital is dear. Where the seller pays the main carriage
    but not the rest, a larger part before or after it is dearer, and the reverse.
    """
    estimate = factors[name]
    cheap_high = name in _CHEAPER_HIGH
    if name == "wacc":
        cheap_high = factors["payment_terms"].mid > 0
    if name in {"origin_share", "arrival_share"}:
        stretch = factors["buyer_origin" if name == "origin_share" else "buyer_arrival"].mid
        cheap_high = stretch < factors["buyer_main"].mid
    low, high = (estimate.high, estimate.low) if cheap_high else (estimate.low, estimate.high)
    return low, estimate.mid, high
