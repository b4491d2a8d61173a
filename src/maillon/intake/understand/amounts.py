"""Quantities, prices and amounts of the parts, typed, with their units and currencies."""

from __future__ import annotations

import math

from maillon.core.message import message
from maillon.intake.grid import Cell
from maillon.intake.understand.currencies import DOLLARS, currency_of_format, find_currency
from maillon.intake.understand.designators import count_designators
from maillon.intake.understand.doubtbook import At
from maillon.intake.understand.layout import is_ledger
from maillon.intake.understand.numbers import written_number
from maillon.intake.understand.part_values import Parts
from maillon.intake.understand.prices import Price, read_price
from maillon.intake.understand.quantities import Quantity, read_quantity
from maillon.intake.understand.units import canonical_unit

_HUGE = 1e9
_PRICED = ("unit_price", "unit_price_vat", "bulk_price", "amount", "amount_vat")


def read_quantities(parts: Parts) -> None:
    """Fill ``quantity`` and ``unit``; a list of designators counts itself where no column does."""
    decimal = parts.convention("quantity")
    read = parts.read("quantity", lambda cell: read_quantity(cell, decimal))
    column_units = _column_units(parts)
    if read is None:
        _count_designators(parts)
        if column_units:
            parts.values["unit"] = [u[0] if u else None for u in column_units]
        return
    header = _header_unit(parts, "quantity")
    cells = parts.cells("quantity") or []
    values: list[object] = []
    units: list[object] = []
    for place, quantity in enumerate(read):
        written = column_units[place] if column_units else None
        value, unit = _in_unit(quantity, header if quantity.unit is None else None, written)
        values.append(_checked(parts, place, "quantity", value))
        units.append(unit)
        _tell(parts, place, quantity, cells[place])
    parts.values["quantity"] = values
    if any(u is not None for u in units):
        parts.values["unit"] = units


def _in_unit(
    quantity: Quantity, header: tuple[str, float] | None, written: tuple[str, float] | None
) -> tuple[float | None, str | None]:
    """Return value and canonical unit: the cell's own unit wins over the column's, that over the header's."""
    if quantity.unit is not None:
        return quantity.value, quantity.unit
    unit = written or header
    if unit is None:
        return quantity.value, None
    value = None if quantity.value is None else float(f"{quantity.value * unit[1]:.12g}")
    return value, unit[0]


def _header_unit(parts: Parts, role: str) -> tuple[str, float] | None:
    choice = parts.layout.roles.get(role)
    return canonical_unit(choice.column.words.unit) if choice and choice.column.words.unit else None


def _column_units(parts: Parts) -> list[tuple[str, float] | None] | None:
    return parts.read("unit", lambda cell: canonical_unit(cell) if isinstance(cell, str) else None)


def _count_designators(parts: Parts) -> None:
    cells = parts.cells("designators")
    if cells is None:
        return
    counts = [count_designators(c) if isinstance(c, str) else None for c in cells]
    if any(counts):
        parts.values["quantity"] = [float(c) if c else None for c in counts]
        parts.book.add(
            "counted-designators",
            message("No column gives quantities: the designators of each line were counted."),
            At(parts.sheet, column=parts.layout.place("designators")),
        )


def _tell(parts: Parts, place: int, quantity: Quantity, cell: Cell) -> None:
    """Raise the doubts of one quantity cell."""
    if quantity.low is not None:
        what = message("The quantity is a range, “{text}”: its upper end is kept.", text=cell)
        parts.doubt("range-quantity", what, place, "quantity")
    elif quantity.pack is not None:
        what = message("The quantity “{text}” counts packs of {n}.", text=cell, n=quantity.pack)
        parts.doubt("pack-quantity", what, place, "quantity")
    elif not quantity.understood and _not_finite(cell):
        parts.reject(
            "not-finite", message("“{text}” is no finite number.", text=str(cell)), place, "quantity"
        )
    elif not quantity.understood and quantity.value is None:
        what = message("The quantity “{text}” cannot be read: it stays unknown.", text=cell)
        parts.doubt("unreadable-quantity", what, place, "quantity")
    elif not quantity.understood:
        what = message("The quantity “{text}” holds words that were not understood.", text=cell)
        parts.doubt("partial-quantity", what, place, "quantity")


def _not_finite(cell: Cell) -> bool:
    if isinstance(cell, float):
        return not math.isfinite(cell)
    if not isinstance(cell, str):
        return False
    number = written_number(cell)
    endless = number is not None and not math.isfinite(number)
    return endless or cell.strip().lower().lstrip("+-") in {"nan", "inf", "infinity", "1.#inf"}


def _checked(parts: Parts, place: int, role: str, value: float | None) -> float | None:
    """Set apart what no part can have, and warn of what few have."""
    if value is None:
        return None
    if not math.isfinite(value):
        parts.reject("not-finite", message("“{text}” is no finite number.", text=str(value)), place, role)
        return None
    if value < 0 and not is_ledger(parts.layout.roles):  # there, a return or a rebate
        parts.reject(
            "negative-value",
            message("A part cannot have a negative quantity or price: {value}.", value=value),
            place,
            role,
            message("If it is a credit note or a return, import it with the purchases."),
        )
        return None
    if role == "quantity" and value == 0:
        parts.doubt("zero-quantity", message("The quantity is zero."), place, role)
    if role == "quantity" and value >= _HUGE:
        parts.doubt("huge-quantity", message("The quantity {value} is very large.", value=value), place, role)
    return value


def read_prices(parts: Parts) -> None:
    """Fill ``unit_price``, ``unit_price_max``, ``amount``, ``currency`` and ``vat_included``."""
    net, gross = _prices(parts, "unit_price"), _prices(parts, "unit_price_vat")
    bulk = _prices(parts, "bulk_price") if net is None and gross is None else None
    shown = net or gross or bulk
    if shown is not None:
        merged = [p if p.low is not None or gross is None else gross[i] for i, p in enumerate(shown)]
        _fill_unit_prices(parts, merged, net, gross)
    amounts = _amounts(parts)
    if amounts is not None:
        parts.values["amount"] = _without_empty_products(parts, [p.low for p in amounts])
    _fill_currencies(parts, [p for p in (net, gross, bulk, amounts) if p is not None])


def _amounts(parts: Parts) -> list[Price] | None:
    """Return the amounts without VAT; those with it where a line gives no other figure, and say so."""
    net, gross = _prices(parts, "amount"), _prices(parts, "amount_vat")
    if net is None or gross is None:
        return net or gross
    prices = parts.values.get("unit_price") or [None] * len(net)
    taxed = [
        n.low is None and g.low is not None and p is None for n, g, p in zip(net, gross, prices, strict=True)
    ]
    if any(taxed):
        flags = parts.values.get("vat_included") or [None] * len(net)
        parts.values["vat_included"] = [True if t else f for t, f in zip(taxed, flags, strict=True)]
    return [g if t else n for n, g, t in zip(net, gross, taxed, strict=True)]


def _without_empty_products(parts: Parts, amounts: list[float | None]) -> list[object]:
    # A formula multiplies an empty price to zero: such an amount is unknown, not nothing.
    prices = parts.values.get("unit_price")
    if prices is None:
        return list(amounts)
    return [None if a == 0 and p is None else a for a, p in zip(amounts, prices, strict=True)]


def _prices(parts: Parts, role: str) -> list[Price] | None:
    decimal = parts.convention(role)
    read = parts.read(role, lambda cell: read_price(cell, decimal))
    if read is None:
        return None
    cells = parts.cells(role) or []
    for place, price in enumerate(read):
        if price.low is None:
            if _not_finite(cells[place]):
                what = message("“{text}” is no finite number.", text=str(cells[place]))
                parts.reject("not-finite", what, place, role)
        elif price.low < 0 or not math.isfinite(price.low):
            _checked(parts, place, role, price.low)
        elif price.pack > 1:
            what = message(
                "The price “{text}” buys {n} pieces: it is divided.", text=cells[place], n=price.pack
            )
            parts.doubt("pack-price", what, place, role)
    return read


def _fill_unit_prices(
    parts: Parts, prices: list[Price], net: list[Price] | None, gross: list[Price] | None
) -> None:
    factors = _unit_factors(parts)
    packs = parts.read("price_pack", lambda cell: read_quantity(cell).value)
    lows: list[object] = []
    highs: list[object] = []
    for place, price in enumerate(prices):
        scale = price.pack * (factors[place] if factors else 1.0) * ((packs[place] if packs else None) or 1.0)
        lows.append(_divide(price.low, scale))
        highs.append(_divide(price.high, scale))
    parts.values["unit_price"] = lows
    _tell_packs(parts)
    if any(h is not None for h in highs):
        parts.values["unit_price_max"] = highs
    role = "unit_price" if net is not None else "unit_price_vat"
    choice = parts.layout.roles.get(role)
    label = choice.column.label.lower() if choice else ""
    stated = (
        True
        if net is None and gross is not None
        else (False if _says_net(label) or gross is not None else None)
    )
    flags: list[object] = [p.vat_included if p.vat_included is not None else stated for p in prices]
    if net is not None and gross is not None:
        flags = [net[i].low is None and gross[i].low is not None for i in range(len(prices))]
    if any(f is not None for f in flags):
        parts.values["vat_included"] = flags


def _tell_packs(parts: Parts) -> None:
    choice = parts.layout.roles.get("price_pack")
    if choice:
        what = message(
            "The prices buy as many pieces as “{column}” says: they are divided.", column=choice.column.source
        )
        parts.book.add("pack-prices", what, At(parts.sheet, column=choice.column.place))


def _says_net(label: str) -> bool:
    words = label.replace(".", "").replace("(", " ").replace(")", " ").split()
    return any(w in {"ht", "hors", "netto", "net", "excl"} for w in words)


def _divide(value: float | None, scale: float) -> float | None:
    return value if value is None or scale == 1 else float(f"{value / scale:.12g}")


def _unit_factors(parts: Parts) -> list[float] | None:
    # A price for a millimetre, in a list counted in millimetres, is a price for a thousandth of a metre.
    units = _column_units(parts)
    return None if units is None else [u[1] if u else 1.0 for u in units]


def _fill_currencies(parts: Parts, priced: list[list[Price]]) -> None:
    """Fill the currency: of the cell, its format, the currency column, the header, in that order."""
    if not priced:
        return
    column = parts.read("currency", lambda c: find_currency(c) if isinstance(c, str) else None)
    header = _header_currency(parts)
    # "$" in a format is any dollar: a header that says which one is believed.
    formats = {r: header if header in DOLLARS and f == "USD" else f for r, f in _formats(parts).items()}
    seen = [
        any(low is not None for low in lows)
        for lows in zip(*([p.low for p in c] for c in priced), strict=True)
    ]
    own = _own_currencies(priced)
    found: list[object] = []
    for place, row in enumerate(parts.rows):
        said = (
            (own[place] if own else None) or formats.get(row) or (column[place] if column else None) or header
        )
        found.append(said if seen[place] else None)
    single = {c for c in found if c}
    if len(single) == 1:  # one currency in the whole table holds for its bare numbers too
        (only,) = single
        found = [only if s else None for s in seen]
    if single:
        parts.values["currency"] = found
    if len(single) > 1:
        what = message(
            "Prices stand in several currencies: {currencies}.",
            currencies=", ".join(sorted(map(str, single))),
        )
        parts.book.add("mixed-currencies", what, At(parts.sheet))


def _own_currencies(priced: list[list[Price]]) -> list[str | None] | None:
    """Return the currency written in each line's cells; None where no cell of the table shows one."""
    shown = [[p.currency for p in column] for column in priced]
    if not any(set(column) - {None} for column in shown):
        return None
    return [next((c for c in codes if c), None) for codes in zip(*shown, strict=True)]


def _header_currency(parts: Parts) -> str | None:
    choices = (parts.layout.roles.get(role) for role in _PRICED)
    return next((c.column.words.currency for c in choices if c and c.column.words.currency), None)


def _formats(parts: Parts) -> dict[int, str]:
    places = set(parts.layout.places(_PRICED))
    held = {(r, f) for (r, c), f in parts.grid.sheet.formats.items() if c in places}
    known = {f: currency_of_format(f) for f in {f for _, f in held}}
    return {row: code for row, f in held if (code := known[f])}
