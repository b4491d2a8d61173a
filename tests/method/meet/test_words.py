"""Every reason, violation and obstacle has its words, with names, times and numbers as a reader counts."""

from dataclasses import replace

import pytest

from factories.events import event
from maillon.core.event import Origin, Wish
from maillon.core.reason import Reason
from maillon.language import render
from maillon.method.meet.obstacle_words import callings_of_event, callings_of_numbers, tell_obstacle
from maillon.method.meet.propose import propose_meetings
from maillon.method.meet.timetable import TimetableProblem, schedule_meetings
from maillon.method.meet.verify import verify_timetable
from maillon.method.meet.words import tell_problem_violation, tell_reason, tell_violation


def told(asked, one):
    return [str(tell_reason(asked, reason)) for reason in one.reasons]


def test_a_meeting_says_who_asks_for_whom_and_why():
    asked = event("A>B B>A", more=(Wish(0, 2, 1, Origin.PROPOSED, why="castings"),), people={"C": 1})
    found = propose_meetings(asked)
    assert told(asked, found.meetings[0]) == [
        "Both firms ask for it.",
        "Firm A asks for Firm B, choice 1.",
        "Firm B asks for Firm A, choice 1.",
    ]
    assert told(asked, found.meetings[1]) == ["Firm C may answer a need of Firm A: castings."]


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ({"most": {"A": 1}}, "Firm A already has its meeting, one that weighs more."),
        ({"count": 1, "tables": 1, "people": {"A": 2}}, "All 1 places of the tables are taken."),
        ({"forbidden": ["AC"]}, "The organiser forbids this meeting."),
        ({"away": {"A": [0, 1], "C": [2, 3]}}, "The two firms are never there at the same time."),
        ({"caps": {("*", "*"): 1}}, "Firm A already has its 1 meetings with firms of type “*”."),
    ],
)
def test_a_refusal_names_the_rule(rules, sentence):
    asked = event("A>B B>A A>C", **rules)
    (refusal,) = propose_meetings(asked).refusals
    assert sentence in told(asked, refusal)


def test_violations_name_people_and_times():
    asked = event("A>B")
    twice = Reason("twice-at-once", params={"person": 0, "slot": 1})
    assert str(tell_violation(asked, twice)) == "Person A1 has two meetings at 09:20."
    assert render(tell_violation(asked, twice), "fr") == "Person A1 a deux rendez-vous à 09:20."


def test_numbers_are_told_from_one():
    problem = TimetableProblem(participants=3, meetings=((0, 1), (1, 2)), tables=(1, 1))
    (twice, full) = verify_timetable(problem, (1, 1))
    assert str(tell_problem_violation(twice)) == "Participant 2 has two meetings in slot 2."
    assert str(tell_problem_violation(full)) == "Slot 2 holds 2 meetings for 1 tables."


def test_what_is_impossible_is_told_with_what_would_help():
    problem = TimetableProblem(participants=3, meetings=((0, 1), (0, 2)), tables=(2,))
    found = schedule_meetings(problem)
    words = [str(tell_obstacle(reason, callings_of_numbers())) for reason in found.reasons]
    assert words == ["Participant 1 has 2 meetings for 1 open slots: remove 1, or open as many slots."]
    helps = str(tell_obstacle(found.exceptions[0], callings_of_numbers()))
    assert helps.startswith("Give up meeting")
    asked = replace(event("A>B A>C", count=1))
    named = [str(tell_obstacle(reason, callings_of_event(asked))) for reason in found.reasons]
    assert named[0].startswith("Person A1 has 2 meetings")
