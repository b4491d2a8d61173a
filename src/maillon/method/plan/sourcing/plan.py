"""Planning: the best plan found within a time, and what is proved about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from maillon.method.plan.sourcing.arrays import Floats, SourcingArrays, sourcing_arrays
from maillon.method.plan.sourcing.model import sourcing_model
from maillon.method.plan.sourcing.priced import CRUMB, Proof, priced_plan
from maillon.method.plan.sourcing.problem import SourcingProblem
from maillon.method.plan.sourcing.result import SourcingPlan
from maillon.method.plan.sourcing.rules import PlanRules
from maillon.solve import Solution, solve


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """How far the work is: the best objective and bound so far (€/yr, NaN where there is none), seconds."""

    objective: float
    bound: float
    seconds: float


def plan_sourcing(
    problem: SourcingProblem,
    rules: PlanRules,
    *,
    time_limit: float = 60.0,
    target_gap: float = 1e-4,
    seed: int = 0,
    on_progress: Callable[[PlanProgress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> SourcingPlan:
    """Return the cheapest plan found within ``time_limit`` seconds, with a proved bound.

    Stops earlier at a relative ``target_gap``. ``seed`` breaks ties of the search. Anytime: when time is out
    or ``cancel`` says so, the best plan and bound so far are returned. Raises ``InvalidRequest`` for rules
    that one part alone cannot meet; rules that contradict each other give the status *proven infeasible*.

    >>> from maillon.method.plan.sourcing import PlanRules, sourcing_problem
    >>> problem = sourcing_problem(
    ...     {"part": ["P1"], "spend": [100.0], "supplier": ["Old"]},
    ...     {"part": ["P1", "P1"], "supplier": ["Old", "New"], "annual_cost": [100.0, 80.0],
    ...      "qualification_cost": [0.0, 30.0]},
    ...     {"supplier": ["Old", "New"], "opening_cost": [0.0, 15.0]})
    >>> plan_sourcing(problem, PlanRules()).objective
    95.0
    """
    arrays = sourcing_arrays(problem, rules)
    model = sourcing_model(arrays, rules)
    found = solve(
        model.linear,
        time_limit=time_limit,
        target_gap=target_gap,
        on_progress=None if on_progress is None else lambda now: on_progress(_progress(now)),
        cancel=cancel,
    )
    share = _clean(arrays, found.values[model.columns["share"].at]) if found.values.size else np.empty(0)
    return priced_plan(problem, rules, arrays, share, Proof(found.status, found.bound, found.seconds))


def _progress(now: Solution) -> PlanProgress:
    return PlanProgress(now.objective, now.bound, now.seconds)


def _clean(arrays: SourcingArrays, share: Floats) -> Floats:
    """Return the shares without crumbs, each part summing to one."""
    kept = np.where(share > CRUMB, share, 0.0)
    return kept / np.bincount(arrays.part, kept, arrays.parts)[arrays.part]
