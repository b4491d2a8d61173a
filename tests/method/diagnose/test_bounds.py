"""Bounds of a ratio against linear programming: Charnes and Cooper's transformation, solved by HiGHS."""

from dataclasses import replace

import numpy as np
import pytest

from factories.boms import large_bom
from maillon.core.place import EU, FRANCE
from maillon.method.diagnose import cost_bom
from maillon.method.diagnose.bases import origin_value_terms, value_added_terms
from maillon.method.diagnose.bought import bought_lines
from maillon.method.diagnose.bounds import Ratio
from maillon.method.diagnose.origins import find_origins
from maillon.method.diagnose.results import Site
from maillon.solve import LinearModel, Status, solve


def charnes_cooper(ratio: Ratio, numerator: np.ndarray) -> float:
    """Maximise Σ α·y with Σ β·y = 1, low·t ≤ y ≤ high·t, t ≥ 0 (Charnes and Cooper 1962, y = t·x).

    Costs are scaled to their middle and the total to 1, so that the solver's tolerances are relative.
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
    found = solve(model, time_limit=60)
    assert found.status is Status.OPTIMAL
    return -found.objective


@pytest.mark.parametrize("terms", [value_added_terms, origin_value_terms])
def test_bounds_of_two_thousand_lines_with_ranges_equal_the_linear_program(terms) -> None:
    costed = cost_bom(large_bom(2000, ranges=True, unknown=0.3))
    found = terms(costed, bought_lines(costed), find_origins(costed, Site.MAKING, (FRANCE, EU)))
    ratio = found.ratio
    assert ratio is not None
    least, most = ratio.bounds()
    assert (least < most).all()
    for territory in (0, 1):
        high = charnes_cooper(ratio, ratio.numerator_high[:, territory])
        low = -charnes_cooper(ratio, -ratio.numerator_low[:, territory])
        assert (least[territory], most[territory]) == pytest.approx((low, high), abs=1e-9)


def test_naive_division_of_intervals_would_be_wider() -> None:
    local = np.array([[1.0], [0.0]])
    ratio = Ratio(np.array([10.0, 10.0]), np.array([20.0, 20.0]), np.ones(2), local, local)
    least, most = ratio.bounds()
    assert (least[0], most[0]) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert (float(least[0]), float(most[0])) > (10 / 40, 20 / 20)  # what dividing the ends would say


def test_without_any_cost_there_is_no_share() -> None:
    nothing = np.zeros(1)
    least, most = Ratio(nothing, nothing, np.ones(1), np.ones((1, 1)), np.ones((1, 1))).bounds()
    assert np.isnan(least[0])
    assert np.isnan(most[0])


def test_a_cost_that_may_vanish_keeps_the_greatest_share() -> None:
    local = np.array([[1.0], [0.0]])
    ratio = Ratio(np.array([0.0, 0.0]), np.array([4.0, 4.0]), np.ones(2), local, local)
    least, most = ratio.bounds()
    assert (least[0], most[0]) == (0.0, 1.0)
