"""A bound on every plan: lots buy capacity at a price each, and each line fills itself as it likes.

Lagrangian relaxation of "each lot is made once" (prices u, € a lot): L(u) = Σ u_j + min Σ_i v_i(u) y_i with
v_i(u) = f_i + min Σ_j (c_ij - u_j) x_ij over minimum_i ≤ Σ_j d_j x_ij ≤ capacity_i, 0 ≤ x ≤ 1, a continuous
knapsack. The lines chosen must hold all lots, which is implied by the problem but not by the relaxation.
Beasley, "An algorithm for solving large capacitated warehouse location problems", EJOR 33 (1988); the
steps along an averaged direction are those of the volume algorithm (Barahona & Anbil, Math. Prog. 87, 2000).
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillon.method.plan.pool.location.problem import Flags, Floats, LocationProblem

#: Iterations without a better bound after which the step is shortened, and by how much.
_PATIENCE, _SHORTER = 15, 0.7
#: How much of the last direction is kept in the next, and of the last average in the next.
_INERTIA, _MEMORY = 0.7, 0.95
#: How far above the best bound a step may aim, where the known plan is farther.
_AIM = 0.05
#: Step length under which nothing more is expected.
_SHORTEST = 2e-4


@dataclass(frozen=True, slots=True, eq=False)
class Bounded:
    """A proved bound with its ``prices`` (n), the ``values`` of the lines there (m) and two hints.

    ``chosen`` (m flags) are the lines of the relaxation at these prices, ``average`` (m) how often each line
    was chosen lately. ``bound`` is infinite where no choice of lines can hold the lots.
    """

    bound: float
    prices: Floats
    values: Floats
    chosen: Flags
    average: Floats


@dataclass(frozen=True, slots=True)
class Effort:
    """How many price changes, how long the first step is, and what the clock says when it is time to stop."""

    rounds: int
    step: float = 1.0
    ends: float = np.inf


def first_prices(problem: LocationProblem) -> Floats:
    """Return prices to start from: what each lot costs on its third cheapest line.

    >>> from maillon.method.plan.pool.location.problem import location_problem
    >>> first_prices(location_problem([9, 9, 9, 9], [1, 1, 1, 1], [2], [[4], [3], [8], [5]])).tolist()
    [5.0]
    """
    cheap = np.sort(problem.cost, axis=0)[: min(3, problem.cost.shape[0])]
    usable = np.where(np.isfinite(cheap), cheap, -np.inf).max(axis=0)
    return np.where(np.isfinite(usable), usable, 0.0)


def fill_lines(problem: LocationProblem, rows: npt.NDArray[np.intp], prices: Floats) -> tuple[Floats, Floats]:
    """Return what each line of ``rows`` is worth when open (€, infinite if it cannot be) and its shares.

    >>> from maillon.method.plan.pool.location.problem import location_problem
    >>> problem = location_problem([5], [1], [4, 4], [[2, 3]])
    >>> worth, shares = fill_lines(problem, np.array([0]), np.array([10.0, 7.0]))
    >>> worth.tolist(), shares.tolist()
    ([-8.0], [[1.0, 0.25]])
    """
    gain = problem.cost[rows] - prices
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(problem.demand > 0, gain / problem.demand, np.where(gain < 0, -np.inf, np.inf))
    needed = bool(problem.minimum[rows].any())
    order = _order(rate, gain.shape[1] if needed else int((gain < 0).sum(axis=1).max(initial=0)))
    size = problem.demand[order]
    before = np.cumsum(size, axis=1) - size
    sorted_gain = np.take_along_axis(gain, order, 1)
    share = np.where(sorted_gain < 0, _room(problem.capacity[rows], before, size), 0.0)
    if needed:
        least = np.where(np.isfinite(sorted_gain), _room(problem.minimum[rows], before, size), 0.0)
        share = np.maximum(share, np.where(size > 0, least, share))
    with np.errstate(invalid="ignore"):
        worth = problem.fixed[rows] + np.where(share > 0, share * sorted_gain, 0.0).sum(axis=1)
    if needed:
        short = (share * size).sum(axis=1) < problem.minimum[rows] * (1 - 1e-9)
        worth = np.where(short, np.inf, worth)
    shares = np.zeros_like(gain)
    np.put_along_axis(shares, order, share, 1)
    return worth, shares


def _order(rate: Floats, kept: int) -> npt.NDArray[np.intp]:
    """Return, row by row, the columns of the ``kept`` smallest rates in their order."""
    if kept >= rate.shape[1]:
        return np.argsort(rate, axis=1)
    part = np.argpartition(rate, kept, axis=1)[:, :kept]
    return np.take_along_axis(part, np.argsort(np.take_along_axis(rate, part, 1), axis=1), 1)


def _room(limit: Floats, before: Floats, size: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(size > 0, np.clip((limit[:, None] - before) / size, 0.0, 1.0), 1.0)


def choose_lines(
    values: Floats, capacity: Floats, must: Flags, may: Flags, needed: float
) -> tuple[float, Floats]:
    """Return the least total value of lines that hold ``needed`` units, as a bound, and the lines (0 to 1).

    ``must`` lines are in, of the ``may`` lines any. Two relaxations of the same 0-1 knapsack, the better of
    which is kept: lines by fractions, and lines counted (so many, at least, whatever they are).

    >>> two = np.array([False, False])
    >>> choose_lines(np.array([4.0, 6.0]), np.array([10.0, 10.0]), two, ~two, 12.0)
    (10.0, array([1., 1.]))
    """
    base, left = float(values[must].sum()), needed - float(capacity[must].sum())
    free = np.flatnonzero(may & ~must & np.isfinite(values))
    if left > 1e-9 * max(needed, 1.0) + float(capacity[free].sum()):
        return np.inf, must.astype(np.float64)
    if not np.isfinite(base):
        return np.inf, must.astype(np.float64)
    whole, counted = _by_count(values[free], capacity[free], left)
    parted, fraction = _by_fraction(values[free], capacity[free], left)
    chosen = must.astype(np.float64)
    chosen[free] = whole if counted >= parted else fraction
    return base + max(counted, parted), chosen


def _by_count(values: Floats, capacity: Floats, left: float) -> tuple[Floats, float]:
    holds = np.cumsum(np.sort(capacity)[::-1])
    fewest = 0 if left <= 0 else min(int(np.searchsorted(holds, left * (1 - 1e-9))) + 1, len(values))
    taken = np.zeros(len(values))
    taken[np.argsort(values, kind="stable")[: max(fewest, int((values < 0).sum()))]] = 1.0
    return taken, float(values @ taken)


def _by_fraction(values: Floats, capacity: Floats, left: float) -> tuple[float, Floats]:
    taken = (values < 0).astype(np.float64)
    left -= float(capacity @ taken)
    usable = np.flatnonzero((taken == 0) & (capacity > 0))
    order = usable[np.argsort(values[usable] / capacity[usable], kind="stable")]
    before = np.cumsum(capacity[order]) - capacity[order]
    taken[order] = np.clip((left - before) / capacity[order], 0.0, 1.0)
    return float(values @ taken), taken


def tighten(
    problem: LocationProblem,
    prices: Floats,
    must: Flags,
    may: Flags,
    *,
    target: float,
    effort: Effort,
) -> Bounded:
    """Return the best bound found with this ``effort``; stops once it reaches ``target`` (€).

    ``must`` and ``may`` restrict the lines, as in ``choose_lines``. The target steers the steps too: it
    should be what a known plan costs.
    """
    rows, climb = np.flatnonzero(must | may), _Climb(prices, effort.step)
    lines, needed = len(problem.capacity), float(problem.demand.sum())
    best = Bounded(-np.inf, prices, np.zeros(lines), must, must.astype(np.float64))
    average: Floats | None = None
    for _ in range(effort.rounds):
        values = np.full(lines, np.inf)
        values[rows], shares = fill_lines(problem, rows, climb.prices)
        total, chosen = choose_lines(values, problem.capacity, must, may, needed)
        bound = float(climb.prices.sum()) + total
        average = chosen if average is None else _MEMORY * average + (1 - _MEMORY) * chosen
        if bound > best.bound:
            better = bound > best.bound + 1e-6 * abs(best.bound)
            best = Bounded(bound, climb.prices, values, chosen > 0.5, average)
            climb.found(better=better)
        else:
            climb.found(better=False)
        if (
            best.bound >= target
            or climb.step < _SHORTEST
            or np.isinf(total)
            or time.perf_counter() > effort.ends
        ):
            break
        climb.move(
            1.0 - chosen[rows] @ shares, min(target, best.bound + _AIM * abs(best.bound)) - bound, best.prices
        )
    return Bounded(
        best.bound, best.prices, best.values, best.chosen, best.average if average is None else average
    )


class _Climb:
    """The state of the ascent: where it is, which way it goes and how far."""

    def __init__(self, prices: Floats, step: float) -> None:
        self.prices, self.step = prices, step
        self._direction: Floats | None = None
        self._since = 0

    def found(self, *, better: bool) -> None:
        self._since = 0 if better else self._since + 1

    def move(self, slack: Floats, distance: float, best: Floats) -> None:
        """Step along the averaged slack of the lots, or go back to the best prices with a shorter step."""
        if self._since >= _PATIENCE:
            self.step, self._since, self._direction, self.prices = self.step * _SHORTER, 0, None, best
            return
        old = self._direction
        self._direction = slack if old is None else _INERTIA * old + (1 - _INERTIA) * slack
        length = float(self._direction @ self._direction)
        if length > 0:
            self.prices = self.prices + self.step * max(distance, 0.0) / length * self._direction
