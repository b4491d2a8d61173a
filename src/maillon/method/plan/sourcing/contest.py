"""Two processes on one plan: the exact solver proves bounds, the decomposition finds plans; the best of both.

A small problem is left to the exact solver alone. On a large one HiGHS mostly raises the bound with its cuts,
while the decomposition improves the plan; each new bound or plan of either is kept.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from maillon.method.plan.sourcing.arrays import Flags, Floats, SourcingArrays
from maillon.method.plan.sourcing.decomposed.task import Task, packed_task
from maillon.method.plan.sourcing.model import sourcing_model
from maillon.method.plan.sourcing.rules import PlanRules
from maillon.solve import ChildAnswer, Solution, Status, relative_gap, run_child, solve
from maillon.solve.blocks import NamedModel
from maillon.solve.wire import Arrays

#: Up to this many offers, the exact solver alone is faster than two processes.
_SMALL = 400
#: From this many offers on, the exact solver finds no plan in useful time: it then works on the bound alone.
_LARGE = 5_000
_PULSE = 0.05
_UNKNOWN = np.array(np.nan)


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """How far the work is: the best objective and bound so far (€/yr, NaN where there is none), seconds."""

    objective: float
    bound: float
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """A plan to start from: share and use of each offer, objective in €/yr (NaN: it misses a target)."""

    objective: float
    share: Floats
    used: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Contest:
    """What is to be solved, when to stop, what to start from.

    Without ``bound_too`` a large plan has the bound of its relaxation only, and one process.
    """

    arrays: SourcingArrays
    rules: PlanRules
    time_limit: float
    target_gap: float
    seed: int = 0
    start: Start | None = None
    bound_too: bool = True


@dataclass(frozen=True, slots=True)
class Signals:
    """What the processes are told: to stop; that there is a plan, so that a busy machine finds one first."""

    stop: threading.Event = field(default_factory=threading.Event)
    planned: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True, eq=False)
class News:
    """One thing that a process found; NaN or empty where it says nothing. ``last`` is its final word."""

    status: Status
    objective: float = np.nan
    bound: float = np.nan
    share: Floats = field(default_factory=lambda: np.empty(0))
    used: Floats | Flags = field(default_factory=lambda: np.empty(0))
    last: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class End:
    """The best of both processes."""

    status: Status
    progress: PlanProgress
    share: Floats
    used: Floats | Flags


def run_contest(
    contest: Contest,
    on_progress: Callable[[PlanProgress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> End:
    """Run both processes until one of: time is out, ``cancel``, the gap is reached, the exact solver ends."""
    news: queue.SimpleQueue[News] = queue.SimpleQueue()
    signals = Signals()
    large = len(contest.arrays.part) > _LARGE
    if not large:
        signals.planned.set()
    runs = [_run_exact] if contest.bound_too or not large else []
    runs += [_run_decomposed] if len(contest.arrays.part) > _SMALL else []
    threads = [threading.Thread(target=run, args=(contest, news, signals)) for run in runs]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    try:
        return _gather(contest, news, started, (on_progress, cancel, len(threads)))
    finally:
        signals.stop.set()
        for thread in threads:
            thread.join()


def _gather(
    contest: Contest,
    news: queue.SimpleQueue[News],
    started: float,
    caller: tuple[Callable[[PlanProgress], None] | None, Callable[[], bool] | None, int],
) -> End:
    on_progress, cancel, running = caller
    end = End(Status.NOTHING, PlanProgress(np.nan, np.nan, 0.0), np.empty(0), np.empty(0))
    if (begun := contest.start) is not None and np.isfinite(begun.objective):
        end = _merged(end, News(Status.FEASIBLE, begun.objective, np.nan, begun.share, begun.used))
    while True:
        seconds = time.perf_counter() - started
        end = replace(end, progress=replace(end.progress, seconds=seconds))
        if cancel is not None and cancel():
            return replace(end, status=Status.CANCELLED)
        if seconds > contest.time_limit:
            return end
        try:
            heard = news.get(timeout=_PULSE)
        except queue.Empty:
            continue
        end = _merged(end, heard)
        if on_progress is not None:
            on_progress(end.progress)
        running -= heard.last
        gap = relative_gap(end.progress.objective, end.progress.bound)
        settled = heard.last and (heard.status in {Status.OPTIMAL, Status.INFEASIBLE})
        if settled or not running or gap <= contest.target_gap:
            return end


def _merged(end: End, heard: News) -> End:
    """Return the best of what was known and what was heard; a proof of one process counts for both."""
    bound = float(np.fmax(end.progress.bound, heard.bound))
    if heard.share.size and not heard.objective >= end.progress.objective:
        progress = PlanProgress(heard.objective, bound, end.progress.seconds)
        return End(Status.FEASIBLE, progress, heard.share, heard.used)
    failed = heard.last and not end.share.size and heard.status is not Status.FEASIBLE
    status = heard.status if failed else end.status
    return End(status, replace(end.progress, bound=bound), end.share, end.used)


def _run_exact(contest: Contest, news: queue.SimpleQueue[News], signals: Signals) -> None:
    begun = time.perf_counter()
    while not signals.planned.wait(_PULSE):
        if signals.stop.is_set():
            return
    model = sourcing_model(contest.arrays, contest.rules)
    found = solve(
        model.linear,
        time_limit=max(contest.time_limit - (time.perf_counter() - begun), 1.0),
        target_gap=contest.target_gap,
        heuristic_effort=0.0 if len(contest.arrays.part) > _LARGE else None,
        on_progress=lambda now: news.put(_exact_news(model, now)),
        cancel=signals.stop.is_set,
    )
    news.put(replace(_exact_news(model, found), last=True))


def _exact_news(model: NamedModel, found: Solution) -> News:
    if not found.values.size:
        return News(found.status, bound=found.bound)
    share, used = (found.values[model.columns[name].at] for name in ("share", "used"))
    return News(found.status, found.objective, found.bound, share, used)


def _run_decomposed(contest: Contest, news: queue.SimpleQueue[News], signals: Signals) -> None:
    def heard(arrays: Arrays) -> None:
        if "share" in arrays:
            signals.planned.set()
        news.put(_child_news(ChildAnswer(arrays, "time", 0.0)))

    begun = contest.start
    start = () if begun is None else (begun.share, begun.used)
    task = Task(contest.arrays, contest.rules, contest.time_limit, contest.seed, *start)
    answer = run_child(
        "maillon.method.plan.sourcing.decomposed.plan_child",
        packed_task(task),
        time_limit=contest.time_limit,
        on_progress=heard,
        cancel=signals.stop.is_set,
    )
    signals.planned.set()
    news.put(replace(_child_news(answer), last=True))


def _child_news(answer: ChildAnswer) -> News:
    arrays = answer.arrays
    if answer.ended in {"failed", "memory"} and "share" not in arrays:
        return News(Status.FAILED if answer.ended == "failed" else Status.MEMORY)
    status = Status(str(arrays["status"])) if "status" in arrays else Status.NOTHING
    objective, bound = (float(arrays.get(name, _UNKNOWN)) for name in ("objective", "bound"))
    return News(status, objective, bound, arrays.get("share", np.empty(0)), arrays.get("used", np.empty(0)))
