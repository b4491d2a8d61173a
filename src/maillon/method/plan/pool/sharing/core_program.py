"""The master program of the cost shares: shares that keep the rows of the coalitions considered so far."""

from __future__ import annotations

from dataclasses import dataclass, field

import highspy
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
#: Weight of the sum of deviations beside the worst of them: it only breaks ties.
_TIE = 1e-3


def quiet_solver() -> highspy.Highs:
    """Return a solver that prints nothing and closes gaps entirely."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # the package ships no signatures
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("mip_rel_gap", 1e-9)
    return highs


@dataclass
class CoreProgram:
    """Shares p (n) with Σ p = ``total``, 0 ≤ p ≤ ``alone``, p(S) ≤ c(S) + excess for the ``rows`` (S, c(S)).

    Columns: shares, excess, worst deviation, deviation of each firm. A deviation is the distance of the share
    from "everybody saves the same percentage", as a share of what the firm pays alone.
    """

    alone: Floats
    total: float
    rows: list[tuple[Flags, float]] = field(default_factory=list)

    def propose(self, most_excess: float | None) -> tuple[Floats, float]:
        """Return shares and their excess: the least excess, or up to ``most_excess`` the fairest shares."""
        highs = quiet_solver()
        highs.passModel(self._lp(most_excess))
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the shares were not found: {highs.getModelStatus()}")
        found = np.array(highs.getSolution().col_value)
        firms = len(self.alone)
        return np.clip(found[:firms], 0.0, self.alone), float(found[firms])

    def _lp(self, most_excess: float | None) -> highspy.HighsLp:
        firms = len(self.alone)
        matrix, lower, upper = self._matrix()
        fairness = 0.0 if most_excess is None else 1.0
        lp = highspy.HighsLp()
        lp.num_row_, lp.num_col_ = matrix.shape
        lp.col_cost_ = np.concatenate(
            [np.zeros(firms), [1.0 - fairness, fairness], np.full(firms, fairness * _TIE / firms)]
        )
        lp.col_lower_ = np.zeros(2 * firms + 2)
        ceiling = np.inf if most_excess is None else most_excess
        lp.col_upper_ = np.concatenate([self.alone, [ceiling, np.inf], np.full(firms, np.inf)])
        lp.row_lower_, lp.row_upper_ = lower, upper
        row, column = np.nonzero(matrix)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.searchsorted(row, np.arange(matrix.shape[0] + 1)).astype(np.int32)
        lp.a_matrix_.index_, lp.a_matrix_.value_ = column.astype(np.int32), matrix[row, column]
        return lp

    def _matrix(self) -> tuple[Floats, Floats, Floats]:
        """Rows: the total, one a coalition, then per firm two of its deviation and one of the worst."""
        firms, rows = len(self.alone), len(self.rows)
        each = np.arange(firms)
        base = np.where(self.alone > 0, self.alone, 1.0)
        equal = self.alone * (self.total / max(float(self.alone.sum()), 1e-300))
        matrix, upper = np.zeros((1 + rows + 3 * firms, 2 * firms + 2)), np.zeros(1 + rows + 3 * firms)
        matrix[0, :firms], upper[0] = 1.0, self.total
        for place, (members, cost) in enumerate(self.rows, start=1):
            matrix[place, :firms], matrix[place, firms], upper[place] = members, -1.0, cost
        for sign, first in ((1.0, 1 + rows), (-1.0, 1 + rows + firms)):
            matrix[first + each, each], matrix[first + each, firms + 2 + each] = sign / base, -1.0
            upper[first + each] = sign * equal / base
        matrix[1 + rows + 2 * firms + each, firms + 2 + each] = 1.0
        matrix[1 + rows + 2 * firms + each, firms + 1] = -1.0
        lower = np.full(len(upper), -np.inf)
        lower[0] = self.total
        return matrix, lower, upper
