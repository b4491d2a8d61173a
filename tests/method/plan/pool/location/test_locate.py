"""The exact location: equal to trying every set of lines, and to published optima."""

import itertools
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillon.method.plan.pool.location import (
    is_beasley,
    locate_lines,
    location_problem,
    read_beasley,
    verify_location,
)
from maillon.method.plan.pool.location.branching import Search
from maillon.method.plan.pool.location.relaxation import Effort, choose_lines, first_prices, tighten
from maillon.method.plan.pool.location.transport import share_lots
from maillon.solve import Status

FILES = Path(os.environ.get("MAILLON_CFLP", Path(__file__).parents[6] / "shared" / "data" / "cflp"))
PUBLISHED = {
    "cap71": 932615.750, "cap72": 977799.400, "cap73": 1010641.450, "cap74": 1034976.975,
    "cap131": 793439.562, "cap132": 851495.325, "cap133": 893076.712, "cap134": 928941.750,
}  # fmt: skip


def invented(seed, lines, lots, *, slack=1.6, minimum=0.0):
    """A random instance: sites and lots on a map, capacities ``slack`` times what is needed in all."""
    draw = np.random.default_rng(seed)
    demand = draw.integers(5, 40, lots).astype(float)
    shares = draw.uniform(0.5, 1.5, lines)
    capacity = shares / shares.sum() * demand.sum() * slack
    sites, places = draw.uniform(0, 100, (lines, 2)), draw.uniform(0, 100, (lots, 2))
    distance = np.linalg.norm(sites[:, None] - places[None], axis=2)
    fixed = draw.uniform(300, 1500, lines)
    return location_problem(capacity, fixed, demand, distance * demand, minimum=capacity * minimum)


def every_set(problem):
    """The least cost over every set of lines, each shared exactly."""
    found = (
        share_lots(problem, np.array(flags, dtype=bool))
        for flags in itertools.product((0, 1), repeat=problem.shape[0])
        if any(flags)
    )
    return min((each[0] for each in found if each is not None), default=None)


def searched(problem, **options):
    search = Search(problem, share_lots, lambda _: None)
    search.run(time_limit=30.0, target_gap=1e-9, **options)
    return search


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    lines=st.integers(1, 6),
    lots=st.integers(1, 9),
    slack=st.sampled_from([1.02, 1.3, 2.0, 4.0]),
    minimum=st.sampled_from([0.0, 0.3, 0.9]),
)
def test_the_search_equals_every_set_of_lines(seed, lines, lots, slack, minimum):
    problem = invented(seed, lines, lots, slack=slack, minimum=minimum)
    best, search = every_set(problem), searched(problem)
    if best is None:
        assert search.exhausted
        assert not search.shares.size
        return
    assert search.objective == pytest.approx(best, rel=1e-9)
    assert search.bound == pytest.approx(best, rel=1e-6)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), minimum=st.sampled_from([0.0, 0.6]))
def test_the_bound_holds_at_any_prices(seed, minimum):
    problem = invented(seed, 4, 6, minimum=minimum)
    best = every_set(problem)
    prices = np.random.default_rng(seed).normal(500, 800, 6)
    every, none = np.ones(4, dtype=bool), np.zeros(4, dtype=bool)
    bounded = tighten(problem, prices, none, every, target=np.inf, effort=Effort(5))
    assert best is None or bounded.bound <= best + 1e-6


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_choice_of_lines_is_a_bound_on_the_knapsack(seed):
    draw = np.random.default_rng(seed)
    values, capacity = draw.normal(0, 10, 5), draw.uniform(1, 9, 5)
    needed = draw.uniform(0, capacity.sum())
    sets = [np.array(flags) for flags in itertools.product((0, 1), repeat=5)]
    exact = min(float(values @ flags) for flags in sets if capacity @ flags >= needed)
    bound, _ = choose_lines(values, capacity, np.zeros(5, dtype=bool), np.ones(5, dtype=bool), needed)
    assert bound <= exact + 1e-9


def test_a_forbidden_line_is_never_used():
    problem = location_problem([9, 9], [1, 50], [4, 4], [[1, np.inf], [2, 2]])
    plan = locate_lines(problem)
    assert plan.status is Status.OPTIMAL
    assert plan.objective == pytest.approx(54)  # both lots at line 2: 50 + 2 + 2
    assert verify_location(problem, plan) == ()
    assert first_prices(problem).tolist() == [2.0, 2.0]


def test_a_larger_instance_is_proved_and_verified():
    problem = invented(7, 20, 60, slack=2.5)
    plan = locate_lines(problem, time_limit=30)
    assert plan.status is Status.OPTIMAL
    assert plan.gap <= 1e-6
    assert verify_location(problem, plan) == ()


def test_the_verifier_sees_each_kind_of_fault():
    problem = location_problem([10, 10], [5, 7], [4, 8], [[1, 2], [3, 1]], minimum=[0, 5])
    plan = locate_lines(problem)
    for shares, opened, fault in (
        (np.array([[1.0, 1.0], [0.0, 0.0]]), plan.opened, "over_capacity 1"),
        (plan.shares, np.array([False, False]), "closed_line_used 1"),
        (plan.shares * 0.5, plan.opened, "lot_not_made_once 1"),
        (np.array([[1.0, 0.9], [0.0, 0.1]]), np.array([True, True]), "under_minimum 2"),
    ):
        broken = type(plan)(plan.status, plan.objective, plan.bound, 0.0, opened, shares)
        assert fault in verify_location(problem, broken)


def test_too_small_in_all_is_proved_with_the_capacity_that_is_missing():
    plan = locate_lines(location_problem([3, 4], [1, 1], [5, 5], [[1, 1], [1, 1]]))
    assert (plan.status, plan.missing) == (Status.INFEASIBLE, 3.0)


def test_minimum_volumes_that_contradict_are_proved_infeasible():
    # 9 units are needed; one line holds 8, two would have to make 14 at least
    plan = locate_lines(location_problem([8, 8], [1, 1], [9], [[1], [1]], minimum=[7, 7]))
    assert plan.status is Status.INFEASIBLE


def test_a_search_without_time_claims_nothing_it_has_not_proved():
    problem = invented(5, 8, 20)
    search = Search(problem, share_lots, lambda _: None)
    search.run(time_limit=0.0, target_gap=1e-9)
    best = every_set(problem)
    assert search.bound <= best + 1e-6
    assert search.objective >= best - 1e-6
    assert not search.exhausted


def test_lines_that_could_not_be_shared_in_time_leave_the_bound_open():
    def never(problem, opened, seconds):
        raise TimeoutError

    problem = invented(5, 5, 8)
    search = Search(problem, never, lambda _: None)
    search.run(time_limit=5.0, target_gap=1e-9)
    assert not search.exhausted
    assert search.bound <= every_set(problem) + 1e-6


def test_a_cancelled_search_says_so():
    plan = locate_lines(invented(3, 12, 30), cancel=lambda: True)
    assert plan.status is Status.CANCELLED


def test_the_largest_published_instance_with_its_ample_capacity():
    path = FILES / "capa.txt"
    if not path.exists():
        pytest.skip(f"needs {path.name} of the OR-Library (MAILLON_CFLP names its folder)")
    problem = read_beasley(path, 14_000)
    search = searched(problem)
    assert search.objective == pytest.approx(17160439.012, abs=1e-2)
    assert search.bound == pytest.approx(17160439.012, rel=1e-6)


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_optimum(name):
    path = FILES / f"{name}.txt"
    if not path.exists():
        pytest.skip(f"needs {path.name} of the OR-Library (MAILLON_CFLP names its folder)")
    assert is_beasley(path)
    problem = read_beasley(path)
    search = searched(problem)
    assert search.objective == pytest.approx(PUBLISHED[name], abs=1e-3)
    assert search.bound == pytest.approx(PUBLISHED[name], abs=1e-2)
