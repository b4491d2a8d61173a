"""A request that cannot be: who and what is named, and the exceptions named are the fewest that help."""

from dataclasses import replace

import pytest

from maillon.method.meet.timetable import TimetableProblem, explain_infeasible, schedule_meetings
from maillon.method.meet.timetable.counting import find_overfull
from maillon.solve import Status

NOBODY = frozenset[int]()


def codes(reasons) -> list[str]:
    return [reason.code for reason in reasons]


@pytest.mark.parametrize(
    ("problem", "code", "params"),
    [
        (TimetableProblem(3, ((0, 1), (0, 2)), (2,)), "too-many-meetings", {"meetings": 2, "slots": 1}),
        (
            TimetableProblem(
                3, ((0, 1), (0, 2)), (2, 2), sessions=(range(1), range(1, 2)), session_of=(1, 1)
            ),
            "too-many-meetings",
            {"participant": 0, "meetings": 2, "slots": 1},
        ),
        (
            TimetableProblem(
                4,
                ((0, 1), (0, 2), (0, 3)),
                (2, 2, 2),
                sessions=(range(1), range(1, 3)),
                session_of=(0, 0, None),
            ),
            "too-many-in-session",
            {"participant": 0, "session": 0, "meetings": 2, "slots": 1},
        ),
        (
            TimetableProblem(3, ((0, 1), (0, 2)), (2, 2), fixed=(1, 1)),
            "same-slot-twice",
            {"participant": 0, "meetings": (0, 1), "slot": 1},
        ),
        (
            TimetableProblem(2, ((0, 1),), (1,), forbidden=(frozenset({0}), NOBODY)),
            "closed-meeting",
            {"meeting": 0, "participants": (0, 1)},
        ),
        (
            TimetableProblem(6, ((0, 1), (2, 3), (4, 5)), (1, 1)),
            "too-few-tables",
            {"meetings": 3, "places": 2},
        ),
    ],
)
def test_counting_names_who_and_how_many(
    problem: TimetableProblem, code: str, params: dict[str, object]
) -> None:
    found = {reason.code: dict(reason.params) for reason in find_overfull(problem)}
    assert params.items() <= found[code].items()


#: Three people who all meet one another in three slots: nobody has room to move.
TRIANGLE = TimetableProblem(3, ((0, 1), (1, 2), (0, 2)), (1, 1, 1))


@pytest.mark.parametrize(
    ("changes", "conflict", "exceptions"),
    [
        ({"precedences": (frozenset({1}), frozenset({0}), NOBODY)}, ["order", "order"], ["free-order"]),
        ({"fixed": (2, None, None), "precedences": (NOBODY, frozenset({0}), NOBODY)},
         ["fixed-slot", "order"], None),
        ({"tables": (1, 1, 0)}, ["too-few-tables"], ["add-table"]),
        ({"tables": (2, 2)}, ["all-meetings"], ["drop-meeting"]),
    ],
)  # fmt: skip
def test_the_rules_in_conflict_are_named_with_the_fewest_exceptions(
    changes: dict[str, object], conflict: list[str], exceptions: list[str] | None
) -> None:
    problem = replace(TRIANGLE, **changes)
    found = schedule_meetings(problem)
    assert found.status is Status.INFEASIBLE
    assert sorted(codes(found.reasons)) == sorted(conflict)
    assert exceptions is None or codes(found.exceptions) == exceptions
    assert len(found.exceptions) == 1


def test_an_absence_in_the_way_is_lifted_and_then_a_timetable_exists() -> None:
    # Both pairs could only meet in slot 0, and there is one table.
    problem = TimetableProblem(
        4, ((0, 1), (2, 3)), (1, 2), forbidden=(frozenset({1}), NOBODY, NOBODY, frozenset({1}))
    )
    found = explain_infeasible(problem)
    assert set(codes(found.conflict)) <= {"absence", "tables"}
    (exception,) = found.exceptions
    away = list(problem.forbidden)
    if exception.code == "be-present":
        away[exception.params["participant"]] = NOBODY
        problem = replace(problem, forbidden=tuple(away))
    else:
        problem = replace(problem, tables=(2, 2))
    assert schedule_meetings(problem).status is Status.OPTIMAL


def test_fairness_alone_is_named() -> None:
    problem = TimetableProblem(3, ((0, 1), (0, 1)), (1, 1, 1), fixed=(0, 2))
    found = schedule_meetings(problem, fairness=0)
    assert (found.status, codes(found.reasons)) == (Status.INFEASIBLE, ["fairness"])
    assert dict(found.reasons[0].params) == {"breaks": 0}
