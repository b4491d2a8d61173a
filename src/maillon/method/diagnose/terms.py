"""The terms of a share: what weighs, how much of it is local at least and at most, and what is believed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillon.method.diagnose.bounds import Ratio, fixed_bounds
from maillon.method.diagnose.expected import expected_shares
from maillon.method.diagnose.levels import Flags, Floats
from maillon.method.diagnose.results import Share

Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """One basis: terms (rows) against territories (columns).

    ``weight`` is in ``unit``, at the middle of uncertain costs. ``low`` and ``high`` are the local fractions
    by established origins, ``believed_low`` and ``believed_high`` by any; ``placed`` tells where it is
    established. ``country`` and ``family`` number the pools from which unknowns are expected to be drawn
    (-1: not known). ``ratio`` replaces the fixed weights in the bounds where costs are uncertain.
    """

    weight: Floats
    low: Floats
    high: Floats
    believed_low: Floats
    believed_high: Floats
    placed: Flags
    country: Codes
    family: Codes
    unit: str
    left_out: int
    ratio: Ratio | None = None

    def shares(self, least_coverage: float, family_lines: int) -> list[Share]:
        """Return the share of each territory, ``expected`` only where the coverage allows it."""
        total = float(self.weight.sum())
        if self.ratio is None:
            least, most = fixed_bounds(self.weight, self.low, self.high)
        else:
            least, most = self.ratio.bounds()
        coverage = self.weight @ self.placed / total if total > 0 else np.zeros(self.low.shape[1])
        central = expected_shares(
            self.weight, (self.believed_low, self.believed_high), self.country, self.family, family_lines
        )
        shown = (coverage >= least_coverage - 1e-12) | (most - least < 1e-12)
        middle = _or_none(np.where(shown, np.clip(central, least, most), np.nan))
        return [
            Share(low, mid, high, min(float(covered), 1.0), total, self.unit, self.left_out)
            for low, mid, high, covered in zip(_or_none(least), middle, _or_none(most), coverage, strict=True)
        ]


def _or_none(values: Floats) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]
