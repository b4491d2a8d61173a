"""What imports really cost, and what to relocate first: the dearest parts, the plan, what both assume."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from maillon.core.message import Message, message, plural_message
from maillon.core.money import Money
from maillon.dossier import BomCosts, Dossier, LineCost, PlannedSourcing
from maillon.language import format_money, format_number, format_percent, render
from maillon.method.cost.words import item_label
from maillon.method.plan.sourcing.words import say_status
from maillon.reference.places import country_name
from maillon.reference.register.manifest import INVENTED_NOTICE
from maillon.report.charts.waterfall import draw_waterfall, waterfall_rows
from maillon.report.figure import Figure
from maillon.report.figures import brief, percent
from maillon.report.listing import Listing, say_all
from maillon.report.local import candidate_words

#: Parts that the page holds; the workbook holds them all.
MOST_COSTED = 8
_EURO = "EUR"
HEADS = (
    message("Part"),
    message("Today"),
    message("Spend a year"),
    message("Total cost a piece"),
    message("A local source may cost"),
    message("What weighs"),
    message("The plan"),
    message("To pay once"),
)


def cost_today(planned: PlannedSourcing) -> float:
    """Return what the planned parts cost in a year as they are bought today (EUR), stops of supply aside."""
    today = planned.problem.parts.select("part", "supplier")
    return float(planned.problem.offers.join(today, on=["part", "supplier"])["annual_cost"].sum())


def first_move(dossier: Dossier) -> tuple[LineCost, str] | None:
    """Return the dearest import that the plan gives to a maker, and the maker's name."""
    planned = dossier.planned
    if dossier.costs is None or planned is None or not planned.plan.found:
        return None
    for line in dossier.costs.lines:
        for siret, _ in _taken(line, planned):
            if line.comparison.break_even.mid > 0:
                return line, planned.makers[siret].name or siret
    return None


def list_costs(dossier: Dossier, language: str) -> Listing | None:
    """Return the dearest imports with their total cost, break-even and move; None where none is costed."""
    costs = dossier.costs
    if costs is None or not costs.lines:
        return None
    rows = tuple(tuple(_row(line, dossier, language)) for line in costs.lines[:MOST_COSTED])
    notes = [*_notes(dossier, costs), *plan_notes(dossier)]
    return Listing(
        render(_caption(costs), language),
        say_all(HEADS, language),
        rows,
        0,
        say_all(notes, language),
        max(len(costs.lines) - MOST_COSTED, 0) + costs.left_out,
    )


def _caption(costs: BomCosts) -> Message:
    above = sum(line.comparison.margin.mid > 0 for line in costs.lines)
    return plural_message(
        "The true cost of {n} import: a local source may be dearer and still pay for {above}",
        "The true cost of {n} imports: a local source may be dearer and still pay for {above}",
        n=len(costs.lines),
        above=above,
    )


def _row(line: LineCost, dossier: Dossier, language: str) -> Iterator[str]:
    total = line.comparison.imported.per_unit
    yield brief(line.designation, 60)
    yield ", ".join(filter(None, (brief(line.supplier or "", 40), country_name(line.country, language))))
    yield format_money(Money(line.spend, _EURO), language, 0)
    yield render(
        message(
            "{mid} ({low} to {high})",
            mid=_euros(total.mid),
            low=_euros(total.low),
            high=_euros(total.high),
        ),
        language,
    )
    yield _margin(line, language)
    yield ", ".join(render(item_label(code), language) for code in heaviest_items(line))
    yield move_words(line, dossier, language)
    once = one_off(line, dossier.planned)
    yield "" if once is None else format_money(Money(once, _EURO), language, 0)


def _euros(amount: float) -> Money:
    return Money(round(amount, 2 if abs(amount) < 100 else 0), _EURO)


def _margin(line: LineCost, language: str) -> str:
    """Return the break-even price and how far it lies from the import's, in words."""
    margin, even = line.comparison.margin.mid, line.comparison.break_even.mid
    if even <= 0:
        return render(message("no price pays back what a new maker costs once"), language)
    share = format_percent(abs(margin), language)
    said = (
        message("{share} more: up to {price}", share=share, price=_euros(even))
        if margin > 0
        else message("{share} less: up to {price}", share=share, price=_euros(even))
    )
    prices = line.comparison.break_even
    wide = message(
        "between {low} and {high} as the hypotheses fall",
        low=_euros(max(prices.low, 0)),
        high=_euros(prices.high),
    )
    return f"{render(said, language)} ({render(wide, language)})"


def heaviest_items(line: LineCost, most: int = 3) -> list[str]:
    """Return the codes of the items that separate both offers most; price and one-off costs aside."""
    steps = [step for step in line.comparison.steps if step.code not in {"price", "tooling", "prototype"}]
    apart = sorted(steps, key=lambda step: -step.gap)
    return [step.code for step in apart[:most] if step.gap > 0]


def move_words(line: LineCost, dossier: Dossier, language: str) -> str:
    """Return what the plan does with a part: it stays, or which share goes to which firm."""
    planned = dossier.planned
    if planned is None or not planned.plan.found:
        return render(message("no plan"), language)
    taken = _taken(line, planned)
    own = dossier.local.own if dossier.local else frozenset()
    if not taken:
        return render(message("stays"), language)
    return "; ".join(
        render(
            message(
                "{share} to {firm}",
                share=format_percent(share, language),
                firm=candidate_words(planned.makers[siret], own, language),
            ),
            language,
        )
        for siret, share in taken
    )


def _taken(line: LineCost, planned: PlannedSourcing) -> list[tuple[str, float]]:
    """Return the makers that the plan gives a share of the part to, and the share."""
    own = planned.plan.shares.filter(pl.col("part") == str(line.line))
    return [
        (supplier, share)
        for supplier, share in own.select("supplier", "share").iter_rows()
        if supplier in planned.makers
    ]


def one_off(line: LineCost, planned: PlannedSourcing | None) -> float | None:
    """Return what the plan pays once for the part (EUR), visits of suppliers aside; None where it stays."""
    if planned is None or not planned.plan.found:
        return None
    makers = [siret for siret, _ in _taken(line, planned)]
    if not makers:
        return None
    asked = planned.problem.offers.filter(pl.col("part") == str(line.line), pl.col("supplier").is_in(makers))
    return float(asked["qualification_cost"].sum())


def plan_notes(dossier: Dossier) -> list[Message]:
    """Return the plan in sentences: verdict, costs, share, risk, and what it assumed."""
    planned = dossier.planned
    if planned is None:
        return [message("No sourcing plan: it needs priced imports and makers found in a register.")]
    plan = planned.plan
    told: list[Message] = [say_status(plan.status, plan.gap)]
    if plan.found:
        moved = plan.moves["part"].n_unique()
        told += [
            plural_message(
                "The plan moves {n} part, for {once} to pay once; all in all {cost} a year, {today} today.",
                "The plan moves {n} parts, for {once} to pay once; all in all {cost} a year, {today} today.",
                n=moved,
                once=_euros(plan.one_off),
                cost=_euros(plan.objective),
                today=_euros(cost_today(planned)),
            ),
            message(
                "Of the spend on these parts {share} would be French; "
                "a bad year (one in twenty) would cost {risk}.",
                share=percent(plan.local_share),
                risk=_euros(plan.cvar),
            ),
        ]
    elif planned.rules.budget is not None:
        told.append(message("A critical part asks for a second source, which costs something once."))
    return told


def _notes(dossier: Dossier, costs: BomCosts) -> Iterator[Message]:
    """Yield what the costs rest on: nothing that is a guess may look like a fact."""
    if dossier.local is not None and dossier.local.invented:
        yield INVENTED_NOTICE
    if costs.products_assumed and costs.products_per_year is not None:
        yield message(
            "Hypothesis: {n} products a year; nobody told how many (--per-year).",
            n=round(costs.products_per_year),
        )
    yield message(
        "Total cost = paid and tied up (price, freight, duty, stock…) plus expected losses and strategy, "
        "which are never booked; the range takes every factor at its best, then at its worst."
    )
    ratios = [line.local_price for line in costs.lines]
    yield message(
        "Hypothesis of {date}, for want of quotations: a French maker asks {low} to {high} times the import "
        "price; months of qualification and notice are assumed too. Ask before you move.",
        date=max(ratio.date for ratio in ratios),
        low=min(ratio.low for ratio in ratios),
        high=max(ratio.high for ratio in ratios),
    )


def draw_dearest(dossier: Dossier, language: str) -> Figure | None:
    """Return how the dearest import's total builds up, beside a local source at the same price."""
    costs = dossier.costs
    if costs is None or not costs.lines:
        return None
    line = costs.lines[0]
    rows = waterfall_rows(line.comparison, language)
    caption = message(
        "{part}: from the quoted price to the total cost, import beside local at the same price",
        part=brief(line.designation, 60),
    )
    return Figure(
        render(caption, language),
        render(message("EUR a piece, middle of each range"), language),
        draw_waterfall(line.comparison, language),
        say_all((message("Item"), message("Import"), message("Local")), language),
        tuple((row.label, *(format_number(rise.mid, language, 2) for rise in row.rises)) for row in rows),
    )
