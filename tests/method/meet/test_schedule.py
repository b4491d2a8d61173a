"""The timetable of an event: every rule kept (the verifier's word), places, sessions, buffers, tracks."""

from dataclasses import replace

import pytest

from factories.engines import try_everything
from factories.events import event, slots
from maillon.core.errors import InvalidRequest
from maillon.core.event import Group, Location, Must, Wish
from maillon.method.meet.agenda import Agenda, Appointment, count_moves, idle_groups
from maillon.method.meet.people import share_meetings
from maillon.method.meet.propose import propose_meetings
from maillon.method.meet.schedule import build_problem, plan_meetings, schedule_event
from maillon.method.meet.seating import Seated, assign_locations
from maillon.method.meet.verify import verify_agenda
from maillon.solve import Status


def timetable(asked):
    pairs = [meeting.pair for meeting in propose_meetings(asked).meetings]
    found = schedule_event(asked, pairs, engine=try_everything)
    assert verify_agenda(asked, found, pairs) == ()
    return found


def test_a_small_event_is_held_without_breaks():
    found = timetable(event("A>B A>C B>C D>A", count=3))
    assert (found.status, found.breaks, found.bound, len(found.appointments)) == (Status.OPTIMAL, 0, 0, 4)


def test_buffers_stay_empty_and_are_nobodys_break():
    asked = event("A>B A>C", count=3, buffers=(1,))
    found = timetable(asked)
    assert {one.slot for one in found.appointments} == {0, 2}
    assert found.breaks == 0


def test_lunch_is_nobodys_break_and_parts_the_day():
    asked = event("A>B A>C", count=4, sessions=2, away={"B": [2, 3], "C": [0, 1]})
    found = timetable(asked)
    assert found.breaks == 0
    assert idle_groups(asked, [0, 3]) == 0
    assert idle_groups(event("A>B", count=4), [0, 3]) == 1
    problem = build_problem(asked, plan_meetings(asked, share_meetings(asked, [(0, 1)])))
    assert (problem.lunches, problem.sessions) == ((2,), (range(2), range(2, 4)))


def test_two_persons_of_a_firm_meet_in_parallel():
    asked = event("A>B A>C A>D A>E", count=2, people={"A": 2})
    found = timetable(asked)
    assert sorted(one.slot for one in found.appointments) == [0, 0, 1, 1]


def test_whoever_is_asked_for_by_name_attends():
    asked = event("B>A", people={"A": 2})
    named = replace(asked, wishes=(replace(asked.wishes[0], person=1),))
    (one,) = timetable(named).appointments
    assert one.people == (1, 2)


def test_a_wish_for_the_afternoon_is_kept():
    asked = event("A>B", count=4, sessions=2)
    wanted = replace(asked, wishes=(replace(asked.wishes[0], session=1),))
    assert timetable(wanted).appointments[0].slot in (2, 3)


def test_booths_receive_and_leave_the_tables_free():
    booth = Location("Booth A", firm=0)
    asked = event("B>A C>A D>E", count=2, locations=(booth, Location("T1")), people={"A": 2})
    found = timetable(asked)
    assert {one.location for one in found.appointments if 0 in one.people or 1 in one.people} == {0}


def test_of_two_booths_the_one_that_was_asked_receives():
    booths = (Location("Booth A", firm=0), Location("Booth B", firm=1))
    assert timetable(event("A>B", locations=booths)).appointments[0].location == 1
    assert timetable(event("B>A", locations=booths)).appointments[0].location == 0


def test_a_must_has_its_slot_and_a_group_its_own_place():
    asked = event("A>B A>C", locations=(Location("T1"), Location("Room")), count=3)
    asked = replace(
        asked,
        musts=(Must((0, 1), 2),),
        groups=(Group("Casting", (0, 1, 2), 1, "Room"),),
    )
    found = timetable(asked)
    assert [(one.slot, one.location, one.group) for one in found.appointments] == [
        (0, 0, ""),
        (1, 1, "Casting"),
        (2, 0, ""),
    ]


def test_tracks_have_tables_of_their_own():
    places = (Location("T1", track="metal"), Location("T2", track="wood"), Location("T3"))
    asked = event("A>B C>D E>A", locations=places, count=2)
    tracks = ("metal", "wood", "")
    asked = replace(
        asked, wishes=tuple(replace(w, track=t) for w, t in zip(asked.wishes, tracks, strict=True))
    )
    found = timetable(asked)
    at = {one.people: one.location for one in found.appointments}
    assert at == {(0, 1): 0, (2, 3): 1, (0, 4): 2}
    assert found.status is Status.OPTIMAL
    with pytest.raises(InvalidRequest, match="have no table: track “metal”"):
        timetable(replace(asked, locations=places[1:]))


def test_where_not_all_have_a_place_the_heaviest_do():
    asked = event("A>B A>C B>C D>A", count=1)
    weights = {(0, 1): 1.0, (0, 2): 2.5, (1, 2): 1.0, (0, 3): 1.0}
    found = schedule_event(asked, weights, weights=weights, engine=try_everything)
    assert [one.people for one in found.appointments] == [(0, 2)]
    assert set(found.missing) == {(0, 1), (1, 2), (0, 3)}
    assert [reason.code for reason in found.reasons] == ["none"]
    equal = schedule_event(event("A>B A>C C>D", count=1), [(0, 1), (0, 2), (2, 3)], engine=try_everything)
    assert {one.people for one in equal.appointments} == {(0, 1), (2, 3)}


def test_musts_and_groups_come_before_any_weight():
    asked = replace(event("A>B A>C", count=1), musts=(Must((0, 2)),))
    found = schedule_event(asked, [(0, 1), (0, 2)], weights={(0, 1): 99.0}, engine=try_everything)
    assert [one.people for one in found.appointments] == [(0, 2)]


def test_a_group_sends_who_is_there():
    asked = event("A>B A>C", count=2, people={"A": 2})
    persons = (replace(asked.persons[0], absent=frozenset({1})), *asked.persons[1:])
    asked = replace(asked, persons=persons, groups=(Group("Casting", (0, 1), 1),))
    found = timetable(asked)
    assert next(one.people for one in found.appointments if one.group) == (1, 2)
    away = replace(asked, persons=tuple(replace(p, absent=frozenset({1})) for p in asked.persons))
    with pytest.raises(InvalidRequest, match="Firm A has nobody there for the group meeting “Casting”"):
        propose_meetings(away)


def test_tables_are_changed_as_seldom_as_can_be():
    # A stays through three slots; C and D pass: one change is unavoidable for whoever leaves A's table.
    asked = event("A>B A>C A>D B>C", count=3)
    seats = [Seated((0, 1), 0, (0, 1)), Seated((0, 2), 1, (0, 1)), Seated((0, 3), 2, (0, 1)),
             Seated((1, 2), 2, (0, 1))]  # fmt: skip
    tables = assign_locations(asked, seats)
    held = [Appointment(s.people, s.slot, t) for s, t in zip(seats, tables, strict=True)]
    assert tables[0] == tables[1]
    assert count_moves(asked, held) == 1


def test_a_change_of_table_is_counted_within_a_session_only():
    asked = event("A>B A>C", slots=slots(2, sessions=2), sessions=2)
    held = [Appointment((0, 1), 0, 0), Appointment((0, 2), 1, 1)]
    assert count_moves(asked, held) == 0
    assert count_moves(event("A>B A>C", count=2), held) == 1
    assert repr(Agenda(tuple(held), Status.OPTIMAL, 0, 0, 1)).startswith("<Agenda proven optimal: 2")


def test_a_proposal_out_of_thin_air_cannot_be_placed():
    assert schedule_event(event("A>B"), [], engine=try_everything).appointments == ()
    assert Wish(0, 1, 1).track == ""
