"""The plan that needs least of one target, whatever it costs: where a target begins to be possible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from maillon.method.plan.sourcing.arrays import SourcingArrays, sourcing_arrays
from maillon.method.plan.sourcing.contest import Contest, End, PlanProgress, run_contest
from maillon.method.plan.sourcing.priced import Proof, cleaned, priced_plan
from maillon.method.plan.sourcing.problem import SourcingProblem
from maillon.method.plan.sourcing.result import SourcingPlan
from maillon.method.plan.sourcing.rules import PlanRules
from maillon.solve import Status

#: The rules that bound a figure of the whole plan.
TARGETS = ("budget", "co2_cap", "local_target", "risk_cap")
#: So many years that one-off costs weigh nothing a year.
_FOREVER = 1e15


def taken(plan: SourcingPlan, target: str) -> float:
    """Return what a plan has of what ``target`` bounds, in the unit of the rule."""
    figures = {
        "budget": plan.one_off,
        "co2_cap": plan.co2,
        "local_target": plan.local_share,
        "risk_cap": plan.cvar,
    }
    return figures[target]


def without_target(rules: PlanRules, target: str) -> PlanRules:
    """Return the rules with this target no longer asked."""
    nothing: Any = None
    return replace(rules, **{target: nothing})


def least_needed(
    problem: SourcingProblem,
    rules: PlanRules,
    target: str,
    *,
    time_limit: float,
    cancel: Callable[[], bool] | None = None,
) -> SourcingPlan:
    """Return the plan that needs least of what ``target`` bounds (for a local target: has most).

    All other rules are kept. The plan's objective is its cost as ever; it has no bound.
    """
    without = without_target(rules, target)
    arrays = sourcing_arrays(problem, without)
    contest = Contest(*_aimed(arrays, without, target), time_limit, 1e-4, bound_too=False)
    end = run_contest(contest, cancel=cancel)
    proof = Proof(end.status, float("nan"), end.progress.seconds)
    if not end.share.size:
        return priced_plan(problem, rules, arrays, end.share, end.share > 0, proof)
    return priced_plan(problem, rules, arrays, *cleaned(arrays, end.share, end.used), proof)


def is_feasible(problem: SourcingProblem, rules: PlanRules, *, time_limit: float) -> bool | None:
    """Return whether any plan meets the rules; None when neither was proved in time."""
    heard = list[PlanProgress]()
    # Any plan will do: the first one ends the search.
    contest = Contest(*_aimed(sourcing_arrays(problem, rules), rules, None), time_limit, 0.0)
    end: End = run_contest(contest, heard.append, lambda: any(now.objective >= 0 for now in heard))
    if end.share.size:
        return True
    return False if end.status is Status.INFEASIBLE else None


def _aimed(arrays: SourcingArrays, rules: PlanRules, target: str | None) -> tuple[SourcingArrays, PlanRules]:
    """Return the arrays and rules whose objective is what the target bounds, or nothing at all."""
    cost = {"co2_cap": arrays.co2, "local_target": arrays.weight[arrays.part] - arrays.local}
    nothing = np.zeros(len(arrays.part))
    return (
        replace(arrays, cost=cost.get(target or "", nothing), ideal_cost=nothing),
        replace(
            rules,
            amortisation_years=1.0 if target == "budget" else _FOREVER,
            risk_weight=1.0 if target == "risk_cap" else 0.0,
        ),
    )
