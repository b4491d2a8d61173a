"""The solver façade: optimal, infeasible, out of time, and a child that fails."""

import numpy as np
import pytest

from maillon.solve import LinearModel, Status, solve
from maillon.solve.model import dense_rows


def covering(values: list[float], need: float, *, whole: bool) -> LinearModel:
    count = len(values)
    start, index, value = dense_rows(np.array([values]))
    return LinearModel(
        cost=np.ones(count),
        lower=np.zeros(count),
        upper=np.ones(count),
        start=start,
        index=index,
        value=value,
        row_lower=np.array([need]),
        row_upper=np.array([np.inf]),
        integer=np.full(count, whole),
    )


def test_a_linear_model_is_solved_to_its_optimum() -> None:
    found = solve(covering([4.0, 2.0], 5.0, whole=False))
    assert (found.status, found.objective, found.bound) == (Status.OPTIMAL, 1.5, 1.5)
    assert found.values.tolist() == [1.0, 0.5]


def test_whole_numbers_are_kept_whole() -> None:
    found = solve(covering([4.0, 2.0, 1.0], 5.0, whole=True))
    assert (found.status, found.objective, found.bound) == (Status.OPTIMAL, 2.0, 2.0)
    assert found.values[0] == pytest.approx(1.0)


def test_infeasible_is_said_only_when_proven_and_gives_no_values() -> None:
    found = solve(covering([1.0, 1.0], 5.0, whole=True))
    assert found.status is Status.INFEASIBLE
    assert found.values.size == 0
    assert np.isnan(found.objective)


def test_a_child_that_fails_is_reported_not_raised() -> None:
    model = covering([1.0], 1.0, whole=False)
    broken = LinearModel(
        model.cost, model.lower, model.upper, model.start, np.array([9], np.int32), model.value,
        model.row_lower, model.row_upper, np.array([False, True]),
    )  # fmt: skip
    assert solve(broken, time_limit=5).status is Status.FAILED
