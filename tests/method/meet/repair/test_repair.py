"""Repairs on the day: most meetings held, fewest moved, every rule kept; against brute force."""

import itertools

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from factories.timetables import every_timetable, make_event, obeys, small_problems
from maillon.core.errors import InvalidRequest
from maillon.method.meet.large import schedule_large
from maillon.method.meet.repair import (
    Added,
    Away,
    Cancelled,
    Change,
    Move,
    Repair,
    TablesLost,
    apply_changes,
    list_moves,
    repair_timetable,
)
from maillon.method.meet.repair.changes import Left
from maillon.method.meet.repair.tables import keep_tables
from maillon.method.meet.timetable import TimetableProblem

Slots = tuple[int | None, ...]


def keeps_rules(left: Left, slots: Slots, now: int) -> bool:
    """Whether what is still held obeys the problem left, and history is unchanged."""
    if any(slots[m] != left.published[m] for m in left.past):
        return False
    if any(slot is not None and slot < now for m, slot in enumerate(slots) if m not in left.past):
        return False
    problem, held = left.problem, [m for m, slot in enumerate(slots) if slot is not None]
    place = {m: number for number, m in enumerate(held)}
    fewer = TimetableProblem(
        problem.participants,
        tuple(problem.meetings[m] for m in held),
        problem.tables,
        problem.sessions,
        tuple(problem.session_of[m] for m in held),
        problem.forbidden,
        tuple(problem.fixed[m] for m in held),
        tuple(frozenset(place[e] for e in problem.precedences[m] if e in place) for m in held),
        frozenset(place[m] for m in problem.at_booth if m in place),
        problem.lunches,
    )
    return obeys(fewer, [slots[m] or 0 for m in held])


def best_by_brute_force(left: Left, now: int) -> tuple[int, int]:
    """Return the fewest meetings lost beyond those that must be, then the fewest moved."""
    options: list[list[int | None]] = []
    for meeting, slot in enumerate(left.published):
        if meeting in left.past:
            options.append([slot])
        elif meeting in left.dropped:
            options.append([None])
        else:
            options.append([None, *range(now, left.problem.slots)])
    return min(score(left, slots) for slots in itertools.product(*options) if keeps_rules(left, slots, now))


def score(left: Left, slots: Slots) -> tuple[int, int]:
    lost = sum(slot is None and m not in left.dropped for m, slot in enumerate(slots))
    moved = sum(
        a is not None and b is not None and a != b for a, b in zip(left.published, slots, strict=True)
    )
    return lost, moved


@st.composite
def a_day(draw: st.DrawFn) -> tuple[TimetableProblem, tuple[int, ...], list[Change], int]:
    problem = draw(small_problems())
    published = draw(st.sampled_from(list(itertools.islice(every_timetable(problem), 50)) or [()]))
    assume(published)
    slots = st.frozensets(st.integers(0, problem.slots - 1), min_size=1)
    person = st.integers(0, problem.participants - 1)
    change = st.one_of(
        st.builds(Away, person, slots),
        st.builds(TablesLost, slots, st.integers(0, 2)),
        st.builds(Added, st.lists(person, min_size=2, max_size=2, unique=True).map(tuple)),
        st.builds(Cancelled, st.integers(0, len(problem.meetings) - 1)),
    )
    return (
        problem,
        published,
        draw(st.lists(change, min_size=1, max_size=2)),
        draw(st.integers(0, problem.slots - 1)),
    )


@given(a_day())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)
def test_a_repair_is_as_good_as_brute_force_and_proven(day) -> None:
    problem, published, changes, now = day
    left = apply_changes(problem, published, changes, now=now)
    found = repair_timetable(problem, published, changes, now=now)
    assert keeps_rules(left, found.slots, now)
    assert score(left, found.slots) == best_by_brute_force(left, now)
    assert found.proven
    assert found.moved >= found.least or found.lost


def chain() -> tuple[TimetableProblem, tuple[int, ...]]:
    """Three people, two tables, four slots: 0-1 first, then 1-2, then 0-2."""
    return TimetableProblem(3, ((0, 1), (1, 2), (0, 2)), (2, 2, 2, 2)), (0, 1, 2)


def repaired(*changes: Change, now: int = 0) -> Repair:
    problem, published = chain()
    return repair_timetable(problem, published, changes, now=now, locations=(0, 0, 0))


def test_late_by_one_slot_moves_one_meeting() -> None:
    found = repaired(Away(0, frozenset({0})))
    assert (found.moves, found.least, found.proven) == ((Move(0, 0, 3),), 1, True)
    assert (found.breaks_before, found.breaks) == (1, 1)
    assert repr(found).startswith("<Repair 1 moved (proven least), 0 lost")


def test_who_does_not_come_loses_only_their_own_meetings() -> None:
    found = repaired(Away(1, frozenset(range(4))))
    assert (found.lost, found.moved, found.slots) == ((0, 1), 0, (None, None, 2))
    assert list_moves(found) == {
        0: (Move(0, 0, None),),
        1: (Move(0, 0, None), Move(1, 1, None)),
        2: (Move(1, 1, None),),
    }


def test_what_is_over_is_history() -> None:
    found = repaired(Away(1, frozenset(range(4))), now=1)
    assert (found.slots, found.lost) == ((0, None, 2), (1,))


def test_an_added_meeting_moves_nobody_where_there_is_room() -> None:
    problem = TimetableProblem(4, ((0, 1), (2, 3)), (2, 2, 2))
    found = repair_timetable(problem, (0, 0), [Added((0, 2))])
    assert (found.moved, found.slots[:2], found.breaks) == (0, (0, 0), 0)
    assert found.slots[2] == 1


def test_a_room_closed_moves_what_it_must_and_keeps_the_tables_of_others() -> None:
    problem = TimetableProblem(4, ((0, 1), (2, 3)), (2, 2))
    found = repair_timetable(problem, (0, 0), [TablesLost(frozenset({0}), 1)], locations=(0, 1))
    assert (found.moved, found.least, found.proven) == (1, 1, True)
    stays = found.slots.index(0)
    assert found.locations == (0, 0)
    assert stays in {0, 1}


def test_nothing_happened_changes_nothing() -> None:
    found = repaired()
    assert (found.moves, found.slots, found.proven) == ((), (0, 1, 2), True)


def test_a_large_published_event_moves_only_who_must() -> None:
    problem = make_event(60, 360, 20, 20)
    published = schedule_large(problem, time_limit=3).slots
    changes = [Away(7, frozenset(range(6)))]
    left = apply_changes(problem, published, changes)
    found = repair_timetable(problem, published, changes, time_limit=30)
    assert keeps_rules(left, found.slots, 0)
    assert found.moved >= found.least == sum(published[m] < 6 for m in problem.meetings_of[7])
    assert found.lost == ()


def test_a_kept_meeting_keeps_its_table_and_a_lost_table_is_given_up() -> None:
    problem = TimetableProblem(6, ((0, 1), (2, 3), (4, 5)), (3, 2), at_booth=frozenset())
    assert keep_tables(problem, (0, 0, 1), (0, 0, 0), (2, 0, 1)) == (2, 0, 1)
    assert keep_tables(problem, (1, 1, 0), (1, 1, 0), (2, 0, 1)) == (1, 0, 1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Away(9, frozenset()), "participant 10"),
        (Away(0, frozenset({4})), "slot 5"),
        (TablesLost(frozenset({0}), -1), "negative"),
        (Added((0, 7)), "participant 8"),
        (Cancelled(3), "meeting 4"),
    ],
)
def test_changes_that_make_no_sense_are_refused_by_name(change: Change, words: str) -> None:
    with pytest.raises(InvalidRequest, match=words):
        repaired(change)


def test_a_timetable_of_another_event_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="3 are expected"):
        repair_timetable(chain()[0], (0, 1), [])
