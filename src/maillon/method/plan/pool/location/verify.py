"""An independent look at a plan of location: every rule again, from the inputs alone."""

from __future__ import annotations

import numpy as np

from maillon.method.plan.pool.location.problem import ROUNDING, Location, LocationProblem


def verify_location(problem: LocationProblem, plan: Location) -> tuple[str, ...]:
    """Return what is wrong with a plan, as codes followed by the line or lot (from 1); empty if it holds.

    >>> from maillon.method.plan.pool.location import locate_lines, location_problem
    >>> problem = location_problem([10, 10], [5, 7], [4, 8], [[1, 2], [3, 1]])
    >>> verify_location(problem, locate_lines(problem))
    ()
    """
    if not plan.shares.size:
        return ("no_plan",)
    volume = [sum(share * lot for share, lot in zip(row, problem.demand, strict=True)) for row in plan.shares]
    wrong = []
    for line, (made, is_open) in enumerate(zip(volume, plan.opened, strict=True), start=1):
        size = max(problem.capacity[line - 1], 1.0) * ROUNDING
        if made > size and not is_open:
            wrong.append(f"closed_line_used {line}")
        if made > problem.capacity[line - 1] + size:
            wrong.append(f"over_capacity {line}")
        if is_open and made < problem.minimum[line - 1] - size:
            wrong.append(f"under_minimum {line}")
    wrong += [
        f"lot_not_made_once {lot + 1}" for lot in range(problem.shape[1]) if not _once(plan.shares[:, lot])
    ]
    wrong += [
        f"impossible_line {lot + 1}" for lot in range(problem.shape[1]) if _impossible(problem, plan, lot)
    ]
    total = cost_of(problem, plan)
    if abs(total - plan.objective) > ROUNDING * max(abs(total), 1.0):
        wrong.append(f"cost {total!r}")
    if plan.bound > plan.objective * (1 + ROUNDING) + ROUNDING:
        wrong.append("bound_above_objective")
    return tuple(wrong)


def cost_of(problem: LocationProblem, plan: Location) -> float:
    """Return what a plan costs (€), line by line and lot by lot."""
    total = float(problem.fixed[plan.opened].sum())
    for line, lot in zip(*np.nonzero(plan.shares), strict=True):
        total += float(problem.cost[line, lot] * plan.shares[line, lot])
    return total


def _once(column: np.ndarray) -> bool:
    return bool(abs(column.sum() - 1.0) <= ROUNDING and column.min() >= -ROUNDING)


def _impossible(problem: LocationProblem, plan: Location, lot: int) -> bool:
    return bool((np.isinf(problem.cost[:, lot]) & (plan.shares[:, lot] > ROUNDING)).any())
