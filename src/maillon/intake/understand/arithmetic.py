"""Unit price or total of the line: the figures themselves tell, by ``quantity × unit price = amount``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from maillon.intake.grid import Cell
from maillon.intake.understand.grids import Grid
from maillon.intake.understand.layout import Layout
from maillon.intake.understand.numbers import Decimal, number_of
from maillon.intake.understand.prices import read_price
from maillon.intake.understand.quantities import read_quantity
from maillon.intake.understand.roles import Choice

_SAMPLE = 2000


def settle_prices(grid: Grid, layout: Layout, parts: Sequence[int], totals: Sequence[int]) -> Layout:
    """Return the layout in which each column of money is a price of one or a total of the line.

    With quantity, price and amount, the product decides between the columns; with one column of prices, the
    totals at its foot decide: they sum either the column or its product with the quantities.
    """
    roles = dict(layout.roles)
    rows = parts[:_SAMPLE]
    quantities = _read_all(grid, roles.get("quantity"), rows, quantity=True)
    _swap_if_proven(grid, roles, rows, quantities)
    price = roles.pop("price", None)
    if price is not None:
        role = _role_of_price(grid, roles, price, parts, totals, quantities, rows)
        if role in roles:
            return layout.with_roles(roles)
        roles[role] = price
    elif (
        "unit_price" in roles
        and "amount" not in roles
        and _sums(grid, roles["unit_price"], parts, totals, roles) == "amount"
    ):
        choice = roles["unit_price"]
        if choice.column.words.roles.get("unit_price", 0.0) < 1.0:  # words that say "unit" are believed
            roles["amount"] = roles.pop("unit_price")
    return layout.with_roles(roles)


def _read_all(
    grid: Grid, choice: Choice | None, rows: Sequence[int], quantity: bool = False
) -> list[float | None]:
    if choice is None:
        return [None] * len(rows)
    cells = grid.columns[choice.column.place]
    if quantity:
        return [read_quantity(cells[r]).value for r in rows]
    return [read_price(cells[r], Decimal.COMMA).low for r in rows]


def product_share(
    quantities: Sequence[float | None], prices: Sequence[float | None], amounts: Sequence[float | None]
) -> tuple[float, int]:
    """Return the share of telling lines on which quantity × price is the amount, and how many lines tell.

    A line tells if all three are known, none is zero, and the quantity is not one.

    >>> product_share([2, 3, 1], [1.5, 2.0, 7.0], [3.0, 6.0, 8.0])
    (1.0, 2)
    """
    telling = [
        (q, p, a) for q, p, a in zip(quantities, prices, amounts, strict=True) if q and p and a and q != 1
    ]
    held = sum(abs(q * p - a) <= max(0.011 * max(1.0, abs(q)) / 2, 0.002 * abs(a)) for q, p, a in telling)
    return (held / len(telling) if telling else 0.0), len(telling)


def _swap_if_proven(
    grid: Grid, roles: dict[str, Choice], rows: Sequence[int], quantities: Sequence[float | None]
) -> None:
    """Exchange unit price and amount where the product holds only the other way round."""
    price_role = "unit_price" if "unit_price" in roles else "price"
    if price_role not in roles or "amount" not in roles:
        return
    prices = _read_all(grid, roles[price_role], rows)
    amounts = _read_all(grid, roles["amount"], rows)
    straight, count = product_share(quantities, prices, amounts)
    crossed, _ = product_share(quantities, amounts, prices)
    if count >= 2 and crossed >= 0.8 and straight < 0.2:
        first, second = roles[price_role], roles["amount"]
        roles["unit_price"], roles["amount"] = second, first
        if price_role == "price":
            del roles["price"]
    elif count >= 2 and straight >= 0.8:
        for role in (price_role, "amount"):
            roles[role] = replace(roles[role], confidence=max(roles[role].confidence, 0.95))


def _role_of_price(
    grid: Grid,
    roles: Mapping[str, Choice],
    price: Choice,
    parts: Sequence[int],
    totals: Sequence[int],
    quantities: Sequence[float | None],
    rows: Sequence[int],
) -> str:
    """Return what a column headed just "price" holds."""
    if "unit_price" in roles and "amount" not in roles:
        share, count = product_share(
            quantities, _read_all(grid, roles["unit_price"], rows), _read_all(grid, price, rows)
        )
        return "amount" if count and share >= 0.5 else "bulk_price"
    if "amount" in roles:
        return "unit_price"
    return _sums(grid, price, parts, totals, roles) or "unit_price"


def _sums(
    grid: Grid, price: Choice, parts: Sequence[int], totals: Sequence[int], roles: Mapping[str, Choice]
) -> str | None:
    """Return "amount" if a total is the plain sum of the column, "unit_price" if it is that of the products."""
    quantity = roles.get("quantity")
    cells = grid.columns[price.column.place]
    figures = {r: read_price(cells[r]).low or 0.0 for r in parts}
    counts = {r: (read_quantity(_at(grid, quantity, r)).value or 0.0) for r in parts} if quantity else {}
    if all(counts.get(r, 1.0) in (0.0, 1.0) for r in parts if figures[r]):
        return None  # with one of each, both readings agree
    found = {v for t in totals for c in range(grid.width) if (v := number_of(grid.columns[c][t]))}
    numbers_only = sum(number_of(cells[r]) or 0.0 for r in parts)
    plain = {round(sum(figures.values()), 2), round(numbers_only, 2)}
    product = round(sum(figures[r] * counts.get(r, 1.0) for r in parts), 2)
    if any(abs(v - product) < 0.02 for v in found):
        return "unit_price"
    if any(abs(v - p) < 0.02 for v in found for p in plain):
        return "amount"
    return None


def _at(grid: Grid, choice: Choice, row: int) -> Cell:
    return grid.columns[choice.column.place][row]
