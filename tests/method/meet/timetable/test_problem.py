"""A problem that makes no sense is refused with a sentence; the benchmark's files are read as published."""

from pathlib import Path

import pytest

from maillon.core.errors import InvalidRequest, RefusedFile
from maillon.method.meet.timetable import TimetableProblem, assign_tables, count_breaks, parse_dzn, read_dzn

MINIMAL = {
    "nBusiness": "3",
    "nMeetings": "2",
    "nTables": "1",
    "nTotalSlots": "4",
    "nMorningSlots": "2",
    "requested": "[| 1, 2, 3,\n| 2, 3, 2,\n|]",
    "forbidden": "[{0},{1, 4},{2..3}]",
    "fixed": "[0,3]",
    "precedences": "[{},{1}]",
}


def as_text(**changes: str | None) -> str:
    return "\n".join(
        f"{name} = {value};" for name, value in {**MINIMAL, **changes}.items() if value is not None
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"tables": ()}, "at least one slot"),
        ({"tables": (1, -1)}, "slot 2 is negative"),
        ({"meetings": ((0, 0),)}, "Meeting 1 needs"),
        ({"meetings": ((0, 5),)}, "Meeting 1 names"),
        ({"fixed": (7,)}, "fixed slot of meeting 1"),
        ({"fixed": (None, None)}, "fixed has 2 entries where 1"),
        ({"session_of": (0,)}, "session of meeting 1"),
        ({"sessions": (range(5),)}, "slot that does not exist"),
        ({"forbidden": (frozenset({9}), frozenset())}, "Participant 1"),
        ({"precedences": (frozenset({0}),)}, "Meeting 1 cannot come after"),
        ({"at_booth": frozenset({4})}, "booth"),
        ({"lunches": (0,)}, "pauses"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, object], said: str) -> None:
    fields: dict[str, object] = {"participants": 2, "meetings": ((0, 1),), "tables": (1, 1)}
    with pytest.raises(InvalidRequest, match=said):
        TimetableProblem(**{**fields, **wrong})  # type: ignore[arg-type] - wrong on purpose


def test_a_dzn_file_counts_from_one_and_its_zeros_fill() -> None:
    problem = parse_dzn("% a comment; with = signs\n" + as_text())
    assert (problem.participants, problem.meetings, problem.tables) == (3, ((0, 1), (1, 2)), (1, 1, 1, 1))
    assert problem.forbidden == (frozenset(), frozenset({0, 3}), frozenset({1, 2}))
    assert problem.session_of == (None, 1)
    assert problem.fixed == (None, 2)
    assert problem.precedences == (frozenset(), frozenset({0}))
    assert problem.open_slots == ((1, 2), ())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"requested": None}, "requested is missing"),
        ({"nTables": "many"}, "nTables should be a whole number"),
        ({"requested": "[|1,2,3|]"}, "requested has 3 entries where 6"),
        ({"requested": "[|1,2,3,|2,3,4|]"}, "sessions 1, 2 or 3"),
        ({"forbidden": "[{0}]"}, "forbidden has 1 entries where 3"),
        ({"fixed": "[0]"}, "fixed has 1 entries where 2"),
    ],
)
def test_a_damaged_dzn_file_is_refused_with_the_field(changes: dict[str, str | None], said: str) -> None:
    with pytest.raises(RefusedFile, match=said):
        parse_dzn(as_text(**changes))


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    binary = tmp_path / "event.dzn"
    binary.write_bytes(b"\xff\xfe\x00\x81")
    for path in (binary, tmp_path / "nowhere.dzn"):
        with pytest.raises(RefusedFile, match=path.name):
            read_dzn(path)


def test_a_break_is_a_group_of_idle_slots() -> None:
    problem = TimetableProblem(2, ((0, 1),) * 3, (3,) * 8)
    assert count_breaks(problem, (0, 3, 7)) == (2, 2)
    assert count_breaks(problem, (2, 3, 4)) == (0, 0)


def test_participants_keep_their_table_where_it_is_free() -> None:
    problem = TimetableProblem(4, ((0, 1), (2, 3), (2, 0)), (2, 2), at_booth=frozenset())
    assert assign_tables(problem, (0, 0, 1)) in {(0, 1, 0), (0, 1, 1)}
    booth = TimetableProblem(2, ((0, 1),), (0,), at_booth=frozenset({0}))
    assert assign_tables(booth, (0,)) == (-1,)
