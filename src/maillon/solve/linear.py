"""Solving linear and mixed-integer models with HiGHS."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from maillon.solve.child_process import ChildAnswer, run_child
from maillon.solve.model import Floats, LinearModel, Solution, Status
from maillon.solve.wire import Arrays

_FIELDS = ("cost", "lower", "upper", "start", "index", "value", "row_lower", "row_upper", "integer")
_STOPPED = {"cancelled": Status.CANCELLED, "memory": Status.MEMORY, "failed": Status.FAILED}


def solve(  # noqa: PLR0913 - the limits of a piece of work, all optional
    model: LinearModel,
    *,
    time_limit: float = 60.0,
    memory_limit: int | None = None,
    target_gap: float = 0.0,
    threads: int = 0,
    hint: npt.ArrayLike | None = None,
    heuristic_effort: float | None = None,
    on_progress: Callable[[Solution], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Solution:
    """Solve a linear or mixed-integer model with HiGHS within ``time_limit`` seconds.

    ``target_gap`` is the relative gap at which to stop, ``memory_limit`` in bytes, ``threads`` 0 for the
    solver's choice. ``hint`` is a solution to start from (one value a column). ``heuristic_effort`` is the
    share of the work spent on finding solutions rather than bounds (None: the solver's choice).
    ``on_progress`` receives each better solution or bound; when ``cancel`` says so the work stops.
    Never raises for a model that cannot be solved: the status says so, and the last solution and bound found
    are kept whatever stopped the work.

    >>> model = LinearModel(np.array([1.0]), np.zeros(1), np.ones(1), np.array([0, 1], np.int32),
    ...                     np.zeros(1, np.int32), np.ones(1), np.array([0.5]), np.array([np.inf]),
    ...                     np.array([True]))
    >>> solve(model).values.tolist()
    [1.0]
    """
    arrays: dict[str, npt.ArrayLike] = {name: getattr(model, name) for name in _FIELDS}
    arrays |= {"time_limit": time_limit, "target_gap": target_gap, "threads": threads}
    if hint is not None:
        arrays["hint"] = np.asarray(hint, dtype=np.float64)
    if heuristic_effort is not None:
        arrays["heuristic_effort"] = heuristic_effort
    answer = run_child(
        "maillon.solve.highs_child",
        arrays,
        time_limit=time_limit,
        memory_limit=memory_limit,
        on_progress=None if on_progress is None else lambda so_far: on_progress(_solution(so_far, 0.0)),
        cancel=cancel,
    )
    return _whole(answer)


def _whole(answer: ChildAnswer) -> Solution:
    found = _solution(answer.arrays, answer.seconds)
    if answer.ended == "answered":
        return found
    kept = Status.FEASIBLE if found.values.size else Status.NOTHING
    status = _STOPPED.get(answer.ended, kept)
    return Solution(status, found.values, found.objective, found.bound, answer.seconds)


def _solution(arrays: Arrays, seconds: float) -> Solution:
    def number(name: str) -> float:
        value = float(np.asarray(arrays.get(name, np.nan), dtype=np.float64))
        return value if np.isfinite(value) else float("nan")

    def floats(name: str) -> Floats:
        return np.asarray(arrays.get(name, np.empty(0)), dtype=np.float64)

    return Solution(
        Status(str(arrays["status"])) if "status" in arrays else Status.NOTHING,
        floats("values"),
        number("objective"),
        number("bound"),
        float(arrays["seconds"]) if "seconds" in arrays and not seconds else seconds,
        floats("row_duals"),
        floats("reduced_costs"),
    )
