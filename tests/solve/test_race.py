"""Several solvers on one logic model: equal optima, infeasible only when proven, limits kept."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillon.solve import Solution, Status
from maillon.solve.logic import LogicBuilder
from maillon.solve.race import CP_SAT, FROM_ABOVE, FROM_BELOW, Runner, minimise_cost
from maillon.solve.sat_formula import write_clauses

ALONE = [[FROM_BELOW], [FROM_ABOVE], [CP_SAT]]


def knapsack() -> LogicBuilder:
    """Six things that weigh 1 to 6, of which three or four are taken, under a few conditions."""
    builder = LogicBuilder()
    things = [builder.new() for _ in range(6)]
    builder.count(things, lower=3, upper=4)
    builder.clause(-things[5], things[0])
    builder.clause(-things[0])
    builder.clause(things[4], things[3])
    for weight, thing in enumerate(things, start=1):
        builder.cost(thing, weight)
    return builder


@pytest.mark.parametrize("runners", [*ALONE, [FROM_BELOW, FROM_ABOVE]])
def test_every_solver_finds_the_same_least_cost(runners: list[Runner]) -> None:
    found = minimise_cost(knapsack().model(), runners, time_limit=30)
    assert (found.status, found.objective, found.bound) == (Status.OPTIMAL, 9.0, 9.0)
    assert found.values.tolist() == [0, 1, 1, 1, 0, 0]


@pytest.mark.parametrize("runners", ALONE)
def test_infeasible_is_proven_and_has_no_values(runners: list[Runner]) -> None:
    builder = knapsack()
    builder.count([1, 2, 3, 4, 5, 6], lower=5)
    found = minimise_cost(builder.model(), runners, time_limit=30)
    assert (found.status, found.values.size) == (Status.INFEASIBLE, 0)


@pytest.mark.parametrize("runners", ALONE)
def test_a_count_holds_only_when_its_condition_does(runners: list[Runner]) -> None:
    builder = LogicBuilder()
    things, given_that = [builder.new() for _ in range(3)], builder.new()
    builder.count(things, lower=2, given=given_that)
    builder.count(things, upper=1, given=-given_that)
    for thing in things:
        builder.cost(thing)
    assert minimise_cost(builder.model(), runners, time_limit=30).objective == 0
    builder.clause(given_that)
    assert minimise_cost(builder.model(), runners, time_limit=30).objective == 2


def test_a_failing_solver_says_failed_and_a_stop_says_cancelled() -> None:
    model = knapsack().model()
    assert minimise_cost(model, [Runner("maillon.solve.no_such_child")], time_limit=5).status is Status.FAILED
    assert minimise_cost(model, time_limit=30, cancel=lambda: True).status is Status.CANCELLED


def test_an_interrupt_ends_every_solver() -> None:
    """A Control-C in the thread that asked, here while progress is told, leaves no child behind."""
    import os

    def children() -> set[str]:
        found = Path(f"/proc/{os.getpid()}/task").glob("*/children")
        return {pid for file in found for pid in file.read_text().split()}

    def interrupt(_: Solution) -> None:
        raise KeyboardInterrupt

    before = children()
    with pytest.raises(KeyboardInterrupt):
        minimise_cost(knapsack().model(), time_limit=30, on_progress=interrupt)
    assert children() <= before


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 5), st.integers(0, 6), st.integers(0, 6))
def test_counts_written_as_clauses_allow_exactly_what_they_say(size: int, lower: int, upper: int) -> None:
    from pysat.solvers import Cadical195

    builder = LogicBuilder()
    things = [builder.new() for _ in range(size)]
    builder.count(things, lower=lower, upper=upper)
    model = builder.model()
    clauses, _ = write_clauses({name: getattr(model, name) for name in model.__slots__})
    with Cadical195(bootstrap_with=clauses) as solver:
        for chosen in itertools.product([False, True], repeat=size):
            literals = [x if taken else -x for x, taken in zip(things, chosen, strict=True)]
            assert solver.solve(assumptions=literals) == (lower <= sum(chosen) <= upper)
