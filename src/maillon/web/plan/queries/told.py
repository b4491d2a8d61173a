"""A plan as its page tells it: to who may see prices with amounts, to others in shares and words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from maillon.core.message import Message
from maillon.web.plan.models import PlanScenario

#: What a reason with an amount says to who may not see prices.
_WITHOUT_AMOUNT = {
    "cheaper": lambda: _("It costs less a year."),
    "dearer": lambda: _("It costs more a year; a rule or another part needs it."),
    "less_risk": lambda: _("The weighed risk falls."),
    "more_risk": lambda: _("The weighed risk rises."),
    "one_off": lambda: _("Qualifying costs something once."),
    "forced_cost": lambda: _("Taking it would cost more a year."),
    "forced_cost_at_most": lambda: _("Taking it would cost more a year."),
    "forced_cost_below": lambda: _("Taking it would cost more a year at most."),
    "forced_saves": lambda: _("Taking it would cost less: the plan at hand was not the cheapest."),
    "budget_buys": lambda: _("With more to pay once, the plan would cost less a year."),
    "budget_buys_about": lambda: _("With more to pay once, a plan found costs less a year; not proven."),
    "conflict_budget": lambda: _("the budget"),
    "conflict_risk_cap": lambda: _("the limit of risk"),
    "relax_budget": lambda: _("With all other rules kept, the budget must be larger."),
    "relax_risk_cap": lambda: _("With all other rules kept, the limit of risk must be larger."),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """Who delivers which share of a part after the move."""

    supplier: str
    name: str
    share: float
    maker: bool


@dataclass(frozen=True, slots=True)
class MoveTold:
    """One part that moves, in the quarter in which it starts."""

    part: str
    label: str
    today: str
    taken: tuple[Taken, ...]
    start: int | None
    effective: int | None
    notice: float | None
    qualification: float
    saving: float | None
    one_off: float
    reasons: tuple[Message | str, ...]


@dataclass(frozen=True, slots=True)
class PlanTold:
    """What a page shows of an outcome, or of one of its trade-offs."""

    status: Message
    found: bool
    cost: float | None
    cost_today: float
    cost_share: float | None
    local_share: float | None
    local_today: float
    one_off: float | None
    cvar: float | None
    co2: float | None
    bound: float | None
    gap: float | None
    saving: float | None
    quarters: tuple[tuple[int | None, tuple[MoveTold, ...]], ...]
    dependent: tuple[Message | str, ...]
    budget: Message | str | None
    conflict: tuple[Message | str, ...]
    relaxations: tuple[Message | str, ...]

    @property
    def moved(self) -> int:
        """How many parts move."""
        return sum(len(moves) for _quarter, moves in self.quarters)


def tell_outcome(scenario: PlanScenario, *, prices: bool, names: bool, point: int | None = None) -> PlanTold:
    """Return the outcome of a scenario, or of its trade-off ``point``, for one reader."""
    from maillon.method.plan.sourcing.words import say_status  # noqa: PLC0415 - loads with the plan it tells
    from maillon.solve import Status  # noqa: PLC0415 - as above

    outcome = scenario.outcome
    held = outcome if point is None else outcome["frontier"][point]
    plan, today = held["plan"], outcome["today"]
    cost = plan["objective"]
    gap = held["gap"]
    return PlanTold(
        status=say_status(Status(plan["status"]), float("nan") if gap is None else gap),
        found=bool(plan["shares"]["part"]),
        cost=cost,
        cost_today=today["cost"],
        cost_share=cost / today["cost"] if cost is not None and today["cost"] else None,
        local_share=plan["local_share"],
        local_today=today["local_share"],
        one_off=plan["one_off"],
        cvar=plan["cvar"],
        co2=plan["co2"],
        bound=plan["bound"],
        gap=gap,
        saving=_saving(held),
        quarters=_quarters(scenario, held.get("moves", []), prices=prices, names=names),
        dependent=_sentences(held.get("dependent", []), prices=prices),
        budget=next(iter(_sentences([held["budget"]], prices=prices)), None) if held.get("budget") else None,
        conflict=_sentences(held.get("conflict", []), prices=prices),
        relaxations=_sentences(held.get("relaxations", []), prices=prices),
    )


def say_summary(scenario: PlanScenario) -> Message | None:
    """Return the verdict of a scenario of a list; None while there is none."""
    from maillon.method.plan.sourcing.words import say_status  # noqa: PLC0415 - as above
    from maillon.solve import Status  # noqa: PLC0415 - as above

    kept = scenario.summary
    if not kept:
        return None
    return say_status(Status(kept["status"]), float("nan") if kept["gap"] is None else kept["gap"])


def _saving(held: dict[str, Any]) -> float | None:
    """Return what the moves save a year, one-off costs apart; None where one of them is unknown."""
    savings = [move["saving"] for move in held.get("moves", [])]
    return None if None in savings else sum(savings)


def _sentences(reasons: Iterable[dict[str, Any]], *, prices: bool) -> tuple[Message | str, ...]:
    from maillon.core.reason import Reason  # noqa: PLC0415 - as above
    from maillon.method.plan.sourcing.words import say_reason  # noqa: PLC0415 - as above

    return tuple(
        _WITHOUT_AMOUNT[one["code"]]()
        if not prices and one["code"] in _WITHOUT_AMOUNT
        else say_reason(Reason(one["code"], one["weight"] or 0.0, one["params"]))
        for one in reasons
    )


def _quarters(
    scenario: PlanScenario, moves: list[dict[str, Any]], *, prices: bool, names: bool
) -> tuple[tuple[int | None, tuple[MoveTold, ...]], ...]:
    told: dict[int | None, list[MoveTold]] = {}
    for move in moves:
        told.setdefault(move["start"], []).append(_move(scenario, move, prices=prices, names=names))
    ordered = sorted(told, key=lambda quarter: (quarter is None, quarter))
    return tuple((quarter, tuple(told[quarter])) for quarter in ordered)


def _move(scenario: PlanScenario, move: dict[str, Any], *, prices: bool, names: bool) -> MoveTold:
    suppliers = scenario.problem["names"]
    return MoveTold(
        part=move["part"],
        label=part_label(scenario, move["part"], names=names),
        today=supplier_label(suppliers, move["today"], names=names) if move["today"] else "",
        taken=tuple(
            Taken(name, supplier_label(suppliers, name, names=names), share, suppliers[name]["maker"])
            for name, share in sorted(move["shares"].items(), key=lambda pair: -pair[1])
        ),
        start=move["start"],
        effective=move["effective"],
        notice=move["notice"],
        qualification=move["qualification"],
        saving=move["saving"],
        one_off=move["one_off"],
        reasons=_sentences(
            (one for one in move["reasons"] if names or "supplier" not in one["params"]), prices=prices
        ),
    )


def part_label(scenario: PlanScenario, part: str, *, names: bool) -> str:
    """Return what a part is called; its number alone to who may not see lines."""
    parts = scenario.problem["parts"]
    label = parts["label"][parts["part"].index(part)]
    return label if names and label else _("Line %(n)s") % {"n": part}


def supplier_label(suppliers: dict[str, dict[str, Any]], supplier: str, *, names: bool) -> str:
    """Return a supplier's name; today's suppliers are the firm's data, makers found are public."""
    known = suppliers[supplier]
    return known["name"] if names or known["maker"] else _("today's supplier")


@dataclass(frozen=True, slots=True)
class AnswerTold:
    """One question and its answer in sentences; none while it is searched."""

    part: str
    supplier: str
    sentences: tuple[Message | str, ...]
    found: bool


def tell_answers(scenario: PlanScenario, *, prices: bool, names: bool) -> list[AnswerTold]:
    """Return the questions asked of a scenario, newest first."""
    suppliers = scenario.problem.get("names", {})
    return [
        AnswerTold(
            part_label(scenario, question.part, names=names),
            supplier_label(suppliers, question.supplier, names=names),
            _sentences((question.answer or {}).get("reasons", []), prices=prices),
            question.answer is not None,
        )
        for question in scenario.questions.all()
    ]


def offers_left(scenario: PlanScenario, *, names: bool) -> list[tuple[str, str]]:
    """Return the offers that the plan does not take, as choices of a form."""
    offers, suppliers = scenario.problem["offers"], scenario.problem["names"]
    shares = scenario.outcome["plan"]["shares"]
    taken = set(zip(shares["part"], shares["supplier"], strict=True))
    return [
        (
            f"{part}|{supplier}",
            f"{part_label(scenario, part, names=names)} – {supplier_label(suppliers, supplier, names=names)}",
        )
        for part, supplier in zip(offers["part"], offers["supplier"], strict=True)
        if (part, supplier) not in taken
    ]
