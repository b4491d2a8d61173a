"""Rules that no plan meets: which of them contradict each other, and how little would have to give.

Not HiGHS's ``getIis`` (unfinished after 150 s on a full relaxation) nor its ``feasibilityRelaxation`` (breaks
0-1 bounds): methods-optimisation §3. Here a rule is left out and what it bounds is minimised, then rules are
deleted one by one as long as the contradiction remains.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from maillon.core.errors import InvalidRequest
from maillon.core.reason import Reason
from maillon.method.plan.sourcing.arrays import SourcingArrays, sourcing_arrays
from maillon.method.plan.sourcing.model import sourcing_model
from maillon.method.plan.sourcing.problem import SourcingProblem
from maillon.method.plan.sourcing.rules import PlanRules
from maillon.solve import Solution, Status, solve
from maillon.solve.blocks import NamedModel
from maillon.solve.model import LinearModel

Case = tuple[SourcingProblem, PlanRules]
_TARGETS = ("budget", "co2_cap", "local_target", "risk_cap")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Business rules that cannot hold together, and the least that each would have to give, alone.

    Where no rule suffices alone (two contradictions in one request), ``relaxations`` starts with
    ``relax_together`` and what follows is needed together.
    ``minimal`` says that each rule named is needed for the contradiction: without it a plan was found.
    """

    rules: tuple[Reason, ...]
    relaxations: tuple[Reason, ...]
    minimal: bool


def explain_conflict(problem: SourcingProblem, rules: PlanRules, *, time_limit: float = 60.0) -> Conflict:
    """Return the contradiction among the rules of a request that was proved infeasible.

    Deletion filter over named groups of rules (Chinneck and Dravnieks, ORSA J. Computing 3, 1991): a group is
    left out for good when the rest still contradicts itself.

    >>> from maillon.method.plan.sourcing import sourcing_problem
    >>> problem = sourcing_problem({"part": ["P"], "spend": [100.0], "supplier": ["Far"]},
    ...     {"part": ["P", "P"], "supplier": ["Far", "Near"], "annual_cost": [90.0, 100.0],
    ...      "qualification_cost": [0.0, 40.0], "local_value": [0.0, 1.0]},
    ...     {"supplier": ["Far", "Near"], "opening_cost": [0.0, 0.0]})
    >>> found = explain_conflict(problem, PlanRules(budget=30.0, local_target=0.5, risk_cap=900.0))
    >>> [reason.code for reason in found.rules], [dict(each.params) for each in found.relaxations]
    (['conflict_budget', 'conflict_local_target'], [{'needed': 40.0}, {'needed': 0.0}])
    """
    groups = {name: drop for name, drop in _DROPS.items() if _asked(name, problem, rules)}
    each, minimal = time_limit / max(2 * len(groups), 1), True
    kept, case = [], (problem, rules)
    for name, drop in groups.items():
        without = drop(case)
        verdict = _feasible(without, each)
        if verdict is False:
            case = without
        else:
            minimal &= verdict is True
            kept.append(name)
    alone = (_relaxation(name, problem, rules, each) for name in kept)
    relaxations = tuple(reason for reason in alone if reason is not None)
    return Conflict(
        tuple(Reason(f"conflict_{name}", 0.0, _limit(name, rules)) for name in kept),
        relaxations or _together(kept, problem, rules, each),
        minimal,
    )


def least_needed(problem: SourcingProblem, rules: PlanRules, rule: str, *, time_limit: float) -> Solution:
    """Return the least that what ``rule`` bounds can be, with all other rules kept.

    ``rule`` is ``budget`` (€), ``co2_cap`` (kg/yr), ``risk_cap`` (€) or ``local_target``; the last gives
    minus the largest local share.
    """
    return _least(problem, rules, rule, time_limit)[0]


def _least(
    problem: SourcingProblem, rules: PlanRules, rule: str, time_limit: float
) -> tuple[Solution, dict[str, float]]:
    """Return the plan that needs least of ``rule``, and what it takes of each target."""
    _, without = _no_rule(rule)((problem, rules))
    arrays = sourcing_arrays(problem, without)
    named = sourcing_model(arrays, without)
    costs = {}
    for target in _TARGETS:
        costs[target] = np.zeros(len(named.linear.cost))
        for block, figures in _measured(target, arrays, rules).items():
            costs[target][named.columns[block].at] = figures
    found = solve(with_cost(named.linear, costs[rule]), time_limit=time_limit, target_gap=1e-4)
    taken = (
        {target: float(cost @ found.values) for target, cost in costs.items()} if found.values.size else {}
    )
    return found, taken


def with_cost(linear: LinearModel, cost: np.ndarray) -> LinearModel:
    """Return the model with another cost."""
    return replace(linear, cost=cost)


def _measured(rule: str, arrays: SourcingArrays, rules: PlanRules) -> dict[str, np.ndarray]:
    if rule == "budget":
        return {"used": arrays.setup, "opened": arrays.opening}
    if rule == "co2_cap":
        return {"share": arrays.co2}
    if rule == "local_target":
        return {"share": -arrays.local / max(float(arrays.weight.sum()), 1e-12)}
    return {"eta": np.ones(1), "excess": arrays.probability / (1 - rules.confidence)}


def _relaxation(name: str, problem: SourcingProblem, rules: PlanRules, limit: float) -> Reason | None:
    if name not in _TARGETS:
        return None
    try:
        found = least_needed(problem, rules, name, time_limit=limit)
    except InvalidRequest:
        return None
    return _relaxed(name, found.objective) if found.values.size else None


def _together(
    kept: list[str], problem: SourcingProblem, rules: PlanRules, limit: float
) -> tuple[Reason, ...]:
    """Return changes of several rules that together make the request feasible; none where nothing was found.

    The rules of the contradiction give way first, as little as the parts and suppliers allow; each further
    rule then gives what these need, or what the plan found for them takes.
    """
    asked = [name for name in _TARGETS if getattr(rules, name) is not None]
    free = replace(rules, budget=None, co2_cap=None, local_target=None, risk_cap=None)
    changes, taken = list[Reason](), dict[str, float]()
    for name in sorted(asked, key=lambda one: one not in kept):
        taken = _least(problem, free, name, limit)[1] or taken
        if name not in taken:
            return ()
        change = _relaxed(name, taken[name])
        needed = float(str(change.params["needed"])) / (-100 if name == "local_target" else 1)
        bound = getattr(rules, name) * (-1 if name == "local_target" else 1)
        changes += [] if needed <= bound else [change]
        free = replace(free, **{name: abs(max(needed, bound))})
    return (Reason("relax_together", 0.0), *changes) if changes else ()


def _relaxed(name: str, least: float) -> Reason:
    """Return what a rule must give, rounded to the side that can surely be reached."""
    if name == "local_target":
        return Reason("relax_local_target", 0.0, {"needed": np.floor(-1000 * least + 1e-6).item() / 10})
    return Reason(f"relax_{name}", 0.0, {"needed": np.ceil(100 * least - 1e-6).item() / 100})


def _limit(name: str, rules: PlanRules) -> dict[str, object]:
    if name not in _TARGETS:
        return {}
    value = getattr(rules, name)
    return {"limit": round(100 * value, 1) if name == "local_target" else value}


def _feasible(case: Case, time_limit: float) -> bool | None:
    """Return whether any plan meets the rules; None when neither was proved in time."""
    try:
        arrays = sourcing_arrays(*case)
    except InvalidRequest:
        return False
    named: NamedModel = sourcing_model(arrays, case[1])
    found = solve(with_cost(named.linear, np.zeros(len(named.linear.cost))), time_limit=time_limit)
    if found.status is Status.INFEASIBLE:
        return False
    return True if found.values.size else None


def _asked(name: str, problem: SourcingProblem, rules: PlanRules) -> bool:
    if name == "critical":
        return bool(problem.parts["critical"].any())
    if name == "capacity":
        return problem.suppliers["capacity"].null_count() < problem.suppliers.height
    value = getattr(rules, name)
    return value is not None and value != ()


def _no_rule(name: str) -> Callable[[Case], Case]:
    empty: Any = () if name in {"forced", "forbidden"} else None
    return lambda case: (case[0], replace(case[1], **{name: empty}))


def _no_second_source(case: Case) -> Case:
    return case[0], replace(case[1], critical_sources=1, critical_most_share=1.0)


def _no_capacity(case: Case) -> Case:
    free = case[0].suppliers.with_columns(capacity=pl.lit(None, dtype=pl.Float64))
    return replace(case[0], suppliers=free), case[1]


#: How to leave each group of rules out; those that a buyer gives up least gladly are tried last to stay.
_DROPS: dict[str, Callable[[Case], Case]] = {
    "forbidden": _no_rule("forbidden"),
    "forced": _no_rule("forced"),
    "capacity": _no_capacity,
    "critical": _no_second_source,
    "risk_cap": _no_rule("risk_cap"),
    "co2_cap": _no_rule("co2_cap"),
    "budget": _no_rule("budget"),
    "local_target": _no_rule("local_target"),
}
