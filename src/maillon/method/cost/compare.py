"""Local against import: both costs side by side, what decides, the break-even price, what to do next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from maillon.core.errors import InvalidRequest
from maillon.core.estimate import Estimate
from maillon.core.message import message
from maillon.core.quotation import Quotation
from maillon.core.reason import Reason
from maillon.method.cost.assumptions import CostAssumptions
from maillon.method.cost.break_even import break_even_price, payback_months
from maillon.method.cost.estimate import estimate_cost
from maillon.method.cost.layers import LAYER_OF, Layer
from maillon.method.cost.need import Demand
from maillon.method.cost.results import TotalCost


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """One item of both offers, in EUR/unit at its middle; ``gap`` is import less local."""

    code: str
    layer: Layer
    imported: float
    local: float

    @property
    def gap(self) -> float:
        """What the import costs more for this item, in EUR/unit."""
        return self.imported - self.local


@dataclass(frozen=True, slots=True)
class Comparison:
    """An import and a local offer for one demand.

    ``break_even`` is the local price at equal total cost (EUR/unit) and ``margin`` by how much it exceeds the
    import price (0.18: the local source may cost 18 % more). ``saving`` is the import's total less the
    local's, in EUR/year; its ends set the best of one against the worst of the other. ``payback`` is in
    months, None where the local source never pays back. ``local_price_known`` is false where the local offer
    stands at the import price for want of its own: then only the break-even says something.
    """

    imported: TotalCost
    local: TotalCost
    steps: tuple[WaterfallStep, ...]
    break_even: Estimate
    margin: Estimate
    saving: Estimate
    payback: float | None
    local_price_known: bool
    reasons: tuple[Reason, ...]
    next_action: Reason

    def __repr__(self) -> str:
        """Give both totals and the break-even."""
        both = f"import {self.imported.per_unit.mid:.4g}, local {self.local.per_unit.mid:.4g} EUR/unit"
        return f"Comparison({both}, break-even {self.break_even.mid:.4g})"


def compare_offers(
    imported: Quotation,
    local: Quotation,
    demand: Demand,
    assumptions: CostAssumptions | None = None,
    *,
    local_price_known: bool = True,
) -> Comparison:
    """Return both total costs and what follows from them.

    The margin lost for a missing part is the product's, whoever makes the part: both offers take the one of
    the import. Raises what ``estimate_cost`` raises.
    """
    there = estimate_cost(imported, demand, assumptions)
    same = replace(demand, unit_margin=there.factors["unit_margin"])
    here = estimate_cost(local, same, assumptions)
    if there.quoted.mid <= 0:
        raise InvalidRequest(message("The import price must be above zero to be compared."))
    even = break_even_price(there, here.factors)
    steps = tuple(
        WaterfallStep(code, layer, there.item(code).estimate.mid, here.item(code).estimate.mid)
        for code, layer in LAYER_OF.items()
    )
    return Comparison(
        imported=there,
        local=here,
        steps=steps,
        break_even=even,
        margin=_margin(even, there.quoted.mid),
        saving=_saving(there, here),
        payback=payback_months(there, here) if local_price_known else None,
        local_price_known=local_price_known,
        reasons=_reasons(there, here, steps, local_price_known),
        next_action=_next_action(there, here, even, local_price_known),
    )


def _margin(even: Estimate, price: float) -> Estimate:
    low, mid, high = (getattr(even, bound) / price - 1.0 for bound in ("low", "mid", "high"))
    return Estimate(low, mid, high, "share of import price", even.source, even.date)


def _saving(there: TotalCost, here: TotalCost) -> Estimate:
    a, b = there.per_year, here.per_year
    low, mid, high = a.low - b.high, a.mid - b.mid, a.high - b.low
    return Estimate(min(low, mid), mid, max(mid, high), "EUR/year", "import less local", min(a.date, b.date))


def _reasons(
    there: TotalCost, here: TotalCost, steps: tuple[WaterfallStep, ...], known: bool
) -> tuple[Reason, ...]:
    """Return the verdict, then the five items that separate the offers most, price set aside."""
    if not known:
        verdict = Reason("local_price_unknown")
    elif here.per_unit.high < there.per_unit.low:
        verdict = Reason("local_cheaper_surely", there.per_unit.mid - here.per_unit.mid)
    elif here.per_unit.mid <= there.per_unit.mid:
        verdict = Reason("local_cheaper", there.per_unit.mid - here.per_unit.mid)
    else:
        verdict = Reason("import_cheaper", there.per_unit.mid - here.per_unit.mid)
    apart = sorted((step for step in steps if step.code != "price"), key=lambda step: -abs(step.gap))
    items = tuple(
        Reason("item_gap", step.gap, {"item": step.code, "imported": step.imported, "local": step.local})
        for step in apart[:5]
        if abs(step.gap) > 1e-9
    )
    return (verdict, *items)


def _next_action(there: TotalCost, here: TotalCost, even: Estimate, known: bool) -> Reason:
    """Return what to do: ask for a price, negotiate it, or check the hypothesis that weighs most."""
    if not known:
        return Reason("ask_local_quotation", params={"price": even.mid})
    if here.quoted.mid > even.mid:
        cut = 1.0 - even.mid / here.quoted.mid
        return Reason("negotiate_local", cut, {"price": even.mid, "cut": cut})
    guesses = [
        (item.estimate.high - item.estimate.low, item.code, cost.name)
        for cost in (there, here)
        for item in cost.items
        if item.hypothesis
    ]
    if not guesses:
        return Reason("order_first_article")
    width, code, supplier = max(guesses)
    return Reason("check_hypothesis", width, {"item": code, "supplier": supplier})
