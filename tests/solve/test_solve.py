"""The solver façade: optimal, infeasible, out of time, and a child that fails."""

import numpy as np
import pytest

from maillon.solve import LinearModel, Solution, Status, relative_gap, solve
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


def knapsack(count: int, rows: int, seed: int = 1) -> LinearModel:
    """Return a multidimensional knapsack that takes HiGHS some seconds."""
    draw = np.random.default_rng(seed)
    weights = draw.integers(5, 100, (rows, count)).astype(float)
    start, index, value = dense_rows(weights)
    return LinearModel(
        cost=-draw.integers(5, 100, count).astype(float),
        lower=np.zeros(count),
        upper=np.ones(count),
        start=start,
        index=index,
        value=value,
        row_lower=np.full(rows, -np.inf),
        row_upper=weights.sum(axis=1) / 2,
        integer=np.ones(count, bool),
    )


def test_a_linear_model_gives_the_price_of_its_rows() -> None:
    found = solve(covering([4.0, 2.0], 5.0, whole=False))
    assert found.row_duals.tolist() == [0.5]
    assert found.reduced_costs.tolist() == [-1.0, 0.0]


def test_progress_tells_ever_better_solutions_and_a_cancel_keeps_the_last() -> None:
    seen: list[Solution] = []
    found = solve(
        knapsack(250, 25),
        time_limit=60,
        on_progress=seen.append,
        cancel=lambda: any(one.values.size and np.isfinite(one.bound) for one in seen),
    )
    told = [one.objective for one in seen if one.values.size]
    assert told == sorted(told, reverse=True)
    assert found.status is Status.CANCELLED
    assert found.values.size == 250
    assert found.bound <= found.objective


def test_a_time_limit_gives_the_best_so_far_with_its_gap() -> None:
    found = solve(knapsack(250, 25), time_limit=1.5)
    assert found.status is Status.FEASIBLE
    assert 0 < found.gap < 0.2
    assert "gap" in repr(found)


def test_a_start_is_used() -> None:
    model = knapsack(60, 5)
    best = solve(model)
    assert best.status is Status.OPTIMAL
    first: list[Solution] = []
    again = solve(model, hint=best.values, on_progress=first.append)
    assert again.objective == pytest.approx(best.objective)
    assert next(one for one in first if one.values.size).objective == pytest.approx(best.objective)


@pytest.mark.parametrize(
    ("objective", "bound", "gap"), [(-10.0, -12.0, 0.2), (4.0, np.nan, np.nan), (0, 0, 0)]
)
def test_a_gap_needs_both_ends(objective: float, bound: float, gap: float) -> None:
    assert relative_gap(objective, bound) == pytest.approx(gap, nan_ok=True)
