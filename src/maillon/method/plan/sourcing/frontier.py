"""What cost, local share and risk can be had together: plans none of which is beaten on all three."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.method.plan.sourcing.conflict import least_needed
from maillon.method.plan.sourcing.plan import plan_sourcing
from maillon.method.plan.sourcing.problem import SourcingProblem
from maillon.method.plan.sourcing.result import SourcingPlan
from maillon.method.plan.sourcing.rules import PlanRules
from maillon.solve import Status

#: Weight of risk where it is bounded and not priced: it only breaks ties (the augmentation of AUGMECON).
_TIE = 1e-3


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """One plan: ``cost`` €/yr without risk, ``local_share`` 0 to 1, ``cvar`` €, the gap of its cost."""

    cost: float
    local_share: float
    cvar: float
    gap: float
    status: Status
    plan: SourcingPlan


def trace_frontier(
    problem: SourcingProblem,
    rules: PlanRules,
    *,
    points: int = 20,
    time_limit: float = 300.0,
    on_progress: Callable[[float], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> tuple[FrontierPoint, ...]:
    """Return at most ``points`` plans, none beaten by another on cost, local share and CVaR together.

    Epsilon-constraint with ties broken by risk (after AUGMECON, Mavrotas, Applied Mathematics and Computation
    213, 2009): least cost on a grid of least local shares and largest CVaR between what the cheapest plan has
    and the best that the other rules allow. Each plan has its share of ``time_limit`` seconds.
    """
    if points < 1:
        raise InvalidRequest(message("A frontier has one point at least."))
    end = time.perf_counter() + time_limit
    priced = replace(rules, risk_weight=_TIE)
    cheapest = plan_sourcing(problem, priced, time_limit=time_limit / (points + 2), cancel=cancel)
    found = [cheapest] if cheapest.found else []
    grid = list(_grid(problem, priced, cheapest, points, time_limit / (points + 2))) if found else []
    for done, asked in enumerate(grid):
        left = end - time.perf_counter()
        if left <= 0.2 or (cancel is not None and cancel()):
            break
        plan = plan_sourcing(problem, asked, time_limit=left / (len(grid) - done), cancel=cancel)
        found += [plan] if plan.found else []
        if on_progress is not None:
            on_progress((done + 1) / len(grid))
    return _unbeaten([_point(plan) for plan in found])


def _grid(
    problem: SourcingProblem, rules: PlanRules, cheapest: SourcingPlan, points: int, seconds: float
) -> Iterator[PlanRules]:
    """Yield the rules of ``points - 1`` further plans, from the cheapest towards the best of both figures."""
    local = least_needed(problem, rules, "local_target", time_limit=seconds / 2)
    risk = least_needed(problem, rules, "risk_cap", time_limit=seconds / 2)
    # The solver's arithmetic may miss a share of one, or a risk of nothing, by its last digit.
    most = min(-local.objective, 1.0) if local.values.size else cheapest.local_share
    least = max(risk.objective, 0.0) if risk.values.size else cheapest.cvar
    rows = max(math.isqrt(points), 1)
    columns = math.ceil(points / rows)
    cells = [(row, column) for row in range(rows) for column in range(columns)][1:points]
    for row, column in cells:
        share = cheapest.local_share + (most - cheapest.local_share) * column / max(columns - 1, 1)
        cvar = cheapest.cvar + (least - cheapest.cvar) * row / max(rows - 1, 1)
        yield replace(
            rules,
            local_target=max(share - 1e-7, rules.local_target or 0.0) if column else rules.local_target,
            risk_cap=max(min(cvar * (1 + 1e-7), rules.risk_cap or math.inf), 0.0) if row else rules.risk_cap,
        )


def _point(plan: SourcingPlan) -> FrontierPoint:
    cost = plan.objective - (plan.costs.risk if plan.costs else 0.0)
    return FrontierPoint(cost, plan.local_share, plan.cvar, plan.gap, plan.status, plan)


def _unbeaten(points: list[FrontierPoint]) -> tuple[FrontierPoint, ...]:
    kept: list[FrontierPoint] = []
    for one in sorted(points, key=lambda point: (point.cost, -point.local_share, point.cvar)):
        if not any(_beats(other, one) for other in kept):
            kept.append(one)
    return tuple(kept)


def _beats(one: FrontierPoint, other: FrontierPoint) -> bool:
    """Return whether ``one``, no dearer, is as local and as safe, to the arithmetic of solvers."""
    return one.local_share >= other.local_share - 1e-7 and one.cvar <= other.cvar * (1 + 1e-7) + 1e-6
