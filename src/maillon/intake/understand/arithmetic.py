"""Unit price or total of the line: the figures themselves tell, by ``quantity × unit price = amount``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from maillon.intake.understand.grids import Grid
from maillon.intake.understand.layout import Layout
from maillon.intake.understand.numbers import Decimal, number_of
from maillon.intake.understand.prices import read_price
from maillon.intake.understand.quantities import read_quantity
from maillon.intake.understand.roles import Choice

_SAMPLE = 2000


@dataclass(slots=True)
class _Figures:
    """The columns of money of a table beside its quantities, on its part rows."""

    grid: Grid
    roles: dict[str, Choice]
    parts: Sequence[int]
    totals: Sequence[int]

    def read(self, role: str) -> list[float | None]:
        """Return the figures of a role on the first part rows."""
        return _read_all(self.grid, self.roles.get(role), self.parts[:_SAMPLE], role == "quantity")


def settle_prices(grid: Grid, layout: Layout, parts: Sequence[int], totals: Sequence[int]) -> Layout:
    """Return the layout in which each column of money is a price of one or a total of the line.

    With quantity, price and amount, the product decides between the columns; with one column of prices, the
    totals at its foot decide: they sum either the column or its product with the quantities.
    """
    figures = _Figures(grid, dict(layout.roles), parts, totals)
    roles = figures.roles
    _find_quantity(figures)
    _swap_if_proven(figures)
    if "price" in roles:
        role = _role_of_price(figures)
        price = roles.pop("price")
        roles.setdefault(role, price)
    elif "unit_price" in roles and "amount" not in roles:
        hinted = roles["unit_price"].column.words.roles.get("unit_price", 0.0) < 1.0
        if hinted and _sums(figures, "unit_price") == "amount":  # words that say "unit" are believed
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


def _find_quantity(figures: _Figures) -> None:
    """Find the quantity among columns headed like money ("Amount"): it times one of them makes the other."""
    roles = figures.roles
    if "quantity" in roles:
        return
    money = [r for r in ("amount", "price", "unit_price", "bulk_price", "amount_vat") if r in roles]
    for count, price, amount in permutations(money, 3):
        whole = roles[count].column.profile
        if whole.small_whole > 0.8 and whole.money == 0:
            share, telling = product_share(figures.read(count), figures.read(price), figures.read(amount))
            if share >= 0.8 and telling >= 2:
                found = {
                    "quantity": roles.pop(count),
                    "unit_price": roles.pop(price),
                    "amount": roles.pop(amount),
                }
                roles.update(found)
                return
    counted = roles["amount"].column if "amount" in roles and len(money) > 1 else None
    if counted and counted.words.roles.get("quantity") and counted.profile.small_whole > 0.9:
        roles["quantity"] = roles.pop("amount")


def _swap_if_proven(figures: _Figures) -> None:
    """Exchange unit price and amount where the product holds only the other way round."""
    roles = figures.roles
    price_role = "unit_price" if "unit_price" in roles else "price"
    if price_role not in roles or "amount" not in roles:
        return
    quantities, prices, amounts = figures.read("quantity"), figures.read(price_role), figures.read("amount")
    straight, count = product_share(quantities, prices, amounts)
    crossed, _ = product_share(quantities, amounts, prices)
    if count >= 2 and crossed >= 0.8 and straight < 0.2:
        first, second = roles.pop(price_role), roles["amount"]
        roles["unit_price"], roles["amount"] = second, first
    elif count >= 2 and straight >= 0.8:
        for role in (price_role, "amount"):
            roles[role] = replace(roles[role], confidence=max(roles[role].confidence, 0.95))


def _role_of_price(figures: _Figures) -> str:
    """Return what a column headed just "price" holds."""
    roles = figures.roles
    if "unit_price" in roles and "amount" not in roles:
        share, count = product_share(
            figures.read("quantity"), figures.read("unit_price"), figures.read("price")
        )
        return "amount" if count and share >= 0.5 else "bulk_price"
    if "amount" in roles:
        return "bulk_price" if "unit_price" in roles else "unit_price"
    return _sums(figures, "price") or "unit_price"


def _sums(figures: _Figures, role: str) -> str | None:
    """Return "amount" if a total is the sum of the column, "unit_price" if it is that of the products."""
    grid, parts = figures.grid, figures.parts
    cells = grid.columns[figures.roles[role].column.place]
    prices = {r: read_price(cells[r]).low or 0.0 for r in parts}
    quantity = figures.roles.get("quantity")
    column = grid.columns[quantity.column.place] if quantity else []
    counts = {r: (read_quantity(column[r]).value or 0.0) for r in parts} if quantity else {}
    if all(counts.get(r, 1.0) in (0.0, 1.0) for r in parts if prices[r]):
        return None  # with one of each, both readings agree
    found = {v for t in figures.totals for c in range(grid.width) if (v := number_of(grid.columns[c][t]))}
    numbers_only = sum(number_of(cells[r]) or 0.0 for r in parts)  # a spreadsheet's SUM passes over texts
    product = sum(prices[r] * counts.get(r, 1.0) for r in parts)
    if any(abs(v - product) < 0.02 for v in found):
        return "unit_price"
    plain = (sum(prices.values()), numbers_only)
    return "amount" if any(abs(v - p) < 0.02 for v in found for p in plain) else None
