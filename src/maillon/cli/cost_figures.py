"""Costs as machines read them, and exchange rates as people type them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from maillon.core.doubt import Doubt
from maillon.core.errors import InvalidRequest
from maillon.core.estimate import Estimate
from maillon.core.message import message
from maillon.core.reason import Reason
from maillon.method.cost import Comparison, TotalCost
from maillon.method.cost.offers import RankedOffers


def read_rates(texts: Iterable[str]) -> Mapping[str, Estimate]:
    """Return the rates that ``--rate`` options give: ``USD=0.92``, or a range ``USD=0.88-0.96``.

    >>> read_rates(["usd=0.92"])["USD"].mid, read_rates(["USD=0.88-0.96"])["USD"].low
    (0.92, 0.88)
    """
    return dict(_rate(text) for text in texts)


def _rate(text: str) -> tuple[str, Estimate]:
    found = re.fullmatch(r"\s*([A-Za-z]{3})\s*=\s*([\d.,]+)(?:\s*-\s*([\d.,]+))?\s*", text)
    try:
        if not found:
            raise ValueError(text)
        low = float(found[2].replace(",", "."))
        high = float(found[3].replace(",", ".")) if found[3] else low
        today = dt.datetime.now(dt.UTC).date()
        unit = f"EUR/{found[1].upper()}"
        return found[1].upper(), Estimate(low, (low + high) / 2, high, unit, "entered by the user", today)
    except ValueError as error:
        raise InvalidRequest(
            message("“{text}” is no exchange rate.", text=text),
            message("Say what one unit is worth in euros, for example --rate USD=0.92."),
        ) from error


def estimate_json(estimate: Estimate | None) -> dict[str, Any] | None:
    """Return a range with its unit, source and date; None where unknown."""
    if estimate is None:
        return None
    bounds = {bound: getattr(estimate, bound) for bound in ("low", "mid", "high")}
    return bounds | {"unit": estimate.unit, "source": estimate.source, "date": estimate.date.isoformat()}


def cost_json(cost: TotalCost) -> dict[str, Any]:
    """Return one total cost with its items, layers and factors."""
    return {
        "name": cost.name,
        "quoted": estimate_json(cost.quoted),
        "per_unit": estimate_json(cost.per_unit),
        "per_year": estimate_json(cost.per_year),
        "one_off": estimate_json(cost.one_off),
        "annual_quantity": cost.annual_quantity,
        "lot": cost.lot,
        "layers": {layer.value: estimate_json(total) for layer, total in cost.by_layer.items()},
        "items": [
            {"code": item.code, "layer": item.layer.value, "hard": item.hard, "hypothesis": item.hypothesis}
            | {"basis": list(item.basis)}
            | (estimate_json(item.estimate) or {})
            for item in cost.items
        ],
        "factors": {name: estimate_json(factor) for name, factor in cost.factors.items()},
        "co2": estimate_json(cost.co2),
        "reasons": [reason_json(reason) for reason in cost.reasons],
    }


def comparison_json(found: Comparison) -> dict[str, Any]:
    """Return an import and a local offer with what follows from them."""
    return {
        "import": cost_json(found.imported),
        "local": cost_json(found.local),
        "local_price_known": found.local_price_known,
        "break_even": estimate_json(found.break_even),
        "margin": estimate_json(found.margin),
        "saving": estimate_json(found.saving),
        "payback_months": found.payback,
        "waterfall": [
            {"code": s.code, "layer": s.layer.value, "import": s.imported, "local": s.local, "gap": s.gap}
            for s in found.steps
        ],
        "reasons": [reason_json(reason) for reason in found.reasons],
        "next_action": reason_json(found.next_action),
    }


def ranking_json(ranked: RankedOffers) -> dict[str, Any]:
    """Return the offers for one part, cheapest first."""
    return {
        "part": ranked.part,
        "annual_quantity": ranked.annual_quantity,
        "offers": [
            {"supplier": quotation.supplier, "country": quotation.country} | cost_json(cost)
            for quotation, cost in ranked.offers
        ],
        "comparison": comparison_json(ranked.comparison) if ranked.comparison else None,
    }


def doubts_json(doubts: Sequence[Doubt]) -> list[dict[str, Any]]:
    """Return the doubts of reading."""
    return [
        {
            "code": d.code,
            "sheet": d.sheet,
            "cell": d.cell,
            "what": str(d.what),
            "treatment": d.treatment.value,
        }
        for d in doubts
    ]


def reason_json(reason: Reason) -> dict[str, Any]:
    """Return a reason as data."""
    return {"code": reason.code, "weight": reason.weight, "params": dict(reason.params)}
