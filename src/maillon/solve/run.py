"""Running a model in a child process: its crash, its memory and its time are its own."""

from __future__ import annotations

import io
import subprocess
import sys
import time

import numpy as np

from maillon.solve.model import LinearModel, Solution, Status

_FIELDS = ("cost", "lower", "upper", "start", "index", "value", "row_lower", "row_upper", "integer")
#: Seconds that the child may take beyond its limit to start, load the solver and answer.
GRACE = 10.0


def solve(model: LinearModel, *, time_limit: float = 60.0) -> Solution:
    """Solve a linear or mixed-integer model with HiGHS within ``time_limit`` seconds.

    Never raises for a model that cannot be solved: the status says so, and the last solution and bound are
    kept. The child is killed when it overruns.

    >>> model = LinearModel(np.array([1.0]), np.zeros(1), np.ones(1), np.array([0, 1], np.int32),
    ...                     np.zeros(1, np.int32), np.ones(1), np.array([0.5]), np.array([np.inf]),
    ...                     np.array([True]))
    >>> solve(model).values.tolist()
    [1.0]
    """
    packed = io.BytesIO()
    np.savez(packed, **{name: getattr(model, name) for name in _FIELDS}, time_limit=np.array(time_limit))
    started = time.perf_counter()
    try:
        child = subprocess.run(
            [sys.executable, "-m", "maillon.solve.child"],
            input=packed.getvalue(),
            capture_output=True,
            timeout=time_limit + GRACE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _without(Status.NOTHING, started)
    if child.returncode != 0:
        return _without(Status.FAILED, started)
    with np.load(io.BytesIO(child.stdout)) as answer:
        return Solution(
            Status(str(answer["status"])),
            answer["values"],
            float(answer["objective"]),
            float(answer["bound"]),
            time.perf_counter() - started,
        )


def _without(status: Status, started: float) -> Solution:
    nothing = float("nan")
    return Solution(status, np.empty(0), nothing, nothing, time.perf_counter() - started)
