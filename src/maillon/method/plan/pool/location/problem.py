"""The question of location: which lines to open, and whose lots each of them makes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.solve import Status, relative_gap

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
#: How far, in shares of the figure, sums may be from their limits: a solver's rounding.
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class LocationProblem:
    """m candidate lines and n lots; every lot is made whole, by one or several open lines.

    ``capacity`` and ``minimum`` (m, units of a lot) bound what an open line makes, ``fixed`` (m, €) is what
    opening it costs, ``demand`` (n, units) the size of each lot, ``cost`` (m × n, €) what the *whole* lot
    costs on the line; infinite where the line cannot make it.
    """

    capacity: Floats
    minimum: Floats
    fixed: Floats
    demand: Floats
    cost: Floats

    @property
    def shape(self) -> tuple[int, int]:
        """How many lines and how many lots."""
        return len(self.capacity), len(self.demand)

    def __repr__(self) -> str:
        """Return the sizes in one line."""
        lines, lots = self.shape
        return f"<LocationProblem: {lines} lines, {lots} lots of {self.demand.sum():g} units in all>"


@dataclass(frozen=True, slots=True, eq=False)
class Location:
    """The lines opened (m flags), the share of each lot on each line (m × n), and what is proved.

    ``objective`` and ``bound`` are in €, NaN where there is none; ``missing`` (units) is the smallest
    capacity to add where the lots are proved too large for all lines together.
    """

    status: Status
    objective: float
    bound: float
    seconds: float
    opened: Flags
    shares: Floats
    missing: float = 0.0

    @property
    def gap(self) -> float:
        """The relative gap between objective and bound; NaN where one is unknown."""
        return relative_gap(self.objective, self.bound)

    def __repr__(self) -> str:
        """Return the verdict in one line."""
        gap = f", gap {self.gap:.2%}" if self.status is Status.FEASIBLE and np.isfinite(self.gap) else ""
        opened = f"{int(self.opened.sum())} lines opened"
        return f"<Location {self.status}{gap}: {self.objective:.3f}, {opened}, in {self.seconds:.1f} s>"


def location_problem(
    capacity: npt.ArrayLike,
    fixed: npt.ArrayLike,
    demand: npt.ArrayLike,
    cost: npt.ArrayLike,
    *,
    minimum: npt.ArrayLike = 0.0,
) -> LocationProblem:
    """Return the checked problem; ``InvalidRequest`` says which figures make no sense.

    >>> location_problem([10, 10], [5, 7], [4, 8], [[1, 2], [3, 1]])
    <LocationProblem: 2 lines, 2 lots of 12 units in all>
    """
    limits, costs, lots = (
        np.atleast_1d(np.asarray(each, dtype=np.float64)) for each in (capacity, fixed, demand)
    )
    least = np.broadcast_to(np.asarray(minimum, dtype=np.float64), limits.shape).copy()
    problem = LocationProblem(limits, least, costs, lots, np.asarray(cost, dtype=np.float64))
    _check(problem)
    return problem


def _check(problem: LocationProblem) -> None:
    lines, lots = problem.shape
    if not lines or not lots:
        raise InvalidRequest(message("There is nothing to locate: it takes at least one line and one lot."))
    if problem.cost.shape != (lines, lots) or problem.fixed.shape != (lines,):
        raise InvalidRequest(
            message(
                "The costs must be given for each of {lines} lines and {lots} lots.", lines=lines, lots=lots
            )
        )
    figures = (problem.capacity, problem.minimum, problem.fixed, problem.demand)
    if any((~np.isfinite(each) | (each < 0)).any() for each in figures):
        raise InvalidRequest(
            message("Capacities, minimum volumes, fixed costs and lots are numbers from zero.")
        )
    if np.isnan(problem.cost).any() or (problem.cost == -np.inf).any():
        raise InvalidRequest(message("A cost of the table is not a number."))
    if not problem.capacity.any() and problem.demand.any():
        raise InvalidRequest(
            message("The capacity is zero on every line."),
            message("Give the yearly capacity of at least one line, or --capacity with a number."),
        )
    if (problem.minimum > problem.capacity).any():
        raise InvalidRequest(
            message(
                "Line {line} asks for more than it can make.",
                line=int((problem.minimum > problem.capacity).argmax()) + 1,
            ),
            message("Its smallest volume must not exceed its capacity."),
        )
