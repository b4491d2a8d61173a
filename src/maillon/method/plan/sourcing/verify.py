"""An independent look at a sourcing plan: every rule again, row by row, from the inputs alone.

Shares no code with the model or the pricing of plans.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from maillon.method.plan.sourcing.problem import SourcingProblem
from maillon.method.plan.sourcing.result import SourcingPlan
from maillon.method.plan.sourcing.rules import PlanRules

#: How far a figure may be from its limit, relative to the limit: the arithmetic of solvers.
TOLERANCE = 1e-5
#: The codes of a figure of the whole plan that misses what is asked of it.
MISSED_TARGETS = frozenset({"over_budget", "over_co2_cap", "under_local_target", "over_risk_cap"})
Row = dict[str, Any]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that a plan breaks: its ``code``, whom it concerns, the figure ``found`` and its ``limit``."""

    code: str
    about: str
    found: float
    limit: float


@dataclass(frozen=True, slots=True)
class _Case:
    """The inputs by key, and the plan's shares."""

    rules: PlanRules
    parts: dict[str, Row]
    offers: dict[Pair, Row]
    suppliers: dict[str, Row]
    shares: dict[Pair, float]

    def bought(self) -> dict[str, float]:
        """Return € a year by supplier."""
        total: dict[str, float] = defaultdict(float)
        for (part, supplier), share in self.shares.items():
            total[supplier] += share * self.parts[part]["spend"]
        return total

    def bounds(self, pair: Pair) -> tuple[float, float]:
        """Return the least and the largest share of an offer."""
        offer, part = self.offers[pair], self.parts[pair[0]]
        most = 1.0 if offer["most_share"] is None else offer["most_share"]
        if part["critical"]:
            most = min(most, self.rules.critical_most_share)
        return max(offer["least_share"] or 0.0, self.rules.least_share), most


def verify_plan(problem: SourcingProblem, rules: PlanRules, plan: SourcingPlan) -> tuple[Violation, ...]:
    """Return what a plan breaks, empty when it holds; a plan without shares breaks ``no_plan``.

    >>> from maillon.method.plan.sourcing import plan_sourcing, sourcing_problem
    >>> problem = sourcing_problem({"part": ["P"], "spend": [100.0]},
    ...     {"part": ["P"], "supplier": ["S"], "annual_cost": [90.0], "qualification_cost": [6.0]},
    ...     {"supplier": ["S"], "opening_cost": [0.0]})
    >>> plan = plan_sourcing(problem, PlanRules())
    >>> verify_plan(problem, PlanRules(), plan)
    ()
    >>> verify_plan(problem, PlanRules(budget=5.0), plan)
    (Violation(code='over_budget', about='', found=6.0, limit=5.0),)
    """
    if not plan.found:
        return (Violation("no_plan", "", 0.0, 0.0),)
    pairs = list(zip(plan.shares["part"], plan.shares["supplier"], strict=True))
    case = _Case(
        rules,
        {row["part"]: row for row in problem.parts.iter_rows(named=True)},
        {(row["part"], row["supplier"]): row for row in problem.offers.iter_rows(named=True)},
        {row["supplier"]: row for row in problem.suppliers.iter_rows(named=True)},
        dict(zip(pairs, plan.shares["share"], strict=True)),
    )
    strange = [*(pair for pair in case.shares if pair not in case.offers)]
    strange += [pair for pair, times in Counter(pairs).items() if times > 1]
    if strange:
        return tuple(Violation("unknown_or_repeated_offer", " / ".join(pair), 0.0, 0.0) for pair in strange)
    return (
        *_wrong_parts(case),
        *_wrong_offers(case),
        *_wrong_suppliers(case, plan),
        *_wrong_totals(case, problem, plan),
    )


def _over(code: str, about: str, found: float, limit: float) -> Iterator[Violation]:
    if not found <= limit + TOLERANCE * max(abs(limit), 1.0):
        yield Violation(code, about, found, limit)


def _under(code: str, about: str, found: float, limit: float) -> Iterator[Violation]:
    if not found >= limit - TOLERANCE * max(abs(limit), 1.0):
        yield Violation(code, about, found, limit)


def _wrong_parts(case: _Case) -> Iterator[Violation]:
    total: dict[str, float] = defaultdict(float)
    sources: Counter[str] = Counter()
    for (part, _), share in case.shares.items():
        total[part] += share
        sources[part] += 1
    for name, row in case.parts.items():
        yield from _under("part_not_covered", name, total[name], 1.0)
        yield from _over("part_over_covered", name, total[name], 1.0)
        least = case.rules.critical_sources if row["critical"] else 1
        yield from _under("too_few_sources", name, sources[name], least)
        yield from _over("too_many_sources", name, sources[name], case.rules.most_sources)


def _wrong_offers(case: _Case) -> Iterator[Violation]:
    for pair, share in case.shares.items():
        least, most = case.bounds(pair)
        yield from _under("share_too_small", " / ".join(pair), share, least)
        yield from _over("share_too_large", " / ".join(pair), share, most)
        if pair in case.rules.forbidden:
            yield Violation("forbidden_offer", " / ".join(pair), share, 0.0)
    for pair in case.rules.forced:
        if pair not in case.shares:
            yield Violation("forced_offer_missing", " / ".join(pair), 0.0, case.rules.least_share)


def _wrong_suppliers(case: _Case, plan: SourcingPlan) -> Iterator[Violation]:
    used, said = {supplier for _, supplier in case.shares}, set(plan.opened["supplier"])
    for name in sorted(used ^ said):
        yield Violation("opened_wrongly", name, float(name in said), float(name in used))
    for name, amount in case.bought().items():
        if (capacity := case.suppliers[name]["capacity"]) is not None:
            yield from _over("over_capacity", name, amount, capacity)


def _wrong_totals(case: _Case, problem: SourcingProblem, plan: SourcingPlan) -> Iterator[Violation]:
    rules = case.rules
    once = sum(case.offers[pair]["qualification_cost"] for pair in case.shares)
    once += sum(case.suppliers[name]["opening_cost"] for name in {name for _, name in case.shares})
    cvar = _cvar(case, problem)
    if rules.budget is not None:
        yield from _over("over_budget", "", once, rules.budget)
    if rules.co2_cap is not None:
        yield from _over("over_co2_cap", "", _summed(case, "co2", float("nan")), rules.co2_cap)
    if rules.local_target is not None:
        yield from _under("under_local_target", "", _local(case), rules.local_target)
    if rules.risk_cap is not None:
        yield from _over("over_risk_cap", "", cvar, rules.risk_cap)
    paid = _summed(case, "annual_cost", float("nan")) + _below_ideal(case)
    objective = paid + once / rules.amortisation_years + rules.risk_weight * cvar
    for code, said, found in (
        ("objective_wrong", plan.objective, objective),
        ("one_off_wrong", plan.one_off, once),
        ("cvar_wrong", plan.cvar, cvar),
    ):
        if not abs(said - found) <= TOLERANCE * max(abs(found), 1.0):
            yield Violation(code, "", said, found)
    if plan.bound > objective + TOLERANCE * max(abs(objective), 1.0):
        yield Violation("bound_above_objective", "", plan.bound, objective)


def _summed(case: _Case, column: str, unknown: float) -> float:
    figures = ((case.offers[pair][column], share) for pair, share in case.shares.items() if share > 0)
    return float(sum((unknown if figure is None else figure) * share for figure, share in figures))


def _local(case: _Case) -> float:
    weight = sum(part["local_weight"] for part in case.parts.values())
    local = sum(
        (case.offers[pair]["local_value"] or 0.0) * share * case.parts[pair[0]]["local_weight"]
        for pair, share in case.shares.items()
    )
    return float(local / weight) if weight else 1.0


def _below_ideal(case: _Case) -> float:
    total = 0.0
    for pair, share in case.shares.items():
        offer, (least, most) = case.offers[pair], case.bounds(pair)
        capacity, spend = case.suppliers[pair[1]]["capacity"], case.parts[pair[0]]["spend"]
        if capacity is not None and spend > 0:
            most = min(most, capacity / spend)
        ideal = min(offer["ideal_share"] or 0.0, most)
        if ideal > least:
            total += (offer["below_ideal_cost"] or 0.0) * max(ideal - share, 0.0)
    return total


def _cvar(case: _Case, problem: SourcingProblem) -> float:
    """Return min over eta of eta + E[(loss - eta)+]/(1 - confidence); it lies at a loss or at 0."""
    bought = case.bought()
    loss: dict[str, float] = dict.fromkeys(problem.scenarios["scenario"], 0.0)
    for hit in problem.losses.iter_rows(named=True):
        amount = bought.get(hit["supplier"], 0.0)
        loss[hit["scenario"]] += case.rules.loss_per_euro * hit["lost_share"] * amount
    chance = dict(zip(problem.scenarios["scenario"], problem.scenarios["probability"], strict=True))
    tail = 1 - case.rules.confidence
    return float(
        min(
            eta + sum(chance[name] * max(each - eta, 0.0) for name, each in loss.items()) / tail
            for eta in {0.0, *loss.values()}
        )
    )
