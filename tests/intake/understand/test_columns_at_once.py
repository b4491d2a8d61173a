"""Whole columns read at once give what their cells give one by one."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillon.intake.grid import Cell
from maillon.intake.understand.cells import map_distinct
from maillon.intake.understand.lines import Lines
from maillon.intake.understand.numbers import Decimal
from maillon.intake.understand.price_column import read_price_column
from maillon.intake.understand.prices import read_price

_TEXTS = st.sampled_from(["1 234,50 €", "10-12 €", "$2-4/50pcs", "N/A", "3,50 HT", "sur devis", "-4", "x"])
_NUMBERS = st.one_of(st.integers(-10, 10), st.floats(allow_nan=False), st.booleans(), st.none())


@given(st.lists(st.one_of(_TEXTS, _NUMBERS)), st.sampled_from(Decimal))
def test_a_column_of_prices_is_its_cells(cells: Sequence[Cell], decimal: Decimal) -> None:
    read = read_price_column(cells, decimal)
    fields = zip(read.lows, read.highs, read.currencies, read.packs, read.vat_included, strict=True)
    assert list(fields) == [tuple(read_price(cell, decimal)) for cell in cells]
    assert len(read) == len(cells)


@given(st.lists(_NUMBERS))
def test_equal_cells_of_different_types_are_kept_apart(cells: Sequence[Cell]) -> None:
    assert map_distinct(cells, lambda cell: (type(cell), cell)) == [(type(cell), cell) for cell in cells]


def test_lines_are_put_together_from_their_columns() -> None:
    lines = Lines({"line": range(1, 4), "designation": ["vis", None, "carter"]})
    assert len(lines) == 3
    assert list(lines) == [
        {"line": 1, "designation": "vis"},
        {"line": 2, "designation": None},
        {"line": 3, "designation": "carter"},
    ]
    assert lines[1:] == Lines({"line": [2, 3], "designation": [None, "carter"]})
    assert lines != Lines({"line": [1, 2, 3], "designation": ["vis", None, "écrou"]})
    with pytest.raises(IndexError):
        lines[3]


def test_lines_without_columns_are_none() -> None:
    assert list(Lines({})) == []
    with pytest.raises(ValueError, match="different lengths"):
        Lines({"line": [1], "designation": []})
