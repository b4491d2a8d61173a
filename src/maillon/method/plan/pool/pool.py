"""Pooling: which lines become viable together, who joins, what each pays, what happens if one leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from maillon.method.plan.pool.arrays import PoolArrays, pool_arrays
from maillon.method.plan.pool.location.problem import Flags, Floats
from maillon.method.plan.pool.model import pool_model
from maillon.method.plan.pool.needs import PoolGroup, PoolLine, PoolNeed, PoolRules, group_needs
from maillon.method.plan.pool.outcomes import departures, line_outcomes, member_outcomes, pool_reasons
from maillon.method.plan.pool.result import PoolPlan
from maillon.method.plan.pool.sharing import Shares, fair_shares, leave_one_by_one, shapley_shares
from maillon.method.plan.pool.sharing.coalitions import without
from maillon.method.plan.pool.verify import verify_pool
from maillon.solve import Solution, solve

#: A share of a need below which it is the rounding of the solver.
CRUMB = 1e-7
ShareBy = Literal["core", "shapley"]


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """How long to search, in which way, and whom to ask or tell meanwhile."""

    time_limit: float = 60.0
    share_by: ShareBy = "core"
    seed: int = 0
    on_progress: Callable[[Solution], None] | None = None
    cancel: Callable[[], bool] | None = None


def pool_needs(
    needs: Sequence[PoolNeed],
    lines: Sequence[PoolLine],
    rules: PoolRules | None = None,
    search: Search | None = None,
) -> tuple[PoolPlan, ...]:
    """Return the best pool of each group of needs, with fair shares, departures and what is missing.

    The result is the chamber's: show members and the public only a view of it. Raises ``InvalidRequest`` for
    figures that make no sense. A plan that breaks a rule is never returned silently: ``wrong`` is empty.

    >>> import datetime as dt
    >>> from maillon.core.estimate import Estimate
    >>> price = Estimate(9.0, 10.0, 11.0, "EUR/unit", "invoice", dt.date(2025, 1, 1))
    >>> needs = [PoolNeed(firm, "gears", 100.0, "piece", price) for firm in ("A", "B")]
    >>> line = PoolLine("Line", "gears", 500.0, 4.0, yearly_cost=900.0, minimum=150.0)
    >>> plan, = pool_needs(needs, [line], PoolRules(years=1))
    >>> plan.objective, [round(member.cost, 2) for member in plan.members]  # 200 x 4 + 900 < 200 x 10
    (1700.0, [850.0, 850.0])
    """
    chosen, how = rules or PoolRules(), search or Search()
    return tuple(_pool_group(group, chosen, how) for group in group_needs(needs, lines))


def _pool_group(group: PoolGroup, rules: PoolRules, search: Search) -> PoolPlan:
    arrays = pool_arrays(group, rules)
    model = pool_model(arrays, survives_leaver=rules.survives_leaver)
    found = solve(
        model.linear,
        time_limit=search.time_limit,
        target_gap=1e-7,
        on_progress=search.on_progress,
        cancel=search.cancel,
    )
    lines, firms, years = arrays.shape
    made, opened = np.zeros((lines, firms, years)), np.zeros(lines, dtype=bool)
    if found.values.size:
        made = found.values[model.columns["made"].at].reshape(lines, firms, years)
        made = np.where(made > CRUMB, np.clip(made, 0.0, 1.0), 0.0)
        opened = (found.values[model.columns["open"].at] > 0.5) & made.any(axis=(1, 2))
    cost = _cost(arrays, made, opened)
    shares = _shares(arrays, made, cost, search)
    plan = _plan(group, rules, arrays, (made, opened), (found, cost), shares)
    left = leave_one_by_one(
        arrays, shares.paid, opened, np.flatnonzero(made.any(axis=(0, 2))),
        time_limit=search.time_limit, cancel=search.cancel,
    )  # fmt: skip
    plan = replace(plan, departures=departures(group, arrays, left))
    return replace(plan, wrong=verify_pool(group, rules, plan))


def _cost(arrays: PoolArrays, made: Floats, opened: Flags) -> float:
    """Return what the plan costs (€ over all years, discounted), counted from the shares."""
    price = np.where(np.isfinite(arrays.delivered), arrays.delivered, 0.0) * arrays.volume
    rest = np.clip(1.0 - made.sum(axis=0), 0.0, 1.0) * (arrays.volume * arrays.today)[:, None]
    bought = (made * price[:, :, None]).sum(axis=(0, 1)) + rest.sum(axis=0)
    return float(arrays.fixed[opened].sum() + bought @ arrays.weight)


def _shares(arrays: PoolArrays, made: Floats, cost: float, search: Search) -> Shares:
    """Share the cost among the firms that join; the others pay what they pay today."""
    joins = np.asarray(made.any(axis=(0, 2)))
    alone = arrays.alone
    if not joins.any():
        return Shares("core", alone, 0.0, proved=True, error=np.zeros(len(alone)))
    inside = without(arrays, joins)
    total = cost - float(alone[~joins].sum())
    if search.share_by == "shapley":
        found = shapley_shares(
            inside, total, seed=search.seed, time_limit=search.time_limit, cancel=search.cancel
        )
    else:
        found = fair_shares(inside, total, time_limit=search.time_limit, cancel=search.cancel)
    paid, error = alone.copy(), np.zeros(len(alone))
    paid[joins], error[joins] = found.paid, found.error
    return replace(found, paid=paid, error=error)


def _plan(
    group: PoolGroup,
    rules: PoolRules,
    arrays: PoolArrays,
    plan: tuple[Floats, Flags],
    found: tuple[Solution, float],
    shares: Shares,
) -> PoolPlan:
    made, opened = plan
    solution, cost = found
    yearly = 1.0 / float(arrays.weight.sum())
    lines = line_outcomes(group, arrays, made, opened)
    return PoolPlan(
        family=group.family,
        process=group.process,
        specification=group.specification,
        unit=group.unit,
        years=rules.years,
        status=solution.status,
        objective=cost * yearly,
        bound=solution.bound * yearly,
        seconds=solution.seconds,
        cost_alone=float(arrays.alone.sum()) * yearly,
        lines=lines,
        members=member_outcomes(group, arrays, made, shares),
        rule=shares.rule,
        excess=shares.excess * yearly,
        reasons=pool_reasons(group, lines),
    )
