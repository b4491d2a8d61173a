"""The least cost of a logic model, by several solvers at once: what one finds or proves ends the others."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, fields

import numpy as np
import numpy.typing as npt

from maillon.solve.child_process import ChildAnswer, run_child
from maillon.solve.logic import LogicModel
from maillon.solve.model import Solution, Status
from maillon.solve.wire import Arrays

_SAT, _CPSAT = "maillon.solve.sat_child", "maillon.solve.cpsat_child"
_PULSE = 0.05
#: Seconds for which the bound must not move before a solution is looked for at the bound itself.
_PATIENCE = 1.5
#: The longest that this waits while better solutions still come, and its turn as a share of the time limit.
_WAIT, _TURN = 12.0, 0.35


@dataclass(frozen=True, slots=True)
class Runner:
    """One solver of the race: its child module and the settings that it alone receives."""

    module: str
    settings: Mapping[str, npt.ArrayLike] = field(default_factory=dict)


#: CaDiCaL proving from below that nothing is cheaper.
FROM_BELOW = Runner(_SAT, {"strategy": "below"})
#: CaDiCaL improving a solution, a part at a time.
FROM_ABOVE = Runner(_SAT, {"strategy": "above"})
#: CaDiCaL looking for a solution that costs no more than the bound proved by others.
AT_BOUND = Runner(_SAT, {"strategy": "at"})
#: CP-SAT on its own.
CP_SAT = Runner(_CPSAT, {"threads": 1})


def minimise_cost(  # noqa: PLR0913 - the limits of a piece of work, all optional
    model: LogicModel,
    runners: Sequence[Runner] = (FROM_BELOW, FROM_ABOVE),
    *,
    chaser: Runner | None = None,
    time_limit: float = 60.0,
    memory_limit: int | None = None,
    seed: int = 0,
    parts: Sequence[Sequence[int]] = (),
    cost_part: Sequence[int] = (),
    on_progress: Callable[[Solution], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Solution:
    """Return the cheapest solution that the ``runners`` find side by side within ``time_limit`` seconds.

    The ``chaser`` takes turns with the last of the runners, once neither the solution nor the bound moves: it
    looks for a solution at the bound itself. ``parts`` are groups of variables that a search may free
    together, ``cost_part`` the part that each cost literal of the model belongs to. ``memory_limit`` is in
    bytes, for each runner. The values of the solution are 0 and 1, one a variable. With the same ``seed``
    each runner searches alike, but which of them ends the race depends on the clock: the cost of a proven
    optimum is always the same, the solution need not be.

    >>> from maillon.solve.logic import LogicBuilder
    >>> builder = LogicBuilder()
    >>> a, b = builder.new(), builder.new()
    >>> builder.clause(a, b)
    >>> builder.cost(a)
    >>> found = minimise_cost(builder.model(), time_limit=20)
    >>> found.status.value, found.values.tolist(), found.bound
    ('proven optimal', [0.0, 1.0], 0.0)
    """
    arrays: dict[str, npt.ArrayLike] = {name.name: getattr(model, name.name) for name in fields(model)}
    arrays |= {"seed": seed, "time_limit": time_limit, "cost_part": np.array(cost_part, dtype=np.int32)}
    arrays["parts"] = np.array([x for part in parts for x in (*part, 0)], dtype=np.int32)
    with _Track(arrays, time_limit, memory_limit) as track:
        lanes = [_Lane(track, (runner,)) for runner in runners[:-1]]
        lanes.append(_Lane(track, (runners[-1], chaser) if chaser else (runners[-1],)))
        return _Race(track, lanes, on_progress, cancel).run()


@dataclass(slots=True, eq=False)
class _Track:
    """Where children run, each in a thread that listens to it; all are stopped on leaving."""

    arrays: dict[str, npt.ArrayLike]
    time_limit: float
    memory_limit: int | None
    started: float = field(default_factory=time.perf_counter)
    frames: queue.SimpleQueue[Arrays] = field(default_factory=queue.SimpleQueue)
    stops: list[threading.Event] = field(default_factory=list)
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(16))

    def __enter__(self) -> _Track:
        return self

    def __exit__(self, *_: object) -> None:
        for stop in self.stops:
            stop.set()
        self.pool.shutdown()

    @property
    def left(self) -> float:
        """The seconds left."""
        return self.time_limit - (time.perf_counter() - self.started)

    def enter(self, runner: Runner, **more: npt.ArrayLike) -> tuple[Future[ChildAnswer], threading.Event]:
        """Start a runner, and return its answer to come and what stops it."""
        stop = threading.Event()
        self.stops.append(stop)
        arrays = self.arrays | dict(runner.settings) | more

        def run() -> ChildAnswer:
            answer = run_child(
                runner.module,
                arrays,
                time_limit=max(self.left, 0.1),
                memory_limit=self.memory_limit,
                on_progress=self.frames.put,
                cancel=stop.is_set,
            )
            self.frames.put(answer.arrays)
            return answer

        return self.pool.submit(run), stop


@dataclass(slots=True, eq=False)
class _Lane:
    """One place on the track: its first runner and, where there is a second, a chaser that takes turns."""

    track: _Track
    runners: tuple[Runner, ...]
    turn: int = 0
    since: float = 0.0
    target: float = float("-inf")
    starts: int = 0
    running: tuple[Future[ChildAnswer], threading.Event] | None = None

    @property
    def over(self) -> bool:
        """Whether the runner of this turn has ended by itself."""
        return self.running is not None and self.running[0].done()

    @property
    def ending(self) -> str | None:
        """How the runner of this turn ended, ``None`` while it runs."""
        return self.running[0].result().ended if self.running is not None and self.over else None

    def start(self, turn: int, best: npt.NDArray[np.float64], bound: float) -> None:
        """Let the runner of a turn replace the one that runs; it receives the best solution and the bound."""
        if self.running is not None:
            self.running[1].set()
        self.turn, self.since, self.target = turn, time.perf_counter(), bound
        # Another seed each time: a search cut short must not begin the same way again.
        more: dict[str, npt.ArrayLike] = {"seed": np.asarray(self.track.arrays["seed"]) + self.starts}
        self.starts += 1
        if best.size:
            more["hint"] = np.where(best > 0, 1, -1) * np.arange(1, best.size + 1)
        if turn:
            more["target"] = bound
        self.running = self.track.enter(self.runners[turn], **more)

    def steer(self, best: npt.NDArray[np.float64], bound: float, news: _News) -> None:
        """Start, keep or replace a runner, given what is known and when that last moved."""
        now = time.perf_counter()
        if self.running is None:
            self.start(0, best, bound)
        elif self.ending in {"failed", "memory"}:
            return  # what aborted once would abort again
        elif len(self.runners) > 1 and best.size and np.isfinite(bound):
            steady = now - max(news.bound, self.since) > _PATIENCE
            stuck = now - news.solution > _PATIENCE or now - self.since > _WAIT
            outrun = bound > self.target or self.over
            if steady and (outrun if self.turn else stuck):
                self.start(1, best, bound)
            elif self.turn and now - self.since > _TURN * self.track.time_limit:
                self.start(0, best, bound)


@dataclass(slots=True)
class _News:
    """When the best solution and the bound last moved."""

    solution: float = 0.0
    bound: float = 0.0


@dataclass(slots=True, eq=False)
class _Race:
    """What is known so far, kept in the thread that asked."""

    track: _Track
    lanes: list[_Lane]
    on_progress: Callable[[Solution], None] | None
    cancel: Callable[[], bool] | None
    values: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    objective: float = float("inf")
    bound: float = float("-inf")
    news: _News = field(default_factory=_News)
    infeasible: bool = False

    def run(self) -> Solution:
        """Run until all is known, nobody runs, time is over or the race is cancelled."""
        while True:
            for lane in self.lanes:
                lane.steer(self.values, self.bound, self.news)
            self._hear()
            if self._settled or self.track.left <= 0 or all(lane.over for lane in self.lanes):
                break
            if self.cancel is not None and self.cancel():
                return self._solution(Status.OPTIMAL if self._settled else Status.CANCELLED)
        while not self.track.frames.empty():
            self._learn(self.track.frames.get())
        return self._solution(self._status())

    def _hear(self) -> None:
        try:
            learned = self._learn(self.track.frames.get(timeout=_PULSE))
        except queue.Empty:
            return
        if learned and self.on_progress is not None:
            self.on_progress(self._solution(Status.FEASIBLE if self.values.size else Status.NOTHING))

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
            self.news.solution = time.perf_counter()
        if np.isfinite(bound) and bound > self.bound:
            self.bound, self.news.bound = bound, time.perf_counter()
        return (self.objective, self.bound, self.infeasible) != before

    def _status(self) -> Status:
        if self._settled:
            return Status.INFEASIBLE if self.infeasible else Status.OPTIMAL
        if self.values.size:
            return Status.FEASIBLE
        endings = {lane.ending for lane in self.lanes}
        if endings <= {"memory", "failed"}:
            return Status.MEMORY if "memory" in endings else Status.FAILED
        return Status.NOTHING

    def _solution(self, status: Status) -> Solution:
        objective = self.objective if self.values.size else float("nan")
        bound = self.bound if np.isfinite(self.bound) else float("nan")
        seconds = time.perf_counter() - self.track.started
        return Solution(status, self.values, objective, bound, seconds)
