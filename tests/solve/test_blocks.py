"""Named blocks: columns and rows laid out in order, terms on one cell summed."""

import numpy as np
import pytest

from maillon.solve import solve
from maillon.solve.blocks import ModelBuilder, terms


def test_rows_are_laid_out_in_order_and_terms_of_a_cell_are_summed() -> None:
    build = ModelBuilder()
    lots = build.add_columns("lots", cost=[1.0, 2.0])
    opened = build.add_columns("opened", cost=[5.0], upper=1.0, integer=True)
    build.add_rows(
        "need", 2, [terms(lots, [1, 0], [0, 1], [3.0, 4.0]), terms(lots, 1, 0, 2.0)], lower=[6.0, 8.0]
    )
    build.add_rows("limit", 1, [terms(lots, [0, 1], 0, 1.0), terms(opened, 0, 0, -10.0)], upper=0.0)
    model = build.model()
    linear = model.linear
    dense = np.zeros((3, 3))
    for row in range(3):
        at = slice(linear.start[row], linear.start[row + 1])
        dense[row, linear.index[at]] = linear.value[at]
    assert dense.tolist() == [[0.0, 5.0, 0.0], [4.0, 0.0, 0.0], [1.0, 1.0, -10.0]]
    assert (model.rows["limit"].start, model.columns["opened"].at) == (2, slice(2, 3))
    found = solve(linear)
    assert found.objective == pytest.approx(2.0 + 2 * 1.2 + 5.0)


def test_terms_that_cancel_leave_the_cell_and_empty_blocks_are_allowed() -> None:
    build = ModelBuilder()
    one = build.add_columns("one", cost=[1.0])
    none = build.add_columns("none", cost=[])
    build.add_rows("row", 1, [terms(one, 0, 0, 1.0), terms(none, [], [], [])], lower=1.0)
    assert build.model().linear.start.tolist() == [0, 1]


def test_two_blocks_cannot_share_a_name() -> None:
    build = ModelBuilder()
    build.add_columns("lots", cost=[1.0])
    with pytest.raises(ValueError, match="two blocks"):
        build.add_columns("lots", cost=[1.0])
