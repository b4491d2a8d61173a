"""Bounds of a ratio against linear programming: Charnes and Cooper's transformation, solved by HiGHS."""

import numpy as np
import pytest

from factories.boms import large_bom
from factories.fractional_programs import charnes_cooper
from maillon.core.place import EU, FRANCE
from maillon.method.diagnose import cost_bom
from maillon.method.diagnose.bases import origin_value_terms, value_added_terms
from maillon.method.diagnose.bought import bought_lines
from maillon.method.diagnose.bounds import Ratio
from maillon.method.diagnose.origins import find_origins
from maillon.method.diagnose.results import Site
from maillon.solve import Status


@pytest.mark.parametrize("terms", [value_added_terms, origin_value_terms])
def test_bounds_of_two_thousand_lines_with_ranges_equal_the_linear_program(terms) -> None:
    costed = cost_bom(large_bom(2000, ranges=True, unknown=0.3))
    found = terms(costed, bought_lines(costed), find_origins(costed, Site.MAKING, (FRANCE, EU)))
    ratio = found.ratio
    assert ratio is not None
    least, most = ratio.bounds()
    assert (least < most).all()
    for territory in (0, 1):
        highest = charnes_cooper(ratio, ratio.numerator_high[:, territory])
        lowest = charnes_cooper(ratio, -ratio.numerator_low[:, territory])
        assert highest.status is Status.OPTIMAL
        assert lowest.status is Status.OPTIMAL
        ends = lowest.objective, -highest.objective
        assert (least[territory], most[territory]) == pytest.approx(ends, abs=1e-9)


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
