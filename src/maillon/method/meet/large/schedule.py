"""The timetable of a large event: two annealings side by side, and what is proved without them."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from maillon.method.meet.large.forced import count_forced_breaks
from maillon.method.meet.large.problem_wire import write_problem
from maillon.method.meet.timetable.problem import TimetableProblem
from maillon.method.meet.timetable.result import Timetable, assign_tables, count_breaks
from maillon.solve import ChildAnswer, Status, run_child
from maillon.solve.wire import Arrays

_WORKERS = 2


def schedule_large(
    problem: TimetableProblem,
    *,
    time_limit: float = 60.0,
    fairness: int | None = 2,
    seed: int = 0,
    start: Sequence[int] = (),
    on_progress: Callable[[int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Timetable:
    """Return the best timetable found within ``time_limit`` seconds, with a bound on its breaks.

    For events beyond the exact engine. ``fairness``: nobody has more than so many breaks, where that is
    found possible (``None``: breaks alone count). ``start`` gives the slots of a timetable to improve.
    ``on_progress`` receives each better number of breaks. The result depends on ``seed`` and on how fast the
    machine is, for the temperature falls with the clock. Never says "infeasible": where no place was found
    for a meeting the status is "no solution within the limit".
    """
    began = time.perf_counter()
    floor = sum(count_forced_breaks(problem))
    arrays: dict[str, npt.ArrayLike] = {
        "problem": write_problem(problem),
        "start": np.asarray(start, dtype=np.int64),
        "time_limit": time_limit,
        "fairness": -1 if fairness is None else fairness,
        "floor": floor,
    }
    answers = _anneal_all(arrays, seed, time_limit, on_progress, cancel)
    found = [answer for answer in answers if "slots" in answer.arrays]
    seconds = time.perf_counter() - began
    if not found:
        return Timetable(_without(answers), bound=floor, seconds=seconds)
    best = min(found, key=lambda answer: int(answer.arrays["effort"]))
    slots = tuple(int(slot) for slot in best.arrays["slots"])
    breaks = count_breaks(problem, slots)
    status = _status(answers, sum(breaks), floor)
    return Timetable(status, slots, assign_tables(problem, slots), breaks, floor, seconds)


def _anneal_all(
    arrays: Mapping[str, npt.ArrayLike],
    seed: int,
    time_limit: float,
    on_progress: Callable[[int], None] | None,
    cancel: Callable[[], bool] | None,
) -> list[ChildAnswer]:
    """Run one annealing a core, at most ``_WORKERS``, each with a seed of its own."""
    stop, told = threading.Event(), _Told(on_progress)

    def run(number: int) -> ChildAnswer:
        return run_child(
            "maillon.method.meet.large.child",
            {**arrays, "seed": seed * _WORKERS + number},
            time_limit=time_limit,
            on_progress=told,
            cancel=lambda: stop.is_set() or (cancel is not None and cancel()),
        )

    workers = min(_WORKERS, os.cpu_count() or 1)
    with ThreadPoolExecutor(workers) as pool:
        try:
            return list(pool.map(run, range(workers)))
        except BaseException:  # an interrupt must reach the children, which the pool would wait for
            stop.set()
            raise


class _Told:
    """Passes on better numbers of breaks, one at a time whichever child found them."""

    def __init__(self, on_progress: Callable[[int], None] | None) -> None:
        self._on_progress, self._least, self._lock = on_progress, np.inf, threading.Lock()

    def __call__(self, so_far: Arrays) -> None:
        with self._lock:
            effort = int(so_far["effort"])
            if effort < self._least:
                self._least = effort
                if self._on_progress is not None:
                    self._on_progress(effort)


def _status(answers: Sequence[ChildAnswer], breaks: int, floor: int) -> Status:
    if breaks == floor:
        return Status.OPTIMAL
    return Status.CANCELLED if any(one.ended == "cancelled" for one in answers) else Status.FEASIBLE


def _without(answers: Sequence[ChildAnswer]) -> Status:
    words = {"cancelled": Status.CANCELLED, "memory": Status.MEMORY, "failed": Status.FAILED}
    return next((words[one.ended] for one in answers if one.ended in words), Status.NOTHING)
