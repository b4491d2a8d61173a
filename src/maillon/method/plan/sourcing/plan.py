"""Planning: the best plan found within a time, and what is proved about it."""

from __future__ import annotations

from collections.abc import Callable

from maillon.method.plan.sourcing.arrays import SourcingArrays, shares_of, sourcing_arrays
from maillon.method.plan.sourcing.contest import Contest, PlanProgress, Start, run_contest
from maillon.method.plan.sourcing.priced import Proof, cleaned, priced_plan
from maillon.method.plan.sourcing.problem import SourcingProblem
from maillon.method.plan.sourcing.result import SourcingPlan
from maillon.method.plan.sourcing.rules import PlanRules
from maillon.method.plan.sourcing.verify import MISSED_TARGETS, verify_plan
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
    contest = Contest(sourcing_arrays(problem, rules), rules, time_limit, target_gap, seed)
    return _planned(problem, contest, on_progress, cancel)


def plan_from(
    problem: SourcingProblem,
    rules: PlanRules,
    start: SourcingPlan,
    *,
    time_limit: float = 60.0,
    cancel: Callable[[], bool] | None = None,
) -> SourcingPlan:
    """Return the cheapest plan found as ``plan_sourcing`` does, searched from a plan at hand too.

    ``start`` is a plan of the same problem. Where it meets these rules, the answer costs no more than it,
    however short the time; where it misses a target, the search mends it. The time goes to the plan: the
    bound of a large one is that of its relaxation.
    """
    arrays = sourcing_arrays(problem, rules)
    begun = _start(problem, rules, arrays, start)
    contest = Contest(arrays, rules, time_limit, 1e-4, start=begun, bound_too=False)
    return _planned(problem, contest, None, cancel)


def _planned(
    problem: SourcingProblem,
    contest: Contest,
    on_progress: Callable[[PlanProgress], None] | None,
    cancel: Callable[[], bool] | None,
) -> SourcingPlan:
    arrays, rules = contest.arrays, contest.rules
    end = run_contest(contest, on_progress, cancel)
    proof = Proof(_verdict(end.status, end.progress), end.progress.bound, end.progress.seconds)
    if not end.share.size:
        return priced_plan(problem, rules, arrays, end.share, end.share > 0, proof)
    return priced_plan(problem, rules, arrays, *cleaned(arrays, end.share, end.used), proof)


def _verdict(status: Status, progress: PlanProgress) -> Status:
    """Return "optimal" where bound and plan meet, whichever process brought them."""
    gap = relative_gap(progress.objective, progress.bound)
    return Status.OPTIMAL if gap <= NO_GAP else status


def _start(
    problem: SourcingProblem, rules: PlanRules, arrays: SourcingArrays, plan: SourcingPlan
) -> Start | None:
    """Return where a search may start: the plan under these rules, None if it breaks more than targets."""
    share, used = shares_of(problem, plan.shares)
    again = priced_plan(problem, rules, arrays, share, used, Proof(Status.FEASIBLE, float("nan"), 0.0))
    broken = {violation.code for violation in verify_plan(problem, rules, again)}
    if broken - MISSED_TARGETS:
        return None
    return Start(float("nan") if broken else again.objective, share, used)
