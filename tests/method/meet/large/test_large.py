"""Large events: every exchange keeps every rule, the bound holds, and small events reach their optimum."""

from random import Random

import pytest
from hypothesis import given, settings

from factories.timetables import every_timetable, fewest_breaks, make_event, obeys, small_problems
from maillon.method.meet.large import schedule_large
from maillon.method.meet.large.anneal import anneal
from maillon.method.meet.large.effort import effort_of
from maillon.method.meet.large.forced import count_forced_breaks
from maillon.method.meet.large.problem_wire import read_problem, write_problem
from maillon.method.meet.large.seating import FREE, Seating
from maillon.method.meet.large.start import exchange_at_random, place_all
from maillon.method.meet.timetable import TimetableProblem, count_breaks
from maillon.solve import Status


@given(small_problems())
@settings(max_examples=150)
def test_a_bound_is_below_every_timetable(problem: TimetableProblem) -> None:
    fewest = fewest_breaks(problem)
    if fewest is not None:
        assert sum(count_forced_breaks(problem)) <= fewest


@given(small_problems())
@settings(max_examples=100, deadline=None)
def test_what_is_placed_keeps_the_rules_and_what_is_left_is_said(problem: TimetableProblem) -> None:
    seating = Seating(problem)
    left = place_all(seating, effort_of(problem, None), Random(1))  # noqa: S311 - draws a test, no secret
    if left:
        assert all(seating.slot[meeting] == FREE for meeting in left)
    else:
        assert obeys(problem, seating.slot)


@given(small_problems())
@settings(max_examples=100)
def test_annealing_keeps_every_kind_of_rule(problem: TimetableProblem) -> None:
    seating, effort = Seating(problem), effort_of(problem, None)
    for meeting, slot in enumerate(next(every_timetable(problem), ())):
        seating.place(meeting, slot)
    if FREE in seating.slot:
        return
    steps = iter(range(10))
    costs = list(anneal(seating, effort, Random(0), lambda: next(steps) / 8))  # noqa: S311 - draws a test, no secret
    assert obeys(problem, seating.slot)
    assert costs[-1] == sum(count_breaks(problem, seating.slot))


def test_exchanges_keep_every_rule_and_every_count() -> None:
    problem = make_event(12, 30, 9, 4, seed=3)
    seating, draw = Seating(problem), Random(2)  # noqa: S311 - draws a test, no secret
    assert place_all(seating, effort_of(problem, 2), draw) == []
    for _ in range(2000):
        exchange_at_random(seating, draw, range(30), range(9))
    assert obeys(problem, seating.slot)
    assert seating.load == [seating.slot.count(slot) for slot in range(9)]
    for person, own in enumerate(problem.meetings_of):
        assert seating.busy[person] == sum(1 << seating.slot[meeting] for meeting in own)
        assert [seating.at[person][seating.slot[meeting]] for meeting in own] == list(own)


def test_the_cost_told_is_the_cost_of_the_timetable() -> None:
    problem = make_event(30, 120, 14, 10)
    seating, effort = Seating(problem), effort_of(problem, 2)
    place_all(seating, effort, Random(0))  # noqa: S311 - draws a test, no secret
    first, steps = sum(map(effort, seating.busy)), iter(range(60))
    costs = list(anneal(seating, effort, Random(0), lambda: next(steps) / 58))  # noqa: S311 - draws a test, no secret
    assert costs[-1] == sum(map(effort, seating.busy)) < first
    assert obeys(problem, seating.slot)


def test_a_small_event_without_breaks_is_proven_so() -> None:
    problem = TimetableProblem(3, ((0, 1), (1, 2)), (1, 1, 1, 1))
    told: list[int] = []
    found = schedule_large(problem, time_limit=5, on_progress=told.append)
    assert (found.status, found.breaks, found.bound) == (Status.OPTIMAL, 0, 0)
    assert sorted(told, reverse=True) == told
    assert obeys(problem, found.slots)


def test_more_meetings_than_room_is_no_proof() -> None:
    found = schedule_large(TimetableProblem(3, ((0, 1), (1, 2)), (1,)), time_limit=2)
    assert (found.status, found.slots) == (Status.NOTHING, ())


def test_a_cancel_keeps_the_best_so_far_and_a_start_is_never_made_worse() -> None:
    problem = make_event(60, 360, 20, 20)
    seen: list[int] = []
    first = schedule_large(problem, time_limit=30, on_progress=seen.append, cancel=lambda: len(seen) > 1)
    assert first.status is Status.CANCELLED
    assert obeys(problem, first.slots)
    again = schedule_large(problem, time_limit=1, start=first.slots)
    assert first.breaks is not None
    assert again.breaks is not None
    assert again.breaks <= first.breaks


def test_a_pause_is_nobodys_break() -> None:
    day = TimetableProblem(2, ((0, 1), (0, 1)), (1,) * 6, lunches=(3,))
    effort = effort_of(day, None)
    assert (effort(0b001100), effort(0b010010), effort(0b101000)) == (0, 0, 1)


@pytest.mark.parametrize(("breaks", "cost"), [(0b1011, 1), (0b10101, 2), (0b1010101, 3 + 10)])
def test_breaks_above_the_fair_number_weigh_more(breaks: int, cost: int) -> None:
    assert effort_of(TimetableProblem(2, ((0, 1),), (1,) * 9), 2)(breaks) == cost


@given(small_problems())
@settings(max_examples=50)
def test_a_problem_survives_the_way_to_the_child(problem: TimetableProblem) -> None:
    assert read_problem(write_problem(problem)) == problem
