"""Why a request has no timetable, and the fewest exceptions that would give it one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from maillon.core.reason import Reason
from maillon.method.meet.timetable.counting import find_overfull
from maillon.method.meet.timetable.problem import TimetableProblem
from maillon.method.meet.timetable.relaxing import RelaxedRequest, relax_request
from maillon.solve.core import find_contradiction
from maillon.solve.model import Status
from maillon.solve.race import FROM_BELOW, minimise_cost


@dataclass(frozen=True, slots=True)
class Infeasibility:
    """``conflict``: what cannot be together; ``exceptions``: the fewest to allow so that the rest can.

    Either is empty where it was not found, or not proven, in the time given. The codes of ``conflict`` are
    those of ``find_overfull``, the rules of ``RelaxedRequest`` (``absence``, ``fixed-slot``, ``session``,
    ``order``, ``tables``), ``all-meetings`` (no rule is to blame: there are too few slots) and ``fairness``.
    """

    conflict: tuple[Reason, ...] = ()
    exceptions: tuple[Reason, ...] = ()


def explain_infeasible(
    problem: TimetableProblem,
    *,
    fairness: int | None = None,
    time_limit: float = 20.0,
    cancel: Callable[[], bool] | None = None,
) -> Infeasibility:
    """Explain why ``problem``, proven infeasible, has no timetable: first by counting, else by contradiction.

    >>> problem = TimetableProblem(participants=3, meetings=((0, 1), (0, 2)), tables=(2, 2),
    ...                            forbidden=(frozenset({1}), frozenset(), frozenset()))
    >>> found = explain_infeasible(problem)
    >>> [reason.code for reason in found.conflict], [dict(reason.params) for reason in found.exceptions]
    (['too-many-meetings'], [{'participant': 0, 'slot': 1}])
    """
    deadline = time.perf_counter() + time_limit
    request = relax_request(problem)
    conflict = find_overfull(problem) or _contradiction(request, time_limit / 2, cancel)
    if conflict is None:
        return Infeasibility(() if fairness is None else (Reason("fairness", params={"breaks": fairness}),))
    exceptions: tuple[Reason, ...] = ()
    for tried in (request, relax_request(problem, dropping=True)):
        left = deadline - time.perf_counter()
        if not exceptions and left > 0:
            exceptions = _fewest_exceptions(tried, left, cancel)
    return Infeasibility(conflict, exceptions)


def _contradiction(
    request: RelaxedRequest, time_limit: float, cancel: Callable[[], bool] | None
) -> tuple[Reason, ...] | None:
    """Return the rules in conflict; ``None`` when there is no conflict among them, or none was found."""
    ranks = find_contradiction(
        request.builder.model(),
        [[-literal for literal in literals] for literals, _ in request.rules],
        time_limit=time_limit,
        cancel=cancel,
    )
    if ranks is None:
        return None
    return tuple(request.rules[rank][1] for rank in ranks) or (Reason("all-meetings"),)


def _fewest_exceptions(
    request: RelaxedRequest, time_limit: float, cancel: Callable[[], bool] | None
) -> tuple[Reason, ...]:
    found = minimise_cost(request.builder.model(), (FROM_BELOW,), time_limit=time_limit, cancel=cancel)
    if found.status is not Status.OPTIMAL:
        return ()
    return tuple(reason for literal, reason in request.exceptions if found.values[literal - 1] > 0)
