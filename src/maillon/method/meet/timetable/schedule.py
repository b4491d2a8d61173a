"""Finding the timetable with the fewest breaks, and proving that there is none better."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.method.meet.timetable.counting import find_overfull
from maillon.method.meet.timetable.encoding import Encoding, encode
from maillon.method.meet.timetable.infeasible import Infeasibility, explain_infeasible
from maillon.method.meet.timetable.problem import TimetableProblem
from maillon.method.meet.timetable.result import Timetable, assign_tables, count_breaks
from maillon.solve.model import Solution, Status
from maillon.solve.race import AT_BOUND, minimise_cost

#: The fairness of the published tables: nobody has over two breaks more than anybody else.
DEFAULT_FAIRNESS = 2
#: The most seconds spent on saying why there is no timetable.
_EXPLAINING = 20.0


def schedule_meetings(  # noqa: PLR0913 - the limits of a piece of work, all optional
    problem: TimetableProblem,
    *,
    time_limit: float = 60.0,
    fairness: int | None = DEFAULT_FAIRNESS,
    on_progress: Callable[[Timetable], None] | None = None,
    cancel: Callable[[], bool] | None = None,
    seed: int = 0,
    start: Sequence[int] = (),
    explain: bool = True,
) -> Timetable:
    """Return the timetable with the fewest breaks, proven within ``time_limit`` seconds or with its bound.

    ``fairness`` is how many breaks a participant may have above any other (``None``: no such rule).
    ``start`` is a slot for each meeting, from which the search for a better timetable may set out.
    ``on_progress`` receives each better timetable or bound; when ``cancel`` says so the best one so far is
    returned. A request that cannot be satisfied is not an error: the status says so, once it is proven, and
    with ``explain`` the timetable names the rules in conflict and the fewest exceptions that would do.

    >>> problem = TimetableProblem(participants=3, meetings=((0, 1), (1, 2), (0, 2)), tables=(1, 1, 1))
    >>> schedule_meetings(problem).breaks
    1
    """
    started = time.perf_counter()
    _check(time_limit, fairness)
    if find_overfull(problem):
        return _infeasible(problem, started, fairness=fairness, time_limit=time_limit, explain=explain)
    if not problem.meetings:
        return Timetable(Status.OPTIMAL, breaks_of=(0,) * problem.participants, bound=0)
    encoding = encode(problem, fairness=fairness)

    def told(found: Solution) -> Timetable:
        return _timetable(encoding, found, time.perf_counter() - started)

    found = minimise_cost(
        encoding.model(start),
        chaser=AT_BOUND,
        time_limit=max(time_limit - (time.perf_counter() - started), 0.1),
        seed=seed,
        parts=encoding.parts(),
        cost_part=encoding.cost_part(),
        on_progress=None if on_progress is None else lambda so_far: on_progress(told(so_far)),
        cancel=cancel,
    )
    if found.status is Status.INFEASIBLE:
        return _infeasible(problem, started, fairness=fairness, time_limit=time_limit, explain=explain)
    return told(found)


def _infeasible(
    problem: TimetableProblem, started: float, *, fairness: int | None, time_limit: float, explain: bool
) -> Timetable:
    """Return that no timetable exists and, as far as time is left, why and what would help."""
    left = time_limit - (time.perf_counter() - started)
    if explain and left > 0:
        why = explain_infeasible(problem, fairness=fairness, time_limit=min(left, _EXPLAINING))
    else:
        why = Infeasibility(find_overfull(problem))
    seconds = time.perf_counter() - started
    return Timetable(Status.INFEASIBLE, seconds=seconds, reasons=why.conflict, exceptions=why.exceptions)


def _check(time_limit: float, fairness: int | None) -> None:
    if not time_limit > 0:
        raise InvalidRequest(message("The time limit must be above zero."))
    if fairness is not None and fairness < 0:
        raise InvalidRequest(message("The fairness, a number of breaks, cannot be negative."))


def _timetable(encoding: Encoding, found: Solution, seconds: float) -> Timetable:
    bound = None if math.isnan(found.bound) else math.ceil(found.bound - 1e-6)
    if not found.values.size:
        return Timetable(found.status, bound=bound, seconds=seconds)
    slots = encoding.slots((found.values > 0).tolist())
    return Timetable(
        found.status,
        slots,
        assign_tables(encoding.problem, slots),
        count_breaks(encoding.problem, slots),
        bound,
        seconds,
    )
