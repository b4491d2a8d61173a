"""The child process of the exact location: arrays in, every better plan and bound out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from maillon.method.plan.pool.location.branching import Search
from maillon.method.plan.pool.location.problem import LocationProblem
from maillon.method.plan.pool.location.transport import share_lots
from maillon.solve.wire import read_arrays, write_frame


def main() -> None:
    """Read one problem, search, write the answer."""
    given = read_arrays()
    names = ("capacity", "minimum", "fixed", "demand", "cost")
    problem = LocationProblem(*(np.asarray(given[name], dtype=np.float64) for name in names))
    search = Search(problem, share_lots, lambda so_far: write_frame(_state(so_far)))
    search.run(time_limit=float(given["time_limit"]), target_gap=float(given["target_gap"]))
    write_frame(_state(search), final=True)


def _state(search: Search) -> dict[str, npt.ArrayLike]:
    return {
        "objective": search.objective,
        "bound": search.bound,
        "opened": search.opened,
        "shares": search.shares,
        "exhausted": search.exhausted,
        "nodes": search.nodes,
    }


if __name__ == "__main__":
    main()
