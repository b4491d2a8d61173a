"""The total cost of one offer: the one formula, at the cheapest, middle and dearest end of every factor."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping

import numpy as np

from maillon.core.estimate import Estimate
from maillon.core.quotation import Quotation
from maillon.core.reason import Reason
from maillon.method.cost.arithmetic import cost_arrays
from maillon.method.cost.assumptions import CostAssumptions
from maillon.method.cost.basis import BASIS
from maillon.method.cost.carbon import emit_unit_co2
from maillon.method.cost.customs import Array
from maillon.method.cost.factors import corners, is_hypothesis, resolve_factors
from maillon.method.cost.layers import LAYER_OF, ONE_OFF, is_hard
from maillon.method.cost.need import Demand
from maillon.method.cost.results import CostItem, TotalCost


def estimate_cost(
    quotation: Quotation, demand: Demand, assumptions: CostAssumptions | None = None
) -> TotalCost:
    """Return the total cost of buying ``demand`` at ``quotation``, in EUR.

    The lot is the demand's, or the cheapest one, never below the minimum order. Bounds take all factors at
    their cheap or dear end together: they hold whatever the truth, and are wider than any likelihood.
    Raises ``MissingData`` for a currency without rate and ``InvalidRequest`` for a senseless figure.
    """
    assumptions = assumptions or CostAssumptions()
    lot = choose_lot(quotation, demand, assumptions)
    factors = resolve_factors(quotation, demand, assumptions, lot)
    columns = corners(factors)
    items = cost_arrays(columns)
    return TotalCost(
        name=quotation.supplier,
        items=tuple(_item(code, items[code], factors) for code in LAYER_OF),
        factors=factors,
        annual_quantity=demand.annual_quantity,
        lot=lot,
        quoted=_bounds(items["price"], factors, ("price", "exchange_rate")),
        one_off=_bounds(np.asarray(sum(columns[code] for code in ONE_OFF)), factors, ONE_OFF, "EUR"),
        co2=emit_unit_co2(quotation.country, quotation.mode, factors["mass"]),
        reasons=_reasons(quotation, demand, lot, factors, assumptions.today),
    )


def choose_lot(quotation: Quotation, demand: Demand, assumptions: CostAssumptions) -> float:
    """Return the wanted lot raised to what can be ordered, or the cheapest lot where none is wanted.

    The cheapest lot under all-units price breaks is a break, the minimum order or an economic order quantity
    √(2·K·D/(h·c)) at one of the prices (Hadley & Whitin 1963); no lot beyond a year is proposed unless the
    minimum order asks for it.
    """
    if demand.lot is not None:
        return quotation.fitting_lot(demand.lot)
    yearly = demand.annual_quantity
    factors = resolve_factors(quotation, demand, assumptions, quotation.least_lot)
    per_order = factors["order_cost"].mid + factors["fees_flat"].mid * factors["buyer_import"].mid
    wanted = [quotation.least_lot] + [step.quantity for step in quotation.breaks]
    for step in quotation.breaks:
        held = factors["carrying_rate"].mid * step.price * factors["exchange_rate"].mid
        wanted.append(min(yearly, math.sqrt(2 * per_order * yearly / held)) if held > 0 else yearly)
    whole = {quotation.fitting_lot(math.ceil(size)) for size in wanted if size <= yearly} | {
        quotation.least_lot
    }
    lots = np.array(sorted(whole))
    middle = {name: np.full(len(lots), estimate.mid) for name, estimate in factors.items()}
    middle |= {"lot": lots, "price": np.array([quotation.price_at(lot) for lot in lots])}
    totals = np.asarray(sum(cost_arrays(middle).values()))
    return float(lots[int(np.argmin(totals))])


def _item(code: str, values: Array, factors: Mapping[str, Estimate]) -> CostItem:
    basis = BASIS[code]
    return CostItem(
        code=code,
        layer=LAYER_OF[code],
        estimate=_bounds(values, factors, basis),
        hard=is_hard(code),
        basis=basis,
        hypothesis=any(is_hypothesis(factors[name]) for name in basis),
    )


def _bounds(
    values: Array, factors: Mapping[str, Estimate], basis: tuple[str, ...], unit: str = "EUR/unit"
) -> Estimate:
    """Return the range of one item over the columns of ``corners``, with the sources of its own factors."""
    sources = "; ".join(dict.fromkeys(factors[name].source for name in basis))
    dates = [factors[name].date for name in basis]
    return Estimate(float(values.min()), float(values[0]), float(values.max()), unit, sources, min(dates))


def _reasons(
    quotation: Quotation,
    demand: Demand,
    lot: float,
    factors: Mapping[str, Estimate],
    today: dt.date,
) -> tuple[Reason, ...]:
    """Return what the reader must know of the offer before its figures."""
    found = []
    if quotation.valid_until is not None and quotation.expired(today):
        found.append(Reason("quotation_expired", params={"until": quotation.valid_until}))
    if quotation.incoterm is None:
        found.append(Reason("incoterm_assumed"))
    if lot > demand.annual_quantity:
        found.append(Reason("lot_beyond_year", params={"years": lot / demand.annual_quantity}))
    if demand.lot is not None and lot > demand.lot:
        found.append(Reason("lot_raised", params={"wanted": demand.lot, "lot": lot}))
    guessed = sum(is_hypothesis(estimate) for estimate in factors.values())
    if guessed:
        found.append(Reason("hypotheses", params={"n": guessed}))
    return tuple(found)
