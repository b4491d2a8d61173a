"""Each kind of violation is rejected: a sound timetable is damaged in one way at a time."""

from dataclasses import replace

import pytest

from factories.engines import try_everything
from factories.events import event
from maillon.core.event import Group, Location, Must
from maillon.method.meet.agenda import Agenda, Appointment
from maillon.method.meet.schedule import schedule_event
from maillon.method.meet.timetable import TimetableProblem
from maillon.method.meet.verify import verify_agenda, verify_timetable
from maillon.solve import Status

PLACES = (
    Location("T1"),
    Location("T2"),
    Location("Booth D", firm=3),
    Location("Room"),
    Location("M1", track="m"),
)


@pytest.fixture(scope="module")
def asked():
    made = event("A>B A>C B>C D>A E>B", count=5, locations=PLACES, people={"A": 2}, buffers=(4,), sessions=1)
    wishes = list(made.wishes)
    wishes[1] = replace(wishes[1], session=0)
    return replace(made, groups=(Group("Casting", (1, 2), 3, "Room"),), wishes=tuple(wishes))


PAIRS = [(0, 1), (0, 2), (1, 2), (0, 3), (1, 4)]


@pytest.fixture(scope="module")
def sound(asked):
    made = schedule_event(asked, PAIRS, engine=try_everything)
    assert verify_agenda(asked, made, PAIRS) == ()
    return made


def found(asked, agenda, pairs=None):
    return {reason.code for reason in verify_agenda(asked, replace(agenda, breaks=None, moves=None), pairs)}


def changed(agenda, place, **how):
    held = list(agenda.appointments)
    held[place] = replace(held[place], **how)
    return replace(agenda, appointments=tuple(held))


def place_of(asked, agenda, *firms):
    return next(
        place
        for place, one in enumerate(agenda.appointments)
        if not one.group and {asked.persons[p].firm for p in one.people} == set(firms)
    )


def test_a_person_twice_at_once(asked, sound):
    other = sound.appointments[place_of(asked, sound, 0, 1)]
    broken = changed(sound, place_of(asked, sound, 1, 4), slot=other.slot)
    assert "twice-at-once" in found(asked, broken)


def test_an_absent_person(asked, sound):
    one = sound.appointments[place_of(asked, sound, 1, 4)]
    people = list(asked.persons)
    people[one.people[1]] = replace(people[one.people[1]], absent=frozenset({one.slot}))
    assert found(replace(asked, persons=tuple(people)), sound) == {"absent"}


def test_a_meeting_in_a_buffer(asked, sound):
    assert "in-buffer" in found(asked, changed(sound, place_of(asked, sound, 1, 4), slot=4))


def test_a_table_twice(asked, sound):
    first = sound.appointments[place_of(asked, sound, 0, 2)]
    moved = changed(sound, place_of(asked, sound, 1, 4), slot=first.slot, location=first.location)
    assert "place-twice" in found(asked, moved)


def test_booths_rooms_and_tracks(asked, sound):
    table, booth = place_of(asked, sound, 1, 4), place_of(asked, sound, 0, 3)
    assert found(asked, changed(sound, table, location=2)) == {"strange-booth"}
    assert found(asked, changed(sound, table, location=3)) == {"kept-place"}
    assert found(asked, changed(sound, table, location=4)) == {"wrong-track"}
    assert "away-from-booth" in found(asked, changed(sound, booth, location=0))


def test_strangers_and_slots_that_are_not(asked, sound):
    assert "unknown" in found(asked, changed(sound, 0, slot=9))
    assert "unknown" in found(asked, changed(sound, 0, people=(0, 99)))
    assert "unknown" in found(asked, changed(sound, 0, people=(0, 0)))


def test_pairs_that_must_not_or_nobody_asked(asked, sound):
    assert found(replace(asked, forbidden=frozenset({(1, 4)})), sound) == {"forbidden-pair"}
    assert found(replace(asked, wishes=asked.wishes[:-1]), sound) == {"unasked"}
    doubled = replace(
        sound, appointments=(*sound.appointments, sound.appointments[place_of(asked, sound, 1, 4)])
    )
    assert "pair-twice" in found(asked, doubled)
    two_of_one = Agenda((Appointment((0, 1), 0, 0),), Status.FEASIBLE)
    assert "same-firm" in found(asked, two_of_one)


def test_wishes_for_a_person_or_a_session(asked, sound):
    one = sound.appointments[place_of(asked, sound, 0, 3)]
    other = 1 - min(one.people)
    wishes = list(asked.wishes)
    wishes[3] = replace(wishes[3], person=other)
    assert found(replace(asked, wishes=tuple(wishes)), sound) == {"not-who-was-asked"}
    wishes[3] = replace(asked.wishes[3], session=1)
    assert found(replace(asked, wishes=tuple(wishes)), sound) == {"wrong-session"}


def test_musts(asked, sound):
    one = sound.appointments[place_of(asked, sound, 1, 4)]
    assert found(replace(asked, musts=(Must((1, 4), (one.slot + 1) % 4),)), sound) == {"must-elsewhen"}
    assert found(replace(asked, musts=(Must((3, 4)),)), sound) == {"must-missing"}


def test_groups(asked, sound):
    place = next(p for p, one in enumerate(sound.appointments) if one.group)
    without = replace(sound, appointments=tuple(a for a in sound.appointments if not a.group))
    assert found(asked, without) == {"group-times"}
    assert "group-elsewhen" in found(asked, changed(sound, place, slot=2))
    assert "group-elsewhere" in found(asked, changed(sound, place, location=1))
    assert "group-firms" in found(asked, changed(sound, place, people=(2, 4)))
    assert "unknown-group" in found(asked, changed(sound, place, group="Other"))


def test_caps_and_spare_slots(asked, sound):
    firms = (replace(asked.firms[0], most=2), *asked.firms[1:])
    assert found(replace(asked, firms=firms), sound) == {"firm-cap"}
    assert found(replace(asked, caps={("*", "*"): 2}), sound) == {"kind-cap"}
    assert found(replace(asked, spare=2), sound) == {"no-spare"}


def test_other_meetings_than_chosen(asked, sound):
    assert found(asked, sound, PAIRS[:-1]) == {"not-chosen"}
    assert found(asked, sound, [*PAIRS, (3, 4)]) == {"not-held"}


def test_figures_that_are_not_those_of_the_timetable(asked, sound):
    codes = [r.code for r in verify_agenda(asked, replace(sound, breaks=sound.breaks + 1))]
    assert codes == ["breaks-miscounted"]
    assert [r.code for r in verify_agenda(asked, replace(sound, moves=99))] == ["moves-miscounted"]


PROBLEM = TimetableProblem(
    participants=4,
    meetings=((0, 1), (0, 2), (2, 3)),
    tables=(2, 1, 1, 1),
    sessions=(range(2), range(2, 4)),
    session_of=(0, None, None),
    forbidden=(frozenset(), frozenset({1}), frozenset(), frozenset()),
    fixed=(None, 1, None),
    precedences=(frozenset(), frozenset({0}), frozenset()),
)


@pytest.mark.parametrize(
    ("slots", "locations", "breaks", "codes"),
    [
        ((0, 1, 2), (0, 0, 0), 0, set()),
        ((0, 1, 0), (0, 0, 1), 0, set()),
        ((0, 1, 3), (0, 0, 0), 1, set()),
        ((0, 1, 0), (0, 0, 0), 0, {"place-twice"}),
        ((0, 1, 2), (0, 0, 1), 0, {"place-twice"}),
        ((0, 1, 1), (), None, {"tables-full", "twice-at-once"}),
        ((1, 1, 2), (), None, {"twice-at-once", "absent", "tables-full", "too-early"}),
        ((2, 1, 3), (), None, {"wrong-session", "too-early"}),
        ((0, 2, 3), (), None, {"must-elsewhen"}),
        ((0, 1, 3), (), 0, {"breaks-miscounted"}),
        ((0, 1), (), None, {"not-all-placed"}),
        ((0, 1, 9), (), None, {"not-all-placed"}),
        ((0, 1, 2), (0,), None, {"not-all-placed"}),
    ],
)
def test_the_benchmarks_rules(slots, locations, breaks, codes):
    assert {reason.code for reason in verify_timetable(PROBLEM, slots, locations, breaks)} == codes
