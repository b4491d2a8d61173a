"""Which groups of conditions contradict one another, as few as deletion leaves."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from pysat.solvers import Cadical195

from maillon.solve.logic import split_at_zeros
from maillon.solve.model import Status
from maillon.solve.sat_formula import write_clauses
from maillon.solve.wire import Arrays

#: Conflicts spent on trying to do without one group.
_BUDGET = 20_000


def find_core(arrays: Arrays) -> dict[str, npt.ArrayLike]:
    """Return the ``core``: groups (by rank) whose literals cannot all be true, none of them superfluous.

    A group stays when so many conflicts do not tell whether the others contradict one another without it.
    When all groups can be true together the status is "feasible" and the core is empty.
    """
    clauses, _ = write_clauses(arrays)
    groups = split_at_zeros(arrays["groups"])
    with Cadical195(bootstrap_with=clauses) as solver:
        core = _core(solver, groups, list(range(len(groups))), -1)
        if core is None:
            return {"status": Status.FEASIBLE.value, "core": np.empty(0, np.int32)}
        kept: list[int] = []
        while core:
            tried = core.pop()
            smaller = _core(solver, groups, kept + core, _BUDGET)
            if smaller is None:
                kept.append(tried)
            else:
                core = [group for group in smaller if group not in kept]
    return {"status": Status.INFEASIBLE.value, "core": np.array(sorted(kept), np.int32)}


def _core(solver: Cadical195, groups: list[list[int]], chosen: list[int], conflicts: int) -> list[int] | None:
    """Return the groups that the solver needed for a contradiction, ``None`` when it found none."""
    solver.conf_budget(conflicts)
    if solver.solve_limited(assumptions=[x for group in chosen for x in groups[group]]) is not False:
        return None
    needed = set(solver.get_core() or ())
    return [group for group in chosen if needed.intersection(groups[group])]
