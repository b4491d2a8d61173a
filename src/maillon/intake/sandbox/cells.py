r"""Rows of cells on their way to the parent: column by column, because a column holds one kind of value.

A column of texts is one string, its cells apart by a sign that none of them holds; a column of numbers is the
base64 of its doubles; of dates each is sent once, with the places where it stands; anything else is a plain
list. All of it is JSON. ``maillon.intake.sandbox.rows`` reads it, and trusts nothing.
"""

from __future__ import annotations

import binascii
import datetime as dt
from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from maillon.intake.sandbox.wire import encode

#: Hardly a text holds this sign, and JSON writes it as it is.
APART = "\x7f"
#: Readers give every number as a float; below this bound a whole one is given back as what it was.
WHOLE = 1e15
#: A frame larger than this is cut in two.
_LARGE = 16 << 20
#: Rows so uneven that a rectangle around them has more cells than this stay rows.
_PADDED = 4
_DATES = {dt.date, dt.datetime, dt.timedelta, dt.time}
_BLANK_NUMBER = float("nan")


def row_frames(rows: Sequence[Sequence[Any]]) -> Iterator[bytes]:
    r"""Yield the frames of some rows, in which empty text is nothing and a whole number has no decimals.

    >>> list(row_frames([["a", "", True], ["b"]]))
    [b'{"grid":{"ends":[3,1],"columns":[{"texts":"a\x7fb"},{"texts":"\x7f"},{"cells":[true,null]}]}}']
    """
    frame = encode({"grid": _by_rows(rows) if _are_uneven(rows) else _by_columns(rows)})
    if len(frame) <= _LARGE or len(rows) == 1:
        yield frame
        return
    half = len(rows) // 2
    yield from row_frames(rows[:half])
    yield from row_frames(rows[half:])


def _are_uneven(rows: Sequence[Sequence[Any]]) -> bool:
    widest = max(map(len, rows), default=0)
    return widest * len(rows) > _PADDED * (sum(map(len, rows)) + 1000)


def _by_rows(rows: Sequence[Sequence[Any]]) -> Mapping[str, object]:
    return {"rows": [[_plain(value) for value in row] for row in rows]}


def _by_columns(rows: Sequence[Sequence[Any]]) -> Mapping[str, object]:
    ends = list(map(len, rows))
    columns = [_column(cells) for cells in zip_longest(*rows, fillvalue="")]
    even = bool(columns) and min(ends) == max(ends)
    return {"ends": None if even else ends, "columns": columns}


def _column(cells: Sequence[Any]) -> Mapping[str, object]:
    kinds = set(map(type, cells))
    if kinds == {str}:
        joined = APART.join(cells)
        if joined.count(APART) == len(cells) - 1:
            return {"texts": joined}
    elif float in kinds and kinds <= {float, str}:
        numbers = array("d", cells) if str not in kinds else _doubles(cells)
        if numbers is not None:
            return {"numbers": binascii.b2a_base64(numbers, newline=False).decode("ascii")}
    elif kinds & _DATES and kinds <= {*_DATES, str}:
        return _once_each(cells)
    return {"cells": [_plain(value) for value in cells]}


def _doubles(cells: Sequence[Any]) -> array[float] | None:
    """Return numbers and blanks as doubles; None where a text stands among them."""
    try:
        return array("d", [_BLANK_NUMBER if value == "" else value for value in cells])
    except TypeError:
        return None


def _once_each(cells: Sequence[Any]) -> Mapping[str, object]:
    places = {value: place for place, value in enumerate(dict.fromkeys(cells))}
    return {"of": [None if value == "" else value for value in places], "at": [places[v] for v in cells]}


def _plain(value: Any) -> Any:
    if value == "":
        return None
    if value.__class__ is float and value.is_integer() and -WHOLE < value < WHOLE:
        return int(value)
    return value
