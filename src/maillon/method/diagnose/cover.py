"""The smallest set whose gains cover every need: a covering knapsack, solved to a proved bound."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillon.core.structure import Index
from maillon.method.diagnose.levels import Floats

#: Relative slack under which a need counts as covered: sums of floats.
SLACK = 1e-12
#: Seconds given to the solver; a covering knapsack of hundreds of suppliers takes milliseconds.
SOLVER_SECONDS = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """The chosen rows, their cost, and proved lower bounds of the cost and of the number of rows."""

    chosen: Index
    cost: float
    cost_bound: float
    size_bound: int


def smallest_cover(gains: Floats, needs: Floats, costs: Floats | None = None) -> Cover | None:
    """Choose rows of ``gains`` (rows × needs) of least total cost that cover every need; None if none can.

    Without costs the rows count one each: for a single need the largest gains are the optimum, which sorting
    proves; for several, the same sorting gives a bound for each need, and a mixed-integer model settles what
    the greedy choices leave open. With costs that model decides (HiGHS), greedy choices being the fallback.

    >>> import numpy as np
    >>> smallest_cover(np.array([[5.0], [3.0], [4.0]]), np.array([8.0])).chosen.tolist()
    [0, 2]
    """
    open_needs = needs > 0
    gains, needs = gains[:, open_needs], needs[open_needs]
    if not needs.size:
        return Cover(np.empty(0, dtype=np.int64), 0.0, 0.0, 0)
    if not _covers(gains, needs, np.arange(len(gains))):
        return None
    size_bound = max(_fewest(gains[:, r], needs[r]) for r in range(len(needs)))
    price = np.ones(len(gains)) if costs is None else costs
    best = _greedy(gains, needs, price)
    if costs is None and len(best) == size_bound:
        return Cover(best, float(size_bound), float(size_bound), size_bound)
    return _by_solver(gains, needs, price, best, size_bound)


def _covers(gains: Floats, needs: Floats, chosen: Index) -> bool:
    return bool((gains[chosen].sum(axis=0) >= needs * (1 - SLACK)).all())


def _fewest(gain: Floats, need: float) -> int:
    """Return how many of the largest gains reach ``need``: no smaller number can."""
    return int((np.cumsum(-np.sort(-gain)) < need * (1 - SLACK)).sum()) + 1


def _greedy(gains: Floats, needs: Floats, price: Floats) -> Index:
    """Return the cheapest of several greedy covers, each by falling gain per cost, then pruned."""
    scaled = gains / needs
    scores = [scaled.min(axis=1), scaled.sum(axis=1), *scaled.T]
    covers = [_pruned(gains, needs, price, np.argsort(-score / price, kind="stable")) for score in scores]
    return min(covers, key=lambda rows: float(price[rows].sum()))


def _pruned(gains: Floats, needs: Floats, price: Floats, order: Index) -> Index:
    reached = (np.cumsum(gains[order], axis=0) >= needs * (1 - SLACK)).all(axis=1)
    kept = order[: int(np.argmax(reached)) + 1]
    for row in kept[np.argsort(-price[kept], kind="stable")]:
        without = kept[kept != row]
        if _covers(gains, needs, without):
            kept = without
    return np.sort(kept)


def _by_solver(gains: Floats, needs: Floats, price: Floats, best: Index, size_bound: int) -> Cover:
    from maillon.solve import LinearModel, Status, solve  # noqa: PLC0415 - a solver only where one is needed
    from maillon.solve.model import dense_rows  # noqa: PLC0415 - as above

    start, index, value = dense_rows((gains / needs).T)
    count = len(gains)
    model = LinearModel(
        cost=price,
        lower=np.zeros(count),
        upper=np.ones(count),
        start=start,
        index=index,
        value=value,
        row_lower=np.ones(len(needs)),
        row_upper=np.full(len(needs), np.inf),
        integer=np.ones(count, dtype=np.bool_),
    )
    found = solve(model, time_limit=SOLVER_SECONDS)
    cost, bound = float(price[best].sum()), float(np.sort(price)[:size_bound].sum())
    if found.status in {Status.OPTIMAL, Status.FEASIBLE}:
        chosen = np.flatnonzero(found.values > 0.5)
        if _covers(gains, needs * (1 - 1e-9), chosen) and price[chosen].sum() < cost:
            best, cost = chosen, float(price[chosen].sum())
    if np.isfinite(found.bound):
        bound = max(bound, min(found.bound, cost))
    return Cover(best, cost, bound, size_bound)
