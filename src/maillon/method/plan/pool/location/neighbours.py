"""Plans one change away from the best: one line closed, opened or exchanged, the most promising first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from maillon.method.plan.pool.location.problem import Flags, LocationProblem
from maillon.method.plan.pool.location.relaxation import Bounded


def neighbours(problem: LocationProblem, known: Bounded, opened: Flags, objective: float) -> Iterator[Flags]:
    """Yield sets of lines near ``opened`` whose own bound is below ``objective`` (€), the lowest first.

    With its lines fixed, a plan costs at least the sum of the prices and of the values of its lines: most
    changes are ruled out without sharing a single lot.
    """
    usable = np.isfinite(known.values)
    inside, outside = np.flatnonzero(opened & usable), np.flatnonzero(~opened & usable)
    base = float(known.prices.sum() + known.values[opened & usable].sum())
    leaving = np.append(-known.values[inside], 0.0)
    coming = np.append(known.values[outside], 0.0)
    bound = base + leaving[:, None] + coming[None, :]
    held = float(problem.capacity[opened].sum())
    lost, won = np.append(problem.capacity[inside], 0.0), np.append(problem.capacity[outside], 0.0)
    holds = held - lost[:, None] + won[None, :] >= float(problem.demand.sum()) * (1 - 1e-9)
    bound = np.where(holds, bound, np.inf)
    bound[-1, -1] = np.inf  # no change at all
    for place in np.argsort(bound, axis=None, kind="stable"):
        out, into = np.unravel_index(place, bound.shape)
        if bound[out, into] >= objective:
            return
        near = opened.copy()
        if out < len(inside):
            near[inside[out]] = False
        if into < len(outside):
            near[outside[into]] = True
        yield near
