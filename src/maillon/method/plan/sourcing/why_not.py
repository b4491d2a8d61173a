"""Why a supplier is not in the plan: what taking it would cost and use up, which price lets it in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.core.reason import Reason
from maillon.method.plan.sourcing.arrays import Flags, Floats, SourcingArrays, sorted_offers, sourcing_arrays
from maillon.method.plan.sourcing.model import sourcing_model
from maillon.method.plan.sourcing.problem import SourcingProblem
from maillon.method.plan.sourcing.result import SourcingPlan
from maillon.method.plan.sourcing.rules import PlanRules
from maillon.solve import Solution, Status, solve
from maillon.solve.blocks import NamedModel
from maillon.solve.model import LinearModel

#: Up to this many offers the whole plan is made again; beyond, what lies near the one at hand.
_WHOLE = 400
#: Parts that may change beside those of the supplier, on a large plan.
_NEAR = 24
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What taking a supplier (for a part, or for any) would change.

    ``cost`` is €/yr above the plan at hand, NaN where no plan was found; it is at least ``least_cost``, which
    is proved. ``price_cut`` is the share by which its yearly costs must fall to enter (NaN unknown), and
    ``proven`` says that both are exact. ``shares`` are the parts it would have.
    """

    supplier: str
    part: str | None
    cost: float
    least_cost: float
    price_cut: float
    proven: bool
    shares: tuple[tuple[str, float], ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Forced:
    """The model in which the supplier is taken, and the offers that are his."""

    arrays: SourcingArrays
    named: NamedModel
    linear: LinearModel
    asked: Flags
    whole: bool


def explain_absence(
    problem: SourcingProblem,
    rules: PlanRules,
    plan: SourcingPlan,
    supplier: str,
    part: str | None = None,
    *,
    time_limit: float = 5.0,
) -> WhyNot:
    """Return why ``plan`` does not take ``supplier`` (for ``part``, or for any part it offers).

    Forces y = 1 for one of its offers (methods-optimisation §3) and plans again: all of a small plan, what
    lies near the plan at hand on a large one, whose bound is then only that of the plan. The price cut is the
    least ratio of extra cost to what would be bought there, found by Dinkelbach's method (Management Science
    13, 1967). Raises ``InvalidRequest`` for a supplier that makes no such offer, or a plan that is empty.
    """
    started = time.perf_counter()
    arrays, offers = sourcing_arrays(problem, rules), sorted_offers(problem)
    asked = (offers["supplier"] == supplier).to_numpy() & ~arrays.forbidden
    if part is not None:
        asked &= (offers["part"] == part).to_numpy()
    if not asked.any() or not plan.found:
        raise InvalidRequest(
            message("{supplier} makes no offer that the plan could take.", supplier=supplier),
            message("Check the name, and that the part is one it offers and no rule forbids."),
        )
    held = {
        (name, firm): share
        for name, firm, share in plan.shares.select("part", "supplier", "share").iter_rows()
    }
    pairs = list(zip(offers["part"], offers["supplier"], strict=True))
    taken = [pair for pair, mine in zip(pairs, asked, strict=True) if mine and pair in held]
    if taken:
        shares = tuple((pair[0], held[pair]) for pair in taken)
        return WhyNot(supplier, part, 0.0, 0.0, 0.0, True, shares, (Reason("in_plan"),))
    share, used = (np.array([float(held.get(pair, nothing)) for pair in pairs]) for nothing in (0.0, -1.0))
    forced = _forced(arrays, rules, asked, (share, used >= 0))
    found = solve(forced.linear, time_limit=time_limit * 0.5, target_gap=1e-6)
    # What comes after the last solve takes its time too.
    left = 0.8 * time_limit - (time.perf_counter() - started)
    cut, cut_proven = _price_cut(forced, found, plan, left)
    return _answer((supplier, part), problem, rules, plan, (forced, found, cut, cut_proven))


def _forced(arrays: SourcingArrays, rules: PlanRules, asked: Flags, at_hand: tuple[Floats, Flags]) -> _Forced:
    named = sourcing_model(arrays, rules)
    linear, whole = named.linear, len(arrays.part) <= _WHOLE
    if not whole:
        linear = _near(named, arrays, asked, at_hand, rules.amortisation_years)
    columns = (np.flatnonzero(asked) + named.columns["used"].start).astype(np.int32)
    return _Forced(arrays, named, _with_row(linear, columns), asked, whole)


def _with_row(linear: LinearModel, columns: np.ndarray) -> LinearModel:
    """Add the row: one at least of these columns is taken."""
    return replace(
        linear,
        start=np.append(linear.start, linear.start[-1] + len(columns)).astype(np.int32),
        index=np.concatenate([linear.index, columns]).astype(np.int32),
        value=np.concatenate([linear.value, np.ones(len(columns))]),
        row_lower=np.append(linear.row_lower, 1.0),
        row_upper=np.append(linear.row_upper, np.inf),
    )


def _near(
    named: NamedModel, arrays: SourcingArrays, asked: Flags, at_hand: tuple[Floats, Flags], years: float
) -> LinearModel:
    """Fix all that is far from the question as the plan has it."""
    share, used = at_hand
    free_part = np.bincount(arrays.part, asked, arrays.parts) > 0
    yearly = arrays.cost + arrays.setup / years
    paid = np.bincount(arrays.part, yearly * share, arrays.parts)
    other = np.full(arrays.parts, np.inf)
    np.minimum.at(other, arrays.part, np.where(used, np.inf, yearly))
    free_part[np.argsort(other - paid)[:_NEAR]] = True
    free = free_part[arrays.part]
    lower, upper = named.linear.lower.copy(), named.linear.upper.copy()
    for block, value in (("share", share), ("used", used.astype(np.float64))):
        at = named.columns[block].at
        lower[at] = np.where(free, lower[at], value)
        upper[at] = np.where(free, upper[at], value)
    return replace(named.linear, lower=lower, upper=upper)


def _price_cut(forced: _Forced, found: Solution, plan: SourcingPlan, seconds: float) -> tuple[float, bool]:
    """Return the least share by which the asked yearly costs must fall, and whether it is exact."""
    shares, cut, end = forced.named.columns["share"].at, np.nan, time.perf_counter() + seconds
    base = plan.objective
    for _ in range(_ROUNDS):
        if not found.values.size:
            return cut, False
        paid = float((forced.arrays.cost * found.values[shares])[forced.asked].sum())
        own = float(forced.linear.cost @ found.values)
        if paid <= 0:
            return cut, False
        ratio = max((own - base) / paid, 0.0)
        if np.isfinite(cut) and ratio >= cut * (1 - 1e-6) - 1e-9:
            return min(cut, ratio), forced.whole and found.status is Status.OPTIMAL
        cut = ratio
        left = end - time.perf_counter()
        if left < 0.3:
            return cut, False
        cost = forced.linear.cost.copy()
        cost[shares] = np.where(forced.asked, cost[shares] * (1 - cut), cost[shares])
        found = solve(replace(forced.linear, cost=cost), time_limit=left, target_gap=1e-7)
    return cut, False


def _answer(
    who: tuple[str, str | None],
    problem: SourcingProblem,
    rules: PlanRules,
    plan: SourcingPlan,
    outcome: tuple[_Forced, Solution, float, bool],
) -> WhyNot:
    forced, found, cut, cut_proven = outcome
    exact = forced.whole and found.status is Status.OPTIMAL and plan.status is Status.OPTIMAL
    bound = max(plan.bound, found.bound) if forced.whole and found.bound == found.bound else plan.bound
    least = bound - plan.objective
    if not found.values.size:
        impossible = forced.whole and found.status is Status.INFEASIBLE
        reason = Reason("forced_impossible" if impossible else "forced_unknown")
        return WhyNot(*who, float("nan"), least, float("nan"), impossible, (), (reason,))
    cost = found.objective - plan.objective
    names = sorted_offers(problem)["part"]
    share = found.values[forced.named.columns["share"].at]
    given = tuple((names[int(at)], float(share[at])) for at in np.flatnonzero(forced.asked & (share > 1e-6)))
    reasons = (*_cost_reasons(cost, least, exact=exact), *_cut_reasons(cut, exact=exact and cut_proven))
    binding = tuple(_newly_binding(forced, found, problem, rules, plan))
    return WhyNot(*who, cost, least, cut, exact and cut_proven, given, (*reasons, *binding))


def _cost_reasons(cost: float, least: float, *, exact: bool) -> Iterator[Reason]:
    if cost < -0.005:
        yield Reason("forced_saves", cost, {"amount": round(-cost, 2)})
    elif exact:
        yield Reason("forced_cost", cost, {"amount": round(cost, 2)})
    elif least <= 0:
        yield Reason("forced_cost_below", cost, {"amount": round(cost, 2)})
    else:
        yield Reason("forced_cost_at_most", cost, {"amount": round(cost, 2), "low": round(least, 2)})


def _cut_reasons(cut: float, *, exact: bool) -> Iterator[Reason]:
    if 0 < cut < 1:
        percent = np.ceil(1000 * cut).item() / 10
        yield Reason("price_cut" if exact else "price_cut_at_most", 0.0, {"percent": percent})


def _newly_binding(
    forced: _Forced, found: Solution, problem: SourcingProblem, rules: PlanRules, plan: SourcingPlan
) -> Iterator[Reason]:
    """Yield the rules that are at their limit once the supplier is taken, and were not before."""
    arrays = forced.arrays
    share, used, opened = (
        found.values[forced.named.columns[name].at] for name in ("share", "used", "opened")
    )
    once = float(arrays.setup @ used + arrays.opening @ opened)
    local = float(arrays.local @ share) / max(float(arrays.weight.sum()), 1e-12)
    for code, limit, before, after in (
        ("binding_budget", rules.budget, plan.one_off, once),
        ("binding_co2", rules.co2_cap, plan.co2, float(arrays.co2 @ share)),
        ("binding_local", rules.local_target, plan.local_share, local),
    ):
        if limit is not None and _at(after, limit) and not _at(before, limit):
            yield Reason(code)
    bought = np.bincount(arrays.supplier, arrays.spend * share, arrays.suppliers)
    limits = problem.suppliers["capacity"].to_list()
    earlier = dict(zip(plan.opened["supplier"], plan.opened["exposure"], strict=True))
    for at, name in enumerate(problem.suppliers["supplier"]):
        full = limits[at] is not None and _at(float(bought[at]), limits[at])
        if full and not _at(earlier.get(name, 0.0), limits[at]):
            yield Reason("binding_capacity", 0.0, {"supplier": problem.suppliers["label"][at]})


def _at(figure: float, limit: float) -> bool:
    return abs(figure - limit) <= 1e-4 * max(abs(limit), 1e-6)
