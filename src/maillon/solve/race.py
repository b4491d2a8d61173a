"""The least cost of a logic model, by several solvers at once: what one finds or proves ends the others."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, fields

import numpy as np
import numpy.typing as npt

from maillon.solve.child_process import ChildAnswer, run_child
from maillon.solve.logic import LogicModel
from maillon.solve.model import Solution, Status
from maillon.solve.wire import Arrays

_SAT, _CPSAT = "maillon.solve.sat_child", "maillon.solve.cpsat_child"
_PULSE = 0.05


@dataclass(frozen=True, slots=True)
class Runner:
    """One solver of the race: its child module and the settings that it alone receives."""

    module: str
    settings: Mapping[str, npt.ArrayLike] = field(default_factory=dict)


#: CaDiCaL proving from below that nothing is cheaper.
FROM_BELOW = Runner(_SAT, {"strategy": "below"})
#: CaDiCaL improving a solution, a part at a time.
FROM_ABOVE = Runner(_SAT, {"strategy": "above"})
#: CP-SAT on its own.
CP_SAT = Runner(_CPSAT, {"threads": 1})


def minimise_cost(  # noqa: PLR0913 - the limits of a piece of work, all optional
    model: LogicModel,
    runners: Sequence[Runner] = (FROM_BELOW, FROM_ABOVE),
    *,
    time_limit: float = 60.0,
    memory_limit: int | None = None,
    seed: int = 0,
    parts: Sequence[Sequence[int]] = (),
    cost_part: Sequence[int] = (),
    on_progress: Callable[[Solution], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Solution:
    """Return the cheapest solution that the ``runners`` find side by side within ``time_limit`` seconds.

    ``parts`` are groups of variables that a search may free together, and ``cost_part`` the part that each
    cost literal of the model belongs to. ``memory_limit`` is in bytes, for each runner. The values of the
    solution are 0 and 1, one a variable. With the same ``seed`` each runner searches alike, but which of them
    ends the race depends on the clock: the cost of a proven optimum is always the same, the solution need not
    be.

    >>> from maillon.solve.logic import LogicBuilder
    >>> builder = LogicBuilder()
    >>> a, b = builder.new(), builder.new()
    >>> builder.clause(a, b)
    >>> builder.cost(a)
    >>> found = minimise_cost(builder.model(), time_limit=20)
    >>> found.status.value, found.values.tolist(), found.bound
    ('proven optimal', [0.0, 1.0], 0.0)
    """
    race = _Race(time.perf_counter(), time_limit, on_progress, cancel)
    arrays: dict[str, npt.ArrayLike] = {name.name: getattr(model, name.name) for name in fields(model)}
    arrays |= {"seed": seed, "time_limit": time_limit, "cost_part": np.array(cost_part, dtype=np.int32)}
    arrays["parts"] = np.array([x for part in parts for x in (*part, 0)], dtype=np.int32)
    return race.run(runners, arrays, memory_limit)


@dataclass(slots=True, eq=False)
class _Race:
    """What is known so far, kept in the thread that asked."""

    started: float
    time_limit: float
    on_progress: Callable[[Solution], None] | None
    cancel: Callable[[], bool] | None
    values: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    objective: float = float("inf")
    bound: float = float("-inf")
    infeasible: bool = False
    cancelled: bool = False
    over: threading.Event = field(default_factory=threading.Event)

    def run(
        self, runners: Sequence[Runner], arrays: dict[str, npt.ArrayLike], memory_limit: int | None
    ) -> Solution:
        frames: queue.SimpleQueue[Arrays] = queue.SimpleQueue()

        def enter(runner: Runner) -> ChildAnswer:
            return run_child(
                runner.module,
                arrays | dict(runner.settings),
                time_limit=self.time_limit,
                memory_limit=memory_limit,
                on_progress=frames.put,
                cancel=self.over.is_set,
            )

        with ThreadPoolExecutor(len(runners)) as pool:
            running = [pool.submit(enter, runner) for runner in runners]
            try:
                while not self.over.is_set() and not all(future.done() for future in running):
                    self._wait(frames)
            finally:
                self.over.set()
            answers = [future.result() for future in running]
        for arrays_so_far in [*_drain(frames), *(answer.arrays for answer in answers)]:
            self._learn(arrays_so_far)
        return self._solution(self._status(answers))

    def _wait(self, frames: queue.SimpleQueue[Arrays]) -> None:
        try:
            learned = self._learn(frames.get(timeout=_PULSE))
        except queue.Empty:
            learned = False
        if learned and self.on_progress is not None:
            self.on_progress(self._solution(Status.FEASIBLE if self.values.size else Status.NOTHING))
        self.cancelled = self.cancel is not None and self.cancel()
        late = time.perf_counter() - self.started > self.time_limit
        if self.cancelled or late or self._settled:
            self.over.set()

    @property
    def _settled(self) -> bool:
        return self.infeasible or self.bound >= self.objective

    def _learn(self, arrays: Arrays) -> bool:
        """Keep what is better than what was known, and say whether anything was."""
        if not arrays:
            return False
        before = (self.objective, self.bound, self.infeasible)
        self.infeasible |= str(arrays["status"]) == Status.INFEASIBLE.value
        objective, bound = float(arrays["objective"]), float(arrays["bound"])
        if arrays["values"].size and objective < self.objective:
            self.objective, self.values = objective, arrays["values"].astype(np.float64)
        if np.isfinite(bound):
            self.bound = max(self.bound, bound)
        return (self.objective, self.bound, self.infeasible) != before

    def _status(self, answers: Sequence[ChildAnswer]) -> Status:
        if self.infeasible:
            return Status.INFEASIBLE
        if self._settled:
            return Status.OPTIMAL
        if self.cancelled:
            return Status.CANCELLED
        if self.values.size:
            return Status.FEASIBLE
        endings = {answer.ended for answer in answers}
        if endings <= {"memory", "failed"}:
            return Status.MEMORY if "memory" in endings else Status.FAILED
        return Status.NOTHING

    def _solution(self, status: Status) -> Solution:
        objective = self.objective if self.values.size else float("nan")
        bound = self.bound if np.isfinite(self.bound) else float("nan")
        return Solution(status, self.values, objective, bound, time.perf_counter() - self.started)


def _drain(frames: queue.SimpleQueue[Arrays]) -> Iterator[Arrays]:
    while not frames.empty():
        yield frames.get()
