"""What cost, local share and risk can be had together: plans none of which is beaten on all three."""

from __future__ import annotations

import math
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.method.plan.sourcing.least import least_needed
from maillon.method.plan.sourcing.plan import plan_from, plan_sourcing
from maillon.method.plan.sourcing.problem import SourcingProblem
from maillon.method.plan.sourcing.result import SourcingPlan
from maillon.method.plan.sourcing.rules import PlanRules
from maillon.solve import Status

#: Weight of risk where it is bounded and not priced: it only breaks ties (the augmentation of AUGMECON).
_TIE = 1e-3
#: € a year given for each € of risk less, at the safe end. The least risk of all costs more than it is worth,
#: and a large model of risk alone gives no plan in time.
_SAFEST = 5.0
#: Seconds after which the caller is asked again whether to go on.
_PULSE = 0.1
#: Plans made side by side, each by a process of its own.
_AT_A_TIME = min(os.cpu_count() or 1, 4)


T = TypeVar("T")


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
    213, 2009): least cost on a grid. Its columns are least local shares from that of the cheapest plan to the
    largest; its rows are largest CVaR, from what a column has without a cap to that of the safest plan. Each
    plan has its share of ``time_limit`` seconds, and is searched from those at hand.
    """
    if points < 1:
        raise InvalidRequest(message("A frontier has one point at least."))
    walk = _Walk(problem, replace(rules, risk_weight=_TIE), time_limit, points + 2, cancel)
    cheapest = walk.first_plan()
    if not cheapest.found:
        return ()
    plans = [cheapest]
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        ends = walk.awaited([pool.submit(walk.most_local), pool.submit(walk.safest)])
        safe = min((end.cvar for end in ends if end.found), default=math.inf)
        columns = [pool.submit(walk.column, safe, each) for each in _columns(walk, cheapest, points)]
        for column in walk.awaited(columns, on_progress):
            plans += column
    return _unbeaten([_point(plan) for plan in plans])


class _Walk:
    """Plans made one after another, some side by side, in the time left for all of them.

    The caller's functions are called in the caller's thread alone.
    """

    def __init__(
        self,
        problem: SourcingProblem,
        rules: PlanRules,
        time_limit: float,
        turns: int,
        cancel: Callable[[], bool] | None,
    ) -> None:
        self.problem, self.rules, self.turns, self.cancel = problem, rules, turns, cancel
        self.end, self.known = time.perf_counter() + time_limit, list[SourcingPlan]()
        self.stop = threading.Event()

    def first_plan(self) -> SourcingPlan:
        """Return the cheapest plan, made alone."""
        plan = plan_sourcing(self.problem, self.rules, time_limit=self._turn(1), cancel=self.cancel)
        self.known += [plan] if plan.found else []
        return plan

    def awaited(self, turns: list[Future[T]], on_progress: Callable[[float], None] | None = None) -> list[T]:
        """Return what the turns gave, in their order; the caller may cancel all of them meanwhile."""
        waiting, done = set(turns), set[Future[T]]()
        while waiting:
            ended, waiting = wait(waiting, timeout=_PULSE, return_when=FIRST_COMPLETED)
            done |= ended
            if ended and on_progress is not None:
                on_progress(len(done) / len(turns))
            if self.cancel is not None and self.cancel():
                self.stop.set()
        return [turn.result() for turn in turns]

    def most_local(self) -> SourcingPlan:
        """Return the plan of the largest local share."""
        limit = self._turn(_AT_A_TIME)
        stop = self.stop.is_set
        return self._kept(
            least_needed(self.problem, self.rules, "local_target", time_limit=limit, cancel=stop)
        )

    def safest(self) -> SourcingPlan:
        """Return a plan of little risk: one that would be the best if risk were dear."""
        return self.planned(replace(self.rules, risk_weight=_SAFEST))

    def planned(self, asked: PlanRules) -> SourcingPlan:
        """Return the cheapest plan found in one turn."""
        limit, start = self._turn(_AT_A_TIME), _nearest(self.known, asked)
        stop = self.stop.is_set
        return self._kept(plan_from(self.problem, asked, start, time_limit=limit, cancel=stop))

    def column(self, safe: float, asks: tuple[float | None, int]) -> list[SourcingPlan]:
        """Return the plans of one least local share (None: the cheapest plan's), from no cap to ``safe``."""
        share, rows = asks
        asked = self.rules if share is None else replace(self.rules, local_target=share)
        first = self.known[0] if share is None else self.planned(asked)
        risky = first.found and first.cvar > safe
        caps: list[float] = np.linspace(first.cvar, safe, rows)[1:].tolist() if risky else []
        found, left = [first], rows - 1
        for cap in caps:
            # The solver's arithmetic may miss a figure by its last digit.
            plan, left = self.planned(replace(asked, risk_cap=cap * (1 + 1e-7))), left - 1
            found.append(plan)
            if plan.status is Status.INFEASIBLE:
                break
        self.turns -= left
        return [plan for plan in found if plan.found]

    def _turn(self, at_a_time: int) -> float:
        """Return the seconds of the next turn, which is then taken."""
        left = max(self.end - time.perf_counter(), 0.0)
        limit = left / math.ceil(max(self.turns, 1) / at_a_time)
        self.turns -= 1
        return limit

    def _kept(self, plan: SourcingPlan) -> SourcingPlan:
        self.known += [plan] if plan.found else []
        return plan


def _nearest(plans: list[SourcingPlan], rules: PlanRules) -> SourcingPlan:
    """Return the cheapest plan that is as local and as safe as the rules ask; else the one that nearly is."""

    def lacks(plan: SourcingPlan) -> float:
        cap = math.inf if rules.risk_cap is None else rules.risk_cap
        local = max((rules.local_target or 0.0) - plan.local_share, 0.0)
        return local + max(plan.cvar - cap, 0.0) / max(plan.cvar, 1.0)

    return min(plans, key=lambda plan: (lacks(plan), plan.objective))


def _columns(walk: _Walk, cheapest: SourcingPlan, points: int) -> list[tuple[float | None, int]]:
    """Return least local shares, the largest first, each with its number of rows, ``points`` in all."""
    most = max(plan.local_share for plan in walk.known)
    count = math.ceil(points / math.isqrt(points))
    shares = np.linspace(cheapest.local_share, most, count)[1:] - 1e-7
    rows = [points // count + (column < points % count) for column in range(count)]
    asked = [None, *(max(float(share), walk.rules.local_target or 0.0) for share in shares)]
    return list(zip(asked, rows, strict=True))[::-1]


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
