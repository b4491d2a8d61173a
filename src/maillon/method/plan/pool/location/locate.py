"""Which lines to open: the exact answer, or the best found within the time and how far it can be."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from maillon.method.plan.pool.location.problem import Location, LocationProblem
from maillon.solve import ChildAnswer, Status, run_child
from maillon.solve.wire import Arrays

_FIELDS = ("capacity", "minimum", "fixed", "demand", "cost")
_STOPPED = {"cancelled": Status.CANCELLED, "memory": Status.MEMORY, "failed": Status.FAILED}


def locate_lines(
    problem: LocationProblem,
    *,
    time_limit: float = 60.0,
    target_gap: float = 1e-6,
    memory_limit: int | None = None,
    on_progress: Callable[[Location], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Location:
    """Return the lines to open and the share of each lot on each line, at the least total cost.

    The search is exact (see ``relaxation`` and ``branching``): it ends when the relative gap is at most
    ``target_gap``. After ``time_limit`` seconds, or when ``cancel`` says so, the best plan and bound so far
    are returned. It runs in a child process that may use ``memory_limit`` bytes.

    >>> from maillon.method.plan.pool.location import location_problem
    >>> locate_lines(location_problem([10, 10], [5, 7], [4, 8], [[1, 2], [3, 1]])).objective
    14.0
    """
    impossible = _too_large(problem)
    if impossible is not None:
        return impossible
    arrays = {name: getattr(problem, name) for name in _FIELDS}
    answer = run_child(
        "maillon.method.plan.pool.location.lines_child",
        arrays | {"time_limit": time_limit, "target_gap": target_gap},
        time_limit=time_limit,
        memory_limit=memory_limit,
        on_progress=None if on_progress is None else lambda state: on_progress(_so_far(problem, state)),
        cancel=cancel,
    )
    return _concluded(problem, answer, target_gap)


def _too_large(problem: LocationProblem) -> Location | None:
    """Return the proof, by counting, that all lines together are too small or that no line makes a lot."""
    missing = float(problem.demand.sum() - problem.capacity.sum())
    nobody = bool(np.isinf(problem.cost).all(axis=0).any())
    if missing <= 1e-9 * float(problem.demand.sum()) and not nobody:
        return None
    return _nothing(problem, Status.INFEASIBLE, 0.0, max(missing, 0.0))


def _nothing(problem: LocationProblem, status: Status, seconds: float, missing: float = 0.0) -> Location:
    opened, shares = np.zeros(problem.shape[0], dtype=bool), np.zeros((0, problem.shape[1]))
    return Location(status, np.nan, np.nan, seconds, opened, shares, missing)


def _concluded(problem: LocationProblem, answer: ChildAnswer, target_gap: float) -> Location:
    found = _so_far(problem, answer.arrays, answer.seconds)
    if answer.ended in _STOPPED:
        status = _STOPPED[answer.ended]
    elif answer.ended == "answered" and found.gap <= target_gap:
        status = Status.OPTIMAL
    elif answer.ended == "answered" and not found.shares.size and bool(answer.arrays["exhausted"]):
        return _nothing(problem, Status.INFEASIBLE, answer.seconds)
    else:
        status = found.status
    return Location(status, found.objective, found.bound, answer.seconds, found.opened, found.shares)


def _so_far(problem: LocationProblem, state: Arrays, seconds: float = 0.0) -> Location:
    if not state:
        return _nothing(problem, Status.NOTHING, seconds)
    objective, bound = (_finite(float(state[name])) for name in ("objective", "bound"))
    status = Status.FEASIBLE if state["shares"].size else Status.NOTHING
    return Location(status, objective, bound, seconds, state["opened"].astype(bool), state["shares"])


def _finite(figure: float) -> float:
    return figure if np.isfinite(figure) else float("nan")
