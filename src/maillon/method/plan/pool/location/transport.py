"""With the lines chosen: the cheapest sharing of the lots among them, a transportation problem."""

from __future__ import annotations

import highspy
import numpy as np

from maillon.method.plan.pool.location.problem import Flags, Floats, LocationProblem


def share_lots(
    problem: LocationProblem, opened: Flags, seconds: float = np.inf
) -> tuple[float, Floats] | None:
    """Return the cost (€, fixed costs included) and the shares (m × n); ``None`` if the lines cannot.

    Raises ``TimeoutError`` where neither is known after so many ``seconds``. Runs HiGHS: for children only.
    """
    rows = np.flatnonzero(opened)
    held, least = problem.capacity[rows], problem.minimum[rows]
    needed = float(problem.demand.sum())
    if held.sum() < needed * (1 - 1e-9) or least.sum() > needed * (1 + 1e-9):
        return None
    lp = _lp(problem, rows)
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # the package ships no signatures
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("time_limit", max(seconds, 0.1))
    highs.passModel(lp)
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return None
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise TimeoutError
    shares = np.zeros(problem.cost.shape)
    found = np.array(highs.getSolution().col_value).reshape(len(rows), -1)
    shares[rows] = np.clip(found, 0.0, 1.0)
    total = float(problem.fixed[rows].sum()) + float(highs.getInfo().objective_function_value)
    return total, shares


def _lp(problem: LocationProblem, rows: np.ndarray) -> highspy.HighsLp:
    """Rows: one a line (its volume), then one a lot (made once); columns: shares, line by line."""
    lines, lots = len(rows), len(problem.demand)
    cost = problem.cost[rows].ravel()
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = lines * lots, lines + lots
    lp.col_cost_, lp.col_lower_ = np.where(np.isfinite(cost), cost, 0.0), np.zeros(cost.size)
    lp.col_upper_ = np.isfinite(cost).astype(np.float64)
    lp.row_lower_ = np.concatenate([problem.minimum[rows], np.ones(lots)])
    lp.row_upper_ = np.concatenate([problem.capacity[rows], np.ones(lots)])
    index = np.empty((lines * lots, 2), dtype=np.int32)
    index[:, 0] = np.repeat(np.arange(lines), lots)
    index[:, 1] = lines + np.tile(np.arange(lots), lines)
    value = np.ones((lines * lots, 2))
    value[:, 0] = np.tile(problem.demand, lines)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.arange(0, 2 * cost.size + 1, 2, dtype=np.int32)
    lp.a_matrix_.index_, lp.a_matrix_.value_ = index.ravel(), value.ravel()
    return lp
