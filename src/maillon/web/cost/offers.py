"""Quotations as they are kept, and their total costs beside today's purchase."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from maillon.core.estimate import Estimate
from maillon.core.quotation import PriceBreak, Quotation
from maillon.web.cost.cases import ENTERED, Case, assumptions_of, import_of

if TYPE_CHECKING:
    from maillon.method.cost import TotalCost
    from maillon.web.cost.models import CostQuotation


def offer_to_json(offer: Quotation, rate: float | None = None) -> dict[str, Any]:
    """Return a quotation as plain data, with what one unit of its currency is worth in euros."""
    data = asdict(offer) | {"rate": rate, "breaks": [asdict(one) for one in offer.breaks]}
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in data.items()}


def offer_from_json(data: dict[str, Any]) -> tuple[Quotation, float | None]:
    """Return the quotation that ``offer_to_json`` wrote, and the rate of its currency."""
    values = dict(data)
    rate = values.pop("rate")
    values["breaks"] = tuple(PriceBreak(**each) for each in values["breaks"])
    for name in ("date", "valid_until"):
        values[name] = values[name] and dt.date.fromisoformat(values[name])
    return Quotation(**values), rate


@dataclass(frozen=True, slots=True)
class Ranked:
    """One offer with its total cost, None where the currency has no rate; no ``pk`` for today's purchase."""

    pk: UUID | None
    offer: Quotation
    cost: TotalCost | None


def rank_quotations(case: Case, kept: Sequence[CostQuotation]) -> list[Ranked]:
    """Return today's purchase and the quotations of a line, cheapest total cost first, unknown ones last."""
    from maillon.method.cost.offers import rank_offers  # noqa: PLC0415 - numpy only where a cost is asked

    offers = {str(one.pk): offer_from_json(one.offer) for one in kept}
    rates = {offer.currency: _rate(offer, rate, case) for offer, rate in offers.values() if rate}
    taken = assumptions_of(case)
    taken = replace(taken, rates=dict(taken.rates) | rates)
    today = import_of(case)
    costed, unknown = [replace(today, part="")], []
    for pk, (offer, _rate_of) in offers.items():
        known = offer.currency == "EUR" or offer.currency in taken.rates
        named = replace(offer, part=pk, mass=offer.mass or case.mass)
        (costed if known else unknown).append(named)
    ranked = rank_offers(costed, case.annual_quantity, taken)
    found = [Ranked(UUID(offer.part) if offer.part else None, offer, cost) for offer, cost in ranked.offers]
    return [*found, *(Ranked(UUID(offer.part), offer, None) for offer in unknown)]


def _rate(offer: Quotation, rate: float, case: Case) -> Estimate:
    return Estimate(rate, rate, rate, f"EUR/{offer.currency}", ENTERED, case.day)
