"""Decimal comma or point: by the column's own evidence, then by the sheet's, else asked once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maillon.core.doubt import Treatment
from maillon.core.message import message
from maillon.intake.understand.doubtbook import At, DoubtBook
from maillon.intake.understand.grids import Grid
from maillon.intake.understand.layout import MONEY, Layout
from maillon.intake.understand.numbers import Convention, Decimal, find_convention

_NUMERIC = (*MONEY, "quantity", "annual_quantity", "mass", "own_value", "pack", "local_fraction", "vat_rate")


def decide_decimals(
    grid: Grid, layout: Layout, rows: Sequence[int], book: DoubtBook, told: Decimal | None = None
) -> Mapping[int, Decimal]:
    """Return the decimal sign of each numeric column; ``told`` (from a saved mapping) settles all of them.

    A column whose texts can all be read both ways ("1,234") takes the sign proven by the other columns; if
    none proves it, the reader is asked, once for the column.
    """
    places = layout.places(_NUMERIC)
    if told is not None:
        return dict.fromkeys(places, told)
    found = {p: find_convention(grid.cells(p, rows)) for p in places}
    proven = [c.decimal for c in found.values() if c.proven]
    common = max(proven, key=proven.count) if proven else None
    return {place: _decide(grid, place, convention, common, book) for place, convention in found.items()}


def _decide(
    grid: Grid, place: int, convention: Convention, common: Decimal | None, book: DoubtBook
) -> Decimal:
    if convention.proven:
        return convention.decimal
    if convention.ambiguous and common is None:
        _ask(grid, place, convention.ambiguous[0], book)
    return common or Decimal.COMMA


def _ask(grid: Grid, place: int, text: str, book: DoubtBook) -> None:
    if "," in text:
        what = message("“{text}” can be read in two ways; the comma is taken as the decimal sign.", text=text)
    else:
        what = message(
            "“{text}” can be read in two ways; the point is taken to separate thousands.", text=text
        )
    proposal = message("Say once which sign separates the decimals of this column.")
    book.add("ambiguous-number", what, At(grid.sheet.name, column=place), Treatment.ASKED, proposal)
