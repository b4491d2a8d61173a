"""A share over uncertain costs as a linear program: the oracle of tests, the peer of the benchmark."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from maillon.method.diagnose.bounds import Ratio
from maillon.solve import LinearModel, Solution, solve


def charnes_cooper(ratio: Ratio, numerator: np.ndarray, *, time_limit: float = 60.0) -> Solution:
    """Maximise Σ α·y with Σ β·y = 1, low·t ≤ y ≤ high·t, t ≥ 0 (Charnes and Cooper 1962, y = t·x).

    The optimum is the opposite of the objective. Costs are scaled to their middle and the total to 1, so
    that the solver's tolerances are relative.
    """
    count = len(ratio.low)
    middle = np.where(ratio.low + ratio.high > 0, (ratio.low + ratio.high) / 2, 1.0)
    total = float(ratio.denominator @ ((ratio.low + ratio.high) / 2))
    ratio = replace(
        ratio,
        low=ratio.low / middle,
        high=ratio.high / middle,
        denominator=ratio.denominator * middle / total,
    )
    numerator = numerator * middle / total
    column = np.arange(count, dtype=np.int32)
    above = np.column_stack([column, np.full(count, count, np.int32)]).ravel()
    used = np.flatnonzero(ratio.denominator).astype(np.int32)
    sizes = np.concatenate([[0], np.full(2 * count, 2), [len(used)]])
    infinite = np.full(count, np.inf)
    model = LinearModel(
        cost=np.concatenate([-numerator, [0.0]]),
        lower=np.zeros(count + 1),
        upper=np.full(count + 1, np.inf),
        start=np.cumsum(sizes).astype(np.int32),
        index=np.concatenate([above, above, used]),
        value=np.concatenate(
            [
                np.column_stack([np.ones(count), -ratio.low]).ravel(),
                np.column_stack([np.ones(count), -ratio.high]).ravel(),
                ratio.denominator[used],
            ]
        ),
        row_lower=np.concatenate([np.zeros(count), -infinite, [1.0]]),
        row_upper=np.concatenate([infinite, np.zeros(count), [1.0]]),
        integer=np.zeros(count + 1, dtype=np.bool_),
    )
    return solve(model, time_limit=time_limit)
