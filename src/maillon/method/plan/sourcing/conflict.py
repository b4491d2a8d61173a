"""Rules that no plan meets: which of them contradict each other, and how little would have to give.

Not HiGHS's ``getIis`` (unfinished after 150 s on a full relaxation) nor its ``feasibilityRelaxation`` (breaks
0-1 bounds): methods-optimisation §3. Here a rule is left out and what it bounds is minimised, then rules are
deleted one by one as long as the contradiction remains.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from maillon.core.errors import InvalidRequest
from maillon.core.reason import Reason
from maillon.method.plan.sourcing.least import TARGETS, is_feasible, least_needed, taken
from maillon.method.plan.sourcing.problem import SourcingProblem
from maillon.method.plan.sourcing.rules import PlanRules

Case = tuple[SourcingProblem, PlanRules]


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
    end, minimal = time.perf_counter() + time_limit, True
    groups = {name: drop for name, drop in _DROPS.items() if _asked(name, problem, rules)}
    kept, case = list[str](), (problem, rules)
    for done, (name, drop) in enumerate(groups.items()):
        without = drop(case)
        # A rule that is kept is asked again below: how much it must give.
        verdict = _feasible(without, _turn(end, len(groups) - done + len(kept)))
        if verdict is False:
            case = without
        else:
            minimal &= verdict is True
            kept.append(name)
    targets = [name for name in kept if name in TARGETS]
    alone = [
        _relaxation(name, problem, rules, _turn(end, 2 * len(targets) - done))
        for done, name in enumerate(targets)
    ]
    relaxations = tuple(reason for reason in alone if reason is not None)
    return Conflict(
        tuple(Reason(f"conflict_{name}", 0.0, _limit(name, rules)) for name in kept),
        relaxations or _together(kept, problem, rules, end),
        minimal,
    )


def _turn(end: float, turns: int) -> float:
    """Return the seconds of one of the turns left until the end; a question always gets some."""
    return max((end - time.perf_counter()) / max(turns, 1), 1.0)


def _relaxation(name: str, problem: SourcingProblem, rules: PlanRules, limit: float) -> Reason | None:
    try:
        found = least_needed(problem, rules, name, time_limit=limit)
    except InvalidRequest:
        return None
    return _relaxed(name, taken(found, name)) if found.found else None


def _together(kept: list[str], problem: SourcingProblem, rules: PlanRules, end: float) -> tuple[Reason, ...]:
    """Return changes of several rules that together make the request feasible; none where nothing was found.

    The rules of the contradiction give way first, as little as the parts and suppliers allow; each further
    rule then gives what these need, or what the plan found for them takes.
    """
    asked = [name for name in TARGETS if getattr(rules, name) is not None]
    free = replace(rules, budget=None, co2_cap=None, local_target=None, risk_cap=None)
    changes, best = list[Reason](), None
    for done, name in enumerate(sorted(asked, key=lambda one: one not in kept)):
        found = least_needed(problem, free, name, time_limit=_turn(end, len(asked) - done))
        best = found if found.found else best
        if best is None:
            return ()
        change = _relaxed(name, taken(best, name))
        needed = float(str(change.params["needed"])) / (-100 if name == "local_target" else 1)
        bound = getattr(rules, name) * (-1 if name == "local_target" else 1)
        changes += [] if needed <= bound else [change]
        free = replace(free, **{name: abs(max(needed, bound))})
    return (Reason("relax_together", 0.0), *changes) if changes else ()


def _relaxed(name: str, needed: float) -> Reason:
    """Return what a rule must give, rounded to the side that can surely be reached."""
    if name == "local_target":
        return Reason("relax_local_target", 0.0, {"needed": math.floor(1000 * needed + 1e-6) / 10})
    return Reason(f"relax_{name}", 0.0, {"needed": math.ceil(100 * needed - 1e-6) / 100})


def _limit(name: str, rules: PlanRules) -> dict[str, object]:
    if name not in TARGETS:
        return {}
    value = getattr(rules, name)
    return {"limit": round(100 * value, 1) if name == "local_target" else value}


def _feasible(case: Case, time_limit: float) -> bool | None:
    """Return whether any plan meets the rules; None when neither was proved in time."""
    try:
        return is_feasible(*case, time_limit=time_limit)
    except InvalidRequest:
        return False


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
