"""Unit price or total of the line: the figures themselves tell, by ``quantity × unit price = amount``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from maillon.intake.understand.grids import Grid
from maillon.intake.understand.layout import Layout
from maillon.intake.understand.numbers import number_of
from maillon.intake.understand.prices import read_price
from maillon.intake.understand.products import SAMPLE, find_missing_figures, product_share, read_figures
from maillon.intake.understand.quantities import read_quantity
from maillon.intake.understand.roles import Choice, Column
from maillon.intake.understand.vocabulary import LIKELY

#: Fewer lines than this say nothing of a column that is filled once.
_FEW = 4
#: From nothing to the 27 % of Hungary; from this quantity on no tax explains the difference.
#: Share of the telling lines on which a product must hold to decide between columns.
_PROVEN = 0.8
_LEAST_TAX, _MOST_TAX, _TOLD_APART = 0.99, 1.28, 1.5
#: So many lines must tell before prices with VAT are taken for totals.
_TOLD = 3


@dataclass(slots=True)
class _Figures:
    """The columns of money of a table beside its quantities, on its part rows."""

    grid: Grid
    roles: dict[str, Choice]
    parts: Sequence[int]
    totals: Sequence[int]

    def read(self, role: str) -> list[float | None]:
        """Return the figures of a role on the first part rows."""
        choice = self.roles.get(role)
        if choice is None:
            return [None] * len(self.parts[:SAMPLE])
        return read_figures(self.grid, choice.column.place, self.parts, role == "quantity")


def settle_prices(grid: Grid, layout: Layout, parts: Sequence[int], totals: Sequence[int]) -> Layout:
    """Return the layout in which each column of money is a price of one or a total of the line.

    With quantity, price and amount, the product decides between the columns; with one column of prices, the
    totals at its foot decide: they sum either the column or its product with the quantities.
    """
    figures = _Figures(grid, dict(layout.roles), parts, totals)
    _find_quantity(figures)
    _drop_lone_total(figures)
    _amount_of_gross_prices(figures)
    _choose_among_alike(figures, layout.columns)
    roles = figures.roles = find_missing_figures(grid, layout.with_roles(figures.roles), parts)
    _swap_if_proven(figures)
    _settle_vat(figures)
    if "price" in roles:
        role = _role_of_price(figures)
        price = roles.pop("price")
        roles.setdefault(role, price)
    elif "unit_price" in roles and "amount" not in roles:
        hinted = roles["unit_price"].column.words.roles.get("unit_price", 0.0) < 1.0
        if hinted and _sums(figures, "unit_price") == "amount":  # words that say "unit" are believed
            roles["amount"] = roles.pop("unit_price")
    return layout.with_roles(roles)


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
    counted = roles["amount"].column if "amount" in roles else None
    if counted is None or not counted.words.roles.get("quantity") or counted.profile.money > 0:
        return
    # "Amount": a number of pieces beside prices; alone, it is one if its cells read as quantities.
    alone = len(money) == 1 and counted.profile.quantity > 0.8 and not _has_decimals(counted)
    if counted.profile.small_whole > 0.9 or alone:
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


def _choose_among_alike(figures: _Figures, columns: Sequence[Column]) -> None:
    """Of two columns headed alike ("Qty", "Qty with spares"), take the one that makes the product hold."""
    roles = figures.roles
    price = next((r for r in ("unit_price", "price") if r in roles), None)
    if price is None or not {"quantity", "amount"} <= set(roles):
        return
    best, telling = _product(figures, price)
    if best >= _PROVEN and telling:
        return
    for role in ("quantity", price, "amount"):
        busy = {c.column.place for c in roles.values()}
        said = 0.9 * roles[role].column.words.roles.get(role, 0.0)
        alike = [
            c for c in columns if c.place not in busy and c.words.roles.get(role, 0.0) >= max(said, LIKELY)
        ]
        for column in alike:
            held = roles[role]
            roles[role] = replace(held, column=column)
            share, telling = _product(figures, price)
            if share >= _PROVEN and share > best and telling >= 2:
                return
            roles[role] = held


def _product(figures: _Figures, price: str) -> tuple[float, int]:
    return product_share(figures.read("quantity"), figures.read(price), figures.read("amount"))


def _has_decimals(column: Column) -> bool:
    return column.profile.whole < 0.9 * column.profile.numeric


def _drop_lone_total(figures: _Figures) -> None:
    # The sum of a list is often written once, beside its first line, under a header of its own.
    size = len(figures.parts)
    priced = [sum(v is not None for v in figures.read(r)) for r in ("unit_price", "price", "unit_price_vat")]
    for role in ("amount", "amount_vat"):
        held = sum(v is not None for v in figures.read(role)) if role in figures.roles else 0
        if held == 1 and size >= _FEW and max(priced) >= size / 2:
            del figures.roles[role]


def _amount_of_gross_prices(figures: _Figures) -> None:
    """Take a column headed just "Cost" for totals with VAT, where it is quantity × price with VAT."""
    roles = figures.roles
    gross = {"quantity", "unit_price_vat", "price"} <= set(roles)
    if not gross or "unit_price" in roles or "amount_vat" in roles:
        return
    columns = (figures.read(r) for r in ("quantity", "unit_price_vat", "price"))
    share, telling = product_share(*columns)
    if share >= _PROVEN and telling >= 2:
        roles["amount_vat"] = roles.pop("price")


def _settle_vat(figures: _Figures) -> None:
    """Take prices with VAT for totals of the lines, where they are quantity × price and a tax."""
    roles = figures.roles
    if "amount_vat" in roles or not {"unit_price", "unit_price_vat", "quantity"} <= set(roles):
        return
    columns = (figures.read(r) for r in ("quantity", "unit_price", "unit_price_vat"))
    telling = [(q, p, t) for q, p, t in zip(*columns, strict=True) if q and p and t and q >= _TOLD_APART]
    totals = sum(_LEAST_TAX <= t / (q * p) <= _MOST_TAX for q, p, t in telling)
    ones = sum(_LEAST_TAX <= t / p <= _MOST_TAX for _, p, t in telling)
    if totals >= _TOLD and totals > 4 * ones:
        roles["amount_vat"] = roles.pop("unit_price_vat")


def _role_of_price(figures: _Figures) -> str:
    """Return what a column headed just "price" holds."""
    roles = figures.roles
    if "unit_price" in roles and "amount" not in roles:
        share, count = product_share(
            figures.read("quantity"), figures.read("unit_price"), figures.read("price")
        )
        proven = bool(count) and share >= 0.5
        return "amount" if proven or _sums(figures, "price") == "amount" else "bulk_price"
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
