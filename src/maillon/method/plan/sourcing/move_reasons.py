"""Why each part moves: what changes in cost, risk, CO2 and local content, as reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from maillon.core.reason import Reason
from maillon.method.plan.sourcing.problem import SourcingProblem
from maillon.method.plan.sourcing.result import SourcingPlan
from maillon.method.plan.sourcing.rules import PlanRules

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PartMove:
    """One part that moves: where from, shares by supplier after, € saved a year, € once, and why.

    ``saving`` (€/yr, one-off costs apart) and ``co2_cut`` (kg/yr) are None where today's offer is unknown.
    ``risk_cut`` (€/yr, weighed) is at the margin of the plan. ``one_off`` (€) is what qualifying costs.
    """

    part: str
    label: str
    today: str | None
    shares: Mapping[str, float]
    saving: float | None
    one_off: float
    risk_cut: float
    co2_cut: float | None
    local_gain: float | None
    reasons: tuple[Reason, ...]


def explain_moves(problem: SourcingProblem, rules: PlanRules, plan: SourcingPlan) -> tuple[PartMove, ...]:
    """Return the parts that move, the largest saving first."""
    offers = {(row["part"], row["supplier"]): row for row in problem.offers.iter_rows(named=True)}
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for part, supplier, share in plan.shares.select("part", "supplier", "share").iter_rows():
        shares[part][supplier] = share
    moved, rate = set(plan.moves["part"]), risk_rates(problem, rules, plan)
    made = [
        _explained(row, shares[row["part"]], offers, rate, rules)
        for row in problem.parts.iter_rows(named=True)
        if row["part"] in moved
    ]
    return tuple(sorted(made, key=lambda move: -(move.saving or 0.0)))


def risk_rates(problem: SourcingProblem, rules: PlanRules, plan: SourcingPlan) -> dict[str, float]:
    """Return what one more € bought from each supplier adds to the weighed CVaR, at the plan at hand."""
    left, weight = 1 - rules.confidence, {}
    for name, chance, _ in plan.losses.sort("loss", descending=True).iter_rows():
        weight[name] = min(chance, max(left, 0.0)) / (1 - rules.confidence)
        left -= chance
    rate: dict[str, float] = defaultdict(float)
    for hit in problem.losses.iter_rows(named=True):
        rate[hit["supplier"]] += (
            rules.risk_weight * rules.loss_per_euro * hit["lost_share"] * weight[hit["scenario"]]
        )
    return rate


def _explained(
    part: Row,
    shares: dict[str, float],
    offers: dict[tuple[str, str], Row],
    rate: Mapping[str, float],
    rules: PlanRules,
) -> PartMove:
    after = [(offers[part["part"], name], share) for name, share in shares.items()]
    before = offers.get((part["part"], part["supplier"]))
    saving, co2, local = (_change(before, after, name) for name in ("annual_cost", "co2", "local_value"))
    risk = sum(rate.get(name, 0.0) * share for name, share in shares.items())
    today = rate.get(part["supplier"], 0.0) if before is not None else risk
    one_off = sum(offer["qualification_cost"] for offer, _ in after)
    move = PartMove(
        part["part"], part["label"], part["supplier"], shares, saving, one_off,
        (today - risk) * part["spend"], co2, None if local is None else -local, (),
    )  # fmt: skip
    reasons = tuple(sorted(_reasons(move, part, rules), key=lambda reason: -reason.weight))
    return PartMove(**{name: getattr(move, name) for name in move.__slots__[:-1]}, reasons=reasons)


def _change(before: Row | None, after: list[tuple[Row, float]], column: str) -> float | None:
    """Return today's figure less that of the plan; None where one of them is not known."""
    figures = [(offer[column], share) for offer, share in after]
    if before is None or before[column] is None or any(figure is None for figure, _ in figures):
        return None
    return float(before[column] - sum(figure * share for figure, share in figures))


def _reasons(move: PartMove, part: Row, rules: PlanRules) -> Iterator[Reason]:
    """Yield reasons weighed in €/yr where they are money; rules weigh nothing, and follow."""
    if move.today is None or move.saving is None:
        yield Reason("new_part", 0.0)
    elif abs(move.saving) >= 0.5:
        yield Reason(
            "cheaper" if move.saving > 0 else "dearer", move.saving, {"amount": round(abs(move.saving), 2)}
        )
    if abs(move.risk_cut) >= 0.5:
        code = "less_risk" if move.risk_cut > 0 else "more_risk"
        yield Reason(code, move.risk_cut, {"amount": round(abs(move.risk_cut), 2)})
    if move.co2_cut is not None and abs(move.co2_cut) >= 0.5:
        code = "less_co2" if move.co2_cut > 0 else "more_co2"
        yield Reason(code, 0.0, {"kg": round(abs(move.co2_cut), 1), "asked": rules.co2_cap is not None})
    if move.local_gain is not None and abs(move.local_gain) >= 0.005:
        yield Reason(
            "more_local" if move.local_gain > 0 else "less_local",
            0.0,
            {"points": round(100 * abs(move.local_gain), 1)},
        )
    if part["critical"] and len(move.shares) > 1:
        yield Reason("second_source", 0.0, {"sources": len(move.shares)})
    if move.one_off > 0:
        yield Reason("one_off", -move.one_off / rules.amortisation_years, {"amount": round(move.one_off, 2)})
