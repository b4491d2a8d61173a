"""Columns that no word names, found by ``quantity × unit price = amount``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillon.intake.understand.grids import Grid
from maillon.intake.understand.layout import Layout
from maillon.intake.understand.numbers import Decimal
from maillon.intake.understand.prices import read_price
from maillon.intake.understand.quantities import read_quantity
from maillon.intake.understand.roles import Choice, Column

#: Figures are compared on so many lines at most.
SAMPLE = 2000
#: Share of the telling lines on which a product must hold, and how many lines must tell.
_HOLDS, _TELLING = 0.9, 3
#: Confidence of a column found by arithmetic alone.
_FOUND = 0.7
#: More columns of figures than this without a role are no list of parts but a table of measures.
_MOST = 40
#: The roles that may hold the price of a pack, each with those that may hold the amount of the line.
_PRICED_PACKS = (
    ("unit_price", "amount"),
    ("price", "amount"),
    ("bulk_price", "amount"),
    ("bulk_price", "price"),
)
_Figures = Sequence[float | None] | npt.NDArray[np.float64]


def product_share(
    quantities: _Figures, prices: _Figures, amounts: _Figures, packs: _Figures | None = None
) -> tuple[float, int]:
    """Return the share of telling lines on which quantity × price is the amount, and how many lines tell.

    With ``packs`` the price buys so many pieces. A line tells if all figures are known, none is zero, and
    the quantity (or the pack) is not one.

    >>> product_share([2, 3, 1], [1.5, 2.0, 7.0], [3.0, 6.0, 8.0])
    (1.0, 2)
    >>> product_share([6, 3], [10.0, 7.0], [0.6, 0.42], [100, 50])
    (1.0, 2)
    """
    q, p, a, n = (
        np.asarray([1.0] * len(quantities) if figures is None else figures, dtype=np.float64)
        for figures in (quantities, prices, amounts, packs)
    )
    telling = (q != 1) | (n != 1)
    for figures in (q, p, a, n):
        telling &= (figures != 0) & ~np.isnan(figures)  # nothing is known as not a number
    q, p, a, n = q[telling], p[telling], a[telling], n[telling]
    with np.errstate(all="ignore"):
        slack = np.maximum(0.011 * np.maximum(1.0, np.abs(q)) / 2, 0.002 * np.abs(a))
        good = int(np.count_nonzero(np.abs(q * p / n - a) <= slack))
    return (good / len(q) if len(q) else 0.0), len(q)


def read_figures(grid: Grid, place: int, rows: Sequence[int], quantity: bool = False) -> list[float | None]:
    """Return the figures of a column on the first of ``rows``."""
    cells = grid.columns[place]
    if quantity:
        return [read_quantity(cells[r]).value for r in rows[:SAMPLE]]
    return [read_price(cells[r], Decimal.COMMA).low for r in rows[:SAMPLE]]


@dataclass(slots=True)
class _Search:
    """The figures of a table: those whose role is known, and the columns of numbers that have none."""

    grid: Grid
    roles: dict[str, Choice]
    rows: Sequence[int]
    free: Sequence[Column]

    def known(self, role: str) -> list[float | None] | None:
        """Return the figures of a role, None if no column plays it."""
        choice = self.roles.get(role)
        if choice is None:
            return None
        return read_figures(self.grid, choice.column.place, self.rows, role == "quantity")

    def price_role(self) -> str | None:
        """Return the role that holds prices of one, None if none does."""
        return next((r for r in ("unit_price", "price") if r in self.roles), None)


def find_missing_figures(grid: Grid, layout: Layout, rows: Sequence[int]) -> dict[str, Choice]:
    """Return the roles with the missing one of quantity, unit price and amount, and the pack, if proven.

    Two of the three must be known by their headers; the third is the column without a role for which the
    product holds on nine telling lines in ten.
    """
    busy = {c.column.place for r, c in layout.roles.items() if r != "pack"}
    free = [c for c in layout.columns if c.place not in busy and c.profile.price > 0.5 and not c.profile.url]
    if not 0 < len(free) <= _MOST:
        return dict(layout.roles)
    search = _Search(grid, dict(layout.roles), rows, free)
    _find_third(search)
    _find_pack(search)
    return search.roles


def _find_third(search: _Search) -> None:
    price = search.price_role()
    known = [role for role in ("quantity", price, "amount") if role and role in search.roles]
    if len(known) != 2:
        return
    missing = next(r for r in ("quantity", price or "unit_price", "amount") if r not in known)
    for column, figures in _candidates(search, missing == "quantity"):
        columns = {
            "quantity": search.known("quantity"),
            "unit_price": search.known(price) if price else None,
            "amount": search.known("amount"),
            missing: figures,
        }
        quantities, prices, amounts = (columns[r] or [] for r in ("quantity", "unit_price", "amount"))
        share, telling = product_share(quantities, prices, amounts)
        if share >= _HOLDS and telling >= _TELLING:
            search.roles[missing] = Choice(column, _FOUND)
            return


def _find_pack(search: _Search) -> None:
    """Find how many pieces the price buys: quantity × price / pack is the amount, not the product."""
    quantities = search.known("quantity")
    if quantities is None:
        return
    for price, amount in _PRICED_PACKS:
        prices, amounts = search.known(price), search.known(amount)
        taken = "unit_price" in search.roles and price != "unit_price"
        if prices is None or amounts is None or taken:
            continue
        plain = product_share(quantities, prices, amounts)[0]
        for column, packs in _candidates(search, quantity=True):
            share, telling = product_share(quantities, prices, amounts, packs)
            if share >= max(_HOLDS, plain + 0.1) and telling >= _TELLING:
                found = {"unit_price": search.roles.pop(price), "amount": search.roles.pop(amount)}
                search.roles.update(found, price_pack=Choice(column, _FOUND))
                return


def _candidates(search: _Search, quantity: bool) -> Iterator[tuple[Column, list[float | None]]]:
    taken = {c.column.place for r, c in search.roles.items() if r != "pack"}
    for column in search.free:
        if column.place not in taken and (not quantity or column.profile.quantity > 0.6):
            yield column, read_figures(search.grid, column.place, search.rows, quantity)
