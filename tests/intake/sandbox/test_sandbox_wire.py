"""What parent and child say to each other survives the way, whatever it is."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillon.core.doubt import Doubt, Treatment
from maillon.core.message import message, plural_message
from maillon.intake.sandbox.wire import (
    decode,
    doubt_from_json,
    doubt_to_json,
    encode,
    encode_rows,
    message_from_json,
)

cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(['""', '"', "\\", '\\"', ',"",', "null", "é\u2028"]),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.timedeltas(dt.timedelta(0), dt.timedelta(days=400)).map(lambda t: dt.timedelta(seconds=t.seconds)),
    st.just(""),
)


@given(st.lists(st.lists(cells, max_size=6), max_size=6))
def test_rows_come_back_as_they_went(rows: list[list[object]]) -> None:
    expected = [[None if cell == "" and isinstance(cell, str) else cell for cell in row] for row in rows]
    found = decode(encode_rows(rows))["rows"]
    assert found == expected
    assert [[type(c) for c in row] for row in found] == [[type(c) for c in row] for row in expected]


def test_a_time_of_day_is_a_span() -> None:
    assert decode(encode_rows([[dt.time(12, 30, 15)]])) == {
        "rows": [[dt.timedelta(hours=12, minutes=30, seconds=15)]]
    }


def test_doubts_come_back_with_their_nested_sentences() -> None:
    doubt = Doubt(
        "code",
        message("Line {line}: {what}.", line="3", what=plural_message("{n} cell", "{n} cells", n=2)),
        Treatment.QUARANTINED,
        "Feuil1",
        "A3",
        message("It may have been {texts}.", texts="x"),
    )
    back = doubt_from_json(decode(encode(doubt_to_json(doubt))))
    assert back == doubt
    assert str(back.what) == "Line 3: 2 cells."


@pytest.mark.parametrize("text", ["{x.__class__}", "{x[0]}", "{x!r}", "{x:>9999999999}", "{}", "{", "{X}"])
def test_a_sentence_with_more_than_plain_slots_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a sentence"):
        message_from_json({"msgid": text, "params": {"x": 1}, "plural": None})


def test_plain_objects_are_left_alone() -> None:
    assert decode(encode({"a": {"$other": 1}, "b": {"$date": "2024-01-31", "c": 1}})) == {
        "a": {"$other": 1},
        "b": {"$date": "2024-01-31", "c": 1},
    }
