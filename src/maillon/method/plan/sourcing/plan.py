"""Planning: the best plan found within a time, and what is proved about it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from maillon.method.plan.sourcing.arrays import Flags, Floats, SourcingArrays, sourcing_arrays
from maillon.method.plan.sourcing.contest import Contest, PlanProgress, run_contest
from maillon.method.plan.sourcing.priced import CRUMB, Proof, priced_plan
from maillon.method.plan.sourcing.problem import SourcingProblem
from maillon.method.plan.sourcing.result import SourcingPlan
from maillon.method.plan.sourcing.rules import PlanRules
from maillon.solve import Status, relative_gap

#: A relative gap below this is none: what is left is the arithmetic of the solver.
NO_GAP = 1e-6


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

    Stops earlier at a relative ``target_gap``. ``seed`` makes the search's draws repeatable. Anytime: when
    time is out or ``cancel`` says so, the best plan and bound so far are returned. Raises ``InvalidRequest``
    for rules that one part alone cannot meet; rules that contradict each other give the status *proven
    infeasible*.

    >>> from maillon.method.plan.sourcing import PlanRules, sourcing_problem
    >>> problem = sourcing_problem(
    ...     {"part": ["P1"], "spend": [100.0], "supplier": ["Old"]},
    ...     {"part": ["P1", "P1"], "supplier": ["Old", "New"], "annual_cost": [100.0, 80.0],
    ...      "qualification_cost": [0.0, 30.0]},
    ...     {"supplier": ["Old", "New"], "opening_cost": [0.0, 15.0]})
    >>> plan_sourcing(problem, PlanRules())
    <SourcingPlan proven optimal, gap 0.00%: 95 €/yr, 1 parts moved, in ... s>
    """
    arrays = sourcing_arrays(problem, rules)
    contest = Contest(arrays, rules, time_limit=time_limit, target_gap=target_gap, seed=seed)
    end = run_contest(contest, on_progress, cancel)
    proof = Proof(_verdict(end.status, end.progress), end.progress.bound, end.progress.seconds)
    if not end.share.size:
        return priced_plan(problem, rules, arrays, end.share, end.share > 0, proof)
    return priced_plan(problem, rules, arrays, *_clean(arrays, end.share, end.used), proof)


def _verdict(status: Status, progress: PlanProgress) -> Status:
    """Return "optimal" where bound and plan meet, whichever process brought them."""
    gap = relative_gap(progress.objective, progress.bound)
    return Status.OPTIMAL if gap <= NO_GAP else status


def _clean(arrays: SourcingArrays, share: Floats, qualified: Floats) -> tuple[Floats, Flags]:
    """Return shares without crumbs, each part summing to one, and which offers are used.

    An offer qualified without any share counts only where the part would lack a source without it.
    """
    kept = np.where(share > CRUMB, share, 0.0)
    kept /= np.bincount(arrays.part, kept, arrays.parts)[arrays.part]
    used = kept > 0
    short = np.bincount(arrays.part, used, arrays.parts) < arrays.least_sources
    return kept, used | ((qualified > 0.5) & short[arrays.part])
