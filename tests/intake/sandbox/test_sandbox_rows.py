"""Rows come from the child as they were read, whatever they hold, and nothing else is believed."""

from __future__ import annotations

import binascii
import datetime as dt
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillon.intake.sandbox.cells import row_frames
from maillon.intake.sandbox.rows import rows_of
from maillon.intake.sandbox.wire import decode

_SPANS = st.timedeltas(dt.timedelta(0), dt.timedelta(days=400)).map(lambda t: dt.timedelta(seconds=t.seconds))
_TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(['""', '"', "\\", '\\"', ',"",', "null", "é\u2028", "\x7f", "a\x7fb", "\ud800"]),
)
_NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**6), 10**6).map(float),
    st.sampled_from([1e15, -1e15, 999999999999999.0, -0.0]),
)
_OTHERS = st.one_of(st.integers(-(10**15), 10**15), st.booleans(), st.dates(), st.datetimes(), _SPANS)
_BLANK = st.just("")
_COLUMNS = st.sampled_from([_TEXTS, _NUMBERS, st.one_of(_NUMBERS, _BLANK), st.dates(), _SPANS, _OTHERS])
_CELLS = st.one_of(_TEXTS, _NUMBERS, _OTHERS, _BLANK)


def received(rows: list[list[object]]) -> list[list[object]]:
    return [row for frame in row_frames(rows) for row in rows_of(decode(frame)["grid"])]


def expected(cell: object) -> object:
    if isinstance(cell, str):
        return cell or None
    whole = isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15
    return int(cell) if whole else cell


def check(rows: list[list[object]]) -> None:
    found, wanted = received(rows), [[expected(cell) for cell in row] for row in rows]
    assert found == wanted
    assert [[type(c) for c in row] for row in found] == [[type(c) for c in row] for row in wanted]


@given(st.lists(st.lists(_CELLS, max_size=6), max_size=6))
def test_rows_of_any_length_come_back_as_they_went(rows: list[list[object]]) -> None:
    check(rows)


@given(st.lists(_COLUMNS, min_size=1, max_size=4).flatmap(lambda kinds: st.lists(st.tuples(*kinds))))
def test_columns_of_one_kind_come_back_as_they_went(rows: list[tuple[object, ...]]) -> None:
    check([list(row) for row in rows])


def test_what_is_no_number_is_nothing() -> None:
    assert received([[float("nan")], [float("inf")], [2.0], [0.5]]) == [[None], [None], [2], [0.5]]


def test_a_time_of_day_is_a_span() -> None:
    assert received([[dt.time(12, 30, 15)]]) == [[dt.timedelta(hours=12, minutes=30, seconds=15)]]


def test_a_long_row_among_short_ones_is_not_padded_into_a_rectangle() -> None:
    rows = [["a"] * 16_384, *([["b"]] * 1_999)]
    assert sum(map(len, row_frames(rows))) < 200_000
    assert received(rows) == rows


def test_large_rows_are_sent_in_several_frames() -> None:
    rows = [["x" * 30_000] for _ in range(2_000)]
    frames = list(row_frames(rows))
    assert max(map(len, frames)) <= 16 << 20
    assert len(frames) == 4
    assert received(rows) == rows


@pytest.mark.parametrize(
    "grid",
    [
        {"ends": None, "columns": [{"texts": "a"}, {"texts": "a\x7fb"}]},
        {"ends": [1, 1], "columns": [{"texts": "a"}]},
        {"ends": [-1], "columns": [{"texts": "a"}]},
        {"ends": None, "columns": [{"numbers": binascii.b2a_base64(b"1234567").decode()}]},
        {"ends": None, "columns": [{"numbers": "é"}]},
        {"ends": None, "columns": [{"of": ["a"], "at": [1]}]},
        {"ends": None, "columns": [{}]},
        {"ends": None, "columns": [{"texts": 4}]},
        {"ends": 10**12, "columns": []},
    ],
)
def test_a_senseless_grid_is_refused(grid: dict[str, object]) -> None:
    with pytest.raises((ValueError, KeyError, IndexError, TypeError, AttributeError)):
        rows_of(grid)


def test_doubles_are_read_as_they_were_written() -> None:
    numbers = binascii.b2a_base64(array("d", [0.1, 3.0]), newline=False).decode()
    assert rows_of({"ends": None, "columns": [{"numbers": numbers}]}) == [[0.1], [3]]
