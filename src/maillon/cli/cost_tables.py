"""Costs as a terminal shows them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from maillon.cli.terminal import table
from maillon.core.doubt import Doubt
from maillon.core.estimate import Estimate
from maillon.core.message import message
from maillon.core.money import Money
from maillon.core.quotation import Quotation
from maillon.language.catalogue import render
from maillon.language.format import format_money, format_number, format_percent
from maillon.method.cost import Comparison, Layer, TotalCost
from maillon.method.cost.offers import RankedOffers
from maillon.method.cost.words import LAYER_LABELS, item_label, reason_message

_FEW = 20


def comparison_shown(found: Comparison, language: str, *, sources: bool) -> list[Any]:
    """Return the waterfall of both offers, the break-even, what decides and what to do."""
    shown: list[Any] = [_waterfall(found, language), *_verdict(found, language)]
    if sources:
        shown += [sources_shown(found.imported, language), sources_shown(found.local, language)]
    return shown


def _waterfall(found: Comparison, language: str) -> Any:
    rows: list[list[str]] = []
    for layer in Layer:
        costs = [cost.by_layer[layer] for cost in (found.imported, found.local)]
        rows.append(
            [render(LAYER_LABELS[layer], language).upper(), *(_range(c, language) for c in costs), ""]
        )
        for step in found.steps:
            if step.layer is layer and (abs(step.imported) >= 0.005 or abs(step.local) >= 0.005):
                both = [cost.item(step.code).estimate for cost in (found.imported, found.local)]
                label = f"  {render(item_label(step.code), language)}"
                rows.append([label, *(_range(c, language) for c in both), _signed(step.gap, language)])
    totals = [cost.per_unit for cost in (found.imported, found.local)]
    gap = totals[0].mid - totals[1].mid
    label = render(message("Total a piece"), language).upper()
    rows.append([label, *(_range(c, language) for c in totals), _signed(gap, language)])
    heads = ["", found.imported.name, found.local.name, render(message("Gap"), language)]
    title = render(message("Total cost of one piece, in euros: middle (least – most)"), language)
    return table(title, heads, rows, frozenset({1, 2, 3}))


def _range(estimate: Estimate, language: str) -> str:
    low, mid, high = (format_number(getattr(estimate, b), language, 2) for b in ("low", "mid", "high"))
    return mid if low == high else f"{mid} ({low} – {high})"


def _signed(value: float, language: str) -> str:
    return ("+" if value > 0.005 else "") + format_number(value, language, 2)


def _verdict(found: Comparison, language: str) -> list[str]:
    """Return sentences: break-even, saving, payback, CO2, reasons, next action."""
    even = found.break_even
    said = [
        message(
            "Both cost the same at a local price of {price} a piece: local may cost {margin} more than the "
            "{quoted} paid for the import.",
            price=Money(round(even.mid, 2), "EUR"),
            margin=format_percent(found.margin.mid, language),
            quoted=Money(round(found.imported.quoted.mid, 2), "EUR"),
        )
    ]
    if found.margin.mid < 0:
        said = [
            message(
                "Both cost the same at a local price of {price} a piece, {margin} below the import price.",
                price=Money(round(even.mid, 2), "EUR"),
                margin=format_percent(-found.margin.mid, language),
            )
        ]
    if found.local_price_known:
        euros = _euros(abs(found.saving.mid), language)
        if found.saving.mid >= 0:
            said.append(message("A year, local saves {saving}.", saving=euros))
        else:
            said.append(message("A year, local costs {saving} more.", saving=euros))
        if found.payback is not None:
            months = math.ceil(found.payback)
            said.append(message("Tooling and start are paid back in {months} months.", months=months))
    for cost in (found.imported, found.local):
        if cost.co2 is not None:
            kilos = format_number(cost.co2.mid, language, 2)
            said.append(
                message("{name}: {kilos} kg of CO2 a piece in transport.", name=cost.name, kilos=kilos)
            )
    lines = [render(one, language) for one in said]
    lines += _told(found.imported, language) + _told(found.local, language)
    lines += [render(reason_message(reason), language) for reason in found.reasons]
    action = render(reason_message(found.next_action), language)
    return [*lines, render(message("Next: {action}", action=action), language)]


def _told(cost: TotalCost, language: str) -> list[str]:
    """Return what must be known of an offer, under its name."""
    told = [message("{file}: {what}", file=cost.name, what=reason_message(one)) for one in cost.reasons]
    return [render(one, language) for one in told]


def _euros(value: float, language: str) -> str:
    return format_money(Money(value, "EUR"), language, 0)


def ranking_shown(ranked: RankedOffers, language: str, *, sources: bool) -> list[Any]:
    """Return the offers for one part side by side, then local against import."""
    heads = [message("Supplier"), message("Country"), message("Lot"), message("Quoted price"),
             message("Paid"), message("Tied up in stock"), message("Expected losses"),
             message("Strategy"), message("Total a piece")]  # fmt: skip
    rows = [_offer_row(quotation, cost, language) for quotation, cost in ranked.offers]
    title = message(
        "{part}: {n} pieces a year, euros a piece",
        part=ranked.part or render(message("Part"), language),
        n=ranked.annual_quantity,
    )
    shown: list[Any] = [
        table(render(title, language), [render(h, language) for h in heads], rows, frozenset(range(2, 9)))
    ]
    if ranked.comparison is not None:
        return shown + comparison_shown(ranked.comparison, language, sources=sources)
    for _, cost in ranked.offers:
        shown += _told(cost, language)
        shown += [sources_shown(cost, language)] if sources else []
    return shown


def _offer_row(quotation: Quotation, cost: TotalCost, language: str) -> list[str]:
    layers = [format_number(total.mid, language, 2) for total in cost.by_layer.values()]
    figures = [format_number(cost.lot, language), format_number(cost.quoted.mid, language, 2)]
    return [quotation.supplier, quotation.country or "?", *figures, *layers, _range(cost.per_unit, language)]


def sources_shown(cost: TotalCost, language: str) -> Any:
    """Return each factor of a cost with its range, unit, source and date."""
    rows = [
        [name, _plain_range(factor, language), factor.unit, render(factor.source, language), str(factor.date)]
        for name, factor in cost.factors.items()
    ]
    heads = [message("Factor"), message("Range"), message("Unit"), message("Source"), message("Date")]
    title = render(message("Sources of {name}", name=cost.name), language)
    return table(title, [render(head, language) for head in heads], rows, frozenset({1}))


def _plain_range(estimate: Estimate, language: str) -> str:
    small = max(abs(estimate.low), abs(estimate.high)) < 1
    low, mid, high = (
        format_number(getattr(estimate, b), language, 4 if small else 2) for b in ("low", "mid", "high")
    )
    return mid if low == high else f"{low} · {mid} · {high}"


def doubts_shown(doubts: Sequence[Doubt], language: str) -> list[str]:
    """Return the first doubts of reading, each with its cell."""
    lines = [" ".join(p for p in (d.sheet, d.cell, render(d.what, language)) if p) for d in doubts[:_FEW]]
    left = len(doubts) - _FEW
    return (
        [*lines, render(message("… and {n} more doubts: see --json.", n=left), language)]
        if left > 0
        else lines
    )
