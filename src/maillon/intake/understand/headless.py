"""Tables without any header: the values alone say which column names, counts and prices."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from maillon.core.doubt import Treatment
from maillon.core.message import message
from maillon.intake.understand.blocks import Block
from maillon.intake.understand.doubtbook import At, DoubtBook
from maillon.intake.understand.fits import fit
from maillon.intake.understand.grids import Grid
from maillon.intake.understand.price_column import read_price_column
from maillon.intake.understand.products import product_share
from maillon.intake.understand.roles import Choice, Column, column_of
from maillon.intake.understand.table import Table, read_laid_out

#: Roles guessed without a header never carry more confidence than this.
_CEILING = 0.6


class Guess:
    """The columns of a sheet without header and their roles, guessed when first asked for."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid

    @cached_property
    def columns(self) -> list[Column]:
        """The columns that hold something."""
        places = [c for c in range(self.grid.width) if self.grid.filled[:, c].any()]
        return [column_of(p, "", self.grid.columns[p]) for p in places]

    @cached_property
    def roles(self) -> dict[str, Choice]:
        """Role → column, by the values alone."""
        return _roles(self.columns)


def find_headless(guess: Guess, book: DoubtBook, proven: bool = False) -> Table | None:
    """Return a sheet without header as a table; None where no column names or none counts.

    With ``proven``, only a sheet on which quantity times price makes the amount: beside tables that have a
    header, less would take any notes for parts.
    """
    grid, columns, roles = guess.grid, guess.columns, guess.roles
    if "designation" not in roles or len(roles) < 2 or (proven and "amount" not in roles):
        return None
    book.add(
        "no-header",
        message("No header was found: the columns were recognised by their values."),
        At(grid.sheet.name),
        Treatment.ASKED,
        message("Confirm or correct the columns."),
    )
    places = tuple(column.place for column in columns)
    return read_laid_out(grid, Block(0, grid.height, places, None), columns, roles, book)


def _roles(columns: Sequence[Column]) -> dict[str, Choice]:
    roles: dict[str, Choice] = {}
    names = sorted(columns, key=_naming, reverse=True)
    if names and _naming(names[0]) > 0.2:
        roles["designation"] = Choice(names[0], 0.5)
    free = [c for c in columns if c.place not in {x.column.place for x in roles.values()}]
    numeric = [c for c in free if c.profile.price > 0.6 and c.profile.url == 0 and c.profile.text < 0.5]
    _counts_and_prices(numeric, roles)
    taken = {x.column.place for x in roles.values()}
    for role, floor in (("link", 0.6), ("reference", 0.75)):
        found = [c for c in free if c.place not in taken and fit(role, c.profile, c.cells) >= floor]
        if found:
            best = max(found, key=lambda c: fit(role, c.profile, c.cells))
            roles[role] = Choice(best, round(_CEILING * fit(role, best.profile, best.cells), 3))
            taken.add(best.place)
    return roles


def _naming(column: Column) -> float:
    """Return how well a column names parts: names are told from codes, and from texts that explain."""
    p = column.profile
    return fit("designation", p, column.cells) * (1 - 0.4 * p.code) * (0.6 if p.length > 45 else 1.0)


def _counts_and_prices(numeric: Sequence[Column], roles: dict[str, Choice]) -> None:
    """Find quantity × price = amount among the numeric columns; else the small whole numbers count."""
    rest = [c for c in numeric if c.profile.sequence < 0.8]
    product = _product(rest)
    if product:
        for role, column in zip(("quantity", "unit_price", "amount"), product, strict=True):
            roles[role] = Choice(column, _CEILING)
        return
    counts = [
        c for c in rest if c.profile.small_whole > 0.7 and c.profile.quantity > 0.7 and not c.profile.money
    ]
    if counts:
        roles["quantity"] = Choice(counts[0], 0.5)
    prices = [c for c in rest if not counts or c.place != counts[0].place]
    if prices and (prices[0].profile.money > 0.3 or prices[0].profile.whole < 0.8):
        roles["price"] = Choice(prices[0], 0.45)


def _product(columns: Sequence[Column]) -> tuple[Column, Column, Column] | None:
    read = {c.place: np.asarray(read_price_column(c.cells).lows, dtype=np.float64) for c in columns}
    for amount in reversed(columns):
        for count in columns:
            for price in columns:
                if (
                    len({amount.place, count.place, price.place}) < 3
                    or count.profile.small_whole < price.profile.small_whole
                ):
                    continue
                share, telling = product_share(read[count.place], read[price.place], read[amount.place])
                if share >= 0.9 and telling >= 2:
                    return count, price, amount
    return None
