"""The exact engine: proven, fair, stoppable, and clear about what cannot be."""

import pytest

from factories.timetables import fewest_breaks, make_event, obeys
from maillon.core.errors import InvalidRequest
from maillon.method.meet.timetable import TimetableProblem, count_breaks, schedule_meetings
from maillon.solve import Status

PAIRS = ((0, 1), (0, 2), (1, 2), (0, 3), (2, 3))


@pytest.mark.parametrize("fairness", [None, 0, 1])
def test_the_fewest_breaks_are_found_and_proven(fairness: int | None) -> None:
    problem = TimetableProblem(
        4,
        PAIRS,
        (1, 2, 1, 2, 1),
        forbidden=(frozenset({2}), frozenset(), frozenset({1}), frozenset()),
        precedences=(frozenset(), frozenset({3}), frozenset(), frozenset(), frozenset()),
    )
    found, fewest = schedule_meetings(problem, fairness=fairness), fewest_breaks(problem, fairness)
    if fewest is None:
        assert (found.status, found.breaks) == (Status.INFEASIBLE, None)
        return
    assert (found.status, found.breaks, found.bound, found.gap) == (Status.OPTIMAL, fewest, fewest, 0.0)
    assert obeys(problem, found.slots)
    assert found.breaks_of == count_breaks(problem, found.slots)


def test_no_two_meetings_of_a_slot_share_a_table() -> None:
    problem = make_event(20, 60, 10, 7)
    found = schedule_meetings(problem)
    assert found.status is Status.OPTIMAL
    taken = list(zip(found.slots, found.locations, strict=True))
    assert len(set(taken)) == len(taken)
    assert all(0 <= location < problem.tables[slot] for slot, location in taken)


def test_progress_tells_better_timetables_and_bounds_and_cancel_keeps_the_best() -> None:
    problem = make_event(40, 150, 12, 15)
    seen: list[int] = []
    found = schedule_meetings(
        problem,
        on_progress=lambda so_far: seen.append(so_far.breaks or 0),
        cancel=lambda: len(seen) > 3,
    )
    assert found.status in {Status.CANCELLED, Status.OPTIMAL}
    assert found.breaks is not None
    assert found.breaks <= min(seen)
    assert obeys(problem, found.slots)
    assert found.bound is not None
    assert found.bound <= found.breaks


def test_a_time_limit_is_kept_and_nothing_is_claimed() -> None:
    found = schedule_meetings(make_event(80, 500, 20, 26), time_limit=0.2)
    assert found.status in {Status.NOTHING, Status.FEASIBLE}
    assert found.seconds < 10


def test_what_counting_misses_is_still_proven_infeasible() -> None:
    # Three meetings of three people need three slots; each has three, but one table is lost in the second.
    problem = TimetableProblem(3, ((0, 1), (1, 2), (0, 2)), (2, 0, 2, 0))
    found = schedule_meetings(problem)
    assert (found.status, found.slots, found.bound) == (Status.INFEASIBLE, (), None)


def test_no_meeting_at_all_is_no_break() -> None:
    found = schedule_meetings(TimetableProblem(2, (), (1,)))
    assert (found.status, found.breaks, found.bound) == (Status.OPTIMAL, 0, 0)


@pytest.mark.parametrize("wrong", [{"time_limit": 0}, {"time_limit": float("nan")}, {"fairness": -1}])
def test_limits_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InvalidRequest):
        schedule_meetings(TimetableProblem(2, ((0, 1),), (1,)), **wrong)


@pytest.mark.parametrize("start", [(0, 1, 2, 3, 4), (0, 0, 0, 0, 0)])
def test_a_start_helps_and_a_wrong_one_does_no_harm(start: tuple[int, ...]) -> None:
    problem = TimetableProblem(4, PAIRS, (1,) * 5)
    found = schedule_meetings(problem, start=start)
    assert (found.status, found.breaks) == (Status.OPTIMAL, fewest_breaks(problem, 2))
