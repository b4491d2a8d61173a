"""The rows that the child sends, put together again in the parent (see ``maillon.intake.sandbox.cells``)."""

from __future__ import annotations

import binascii
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from maillon.intake.grid import Cell
from maillon.intake.sandbox.cells import APART, WHOLE


def rows_of(grid: Mapping[str, Any]) -> list[list[Cell]]:
    r"""Return the rows of one frame; ``ValueError`` (or another error of a lookup) on anything else.

    >>> rows_of({"ends": [2, 1], "columns": [{"texts": "a\x7fb"}, {"cells": [True, None]}]})
    [['a', True], ['b']]
    """
    if "rows" in grid:
        return [list(row) for row in grid["rows"]]
    columns = [_cells(column) for column in grid["columns"]]
    rows = list(map(list, zip(*columns, strict=True)))
    if grid["ends"] is not None:
        _shorten(rows, grid["ends"])
    return rows


def _shorten(rows: list[list[Cell]], ends: Sequence[int]) -> None:
    """Take away the blanks that made the rows of one length."""
    if not rows:
        rows.extend([] for _ in ends)
    if min(ends, default=0) < 0:
        raise ValueError("a row has no negative length")
    for row, end in zip(rows, ends, strict=True):
        del row[end:]


def _cells(column: Mapping[str, Any]) -> Sequence[Cell]:
    if "texts" in column:
        return [text or None for text in column["texts"].split(APART)]
    if "numbers" in column:
        return _numbers(np.frombuffer(binascii.a2b_base64(column["numbers"]), dtype=np.float64))
    if "at" in column:
        known: list[Cell] = column["of"]
        return [known[place] for place in column["at"]]
    plain: list[Cell] = column["cells"]
    return plain


def _numbers(doubles: npt.NDArray[np.float64]) -> list[Cell]:
    """Return numbers, whole ones as integers, and nothing for what is no number."""
    finite = np.isfinite(doubles)
    whole = finite & (np.floor(doubles) == doubles) & (np.abs(doubles) < WHOLE)
    if whole.all():
        integers: list[Cell] = doubles.astype(np.int64).tolist()
        return integers
    values: list[Cell] = doubles.tolist()
    for place in np.flatnonzero(whole).tolist():
        values[place] = int(doubles[place])
    for place in np.flatnonzero(~finite).tolist():
        values[place] = None
    return values
