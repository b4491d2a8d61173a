"""Quantities, prices and amounts of the parts, typed, with their units and currencies."""

from __future__ import annotations

import math

from maillon.core.message import message
from maillon.intake.grid import Cell
from maillon.intake.understand.currencies import DOLLARS, currency_of_format, find_currency
from maillon.intake.understand.designators import count_designators
from maillon.intake.understand.doubtbook import At
from maillon.intake.understand.numbers import written_number
from maillon.intake.understand.part_values import Parts
from maillon.intake.understand.price_column import PriceColumn, read_price_column
from maillon.intake.understand.price_units import read_price_unit
from maillon.intake.understand.quantities import Quantity, read_quantity
from maillon.intake.understand.seller_columns import is_ledger
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
    written = column_units or [None] * len(read)
    pairs = list(zip(read, written, strict=True))
    known = {(q, w): _in_unit(q, header if q.unit is None else None, w) for q, w in set(pairs)}
    found = [known[pair] for pair in pairs]
    values = [value for value, _ in found]
    quiet = {pair for pair, (value, _) in known.items() if _is_plain(pair[0], value)}
    cells = parts.cells("quantity") or []
    for place in [place for place, pair in enumerate(pairs) if pair not in quiet]:
        values[place] = _checked(parts, place, "quantity", values[place])
        _tell(parts, place, read[place], cells[place])
    parts.values["quantity"] = list(values)
    if any(unit is not None for _, unit in known.values()):
        parts.values["unit"] = [unit for _, unit in found]


def _is_plain(quantity: Quantity, value: float | None) -> bool:
    """Whether a quantity is a plain count or measure that raises no doubt."""
    clear = quantity.understood and quantity.low is None and quantity.pack is None
    return clear and (value is None or 0 < value < _HUGE)


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
        taxed = _taxed_alone(net, gross)
        merged = shown if taxed is None or gross is None else shown.replaced(gross, taxed)
        _fill_unit_prices(parts, merged)
        _fill_vat(parts, merged, taxed, only_gross=net is None and gross is not None)
    amounts = _amounts(parts)
    if amounts is not None:
        parts.values["amount"] = _without_empty_products(parts, amounts.lows)
    _fill_currencies(parts, [p for p in (net, gross, bulk, amounts) if p is not None])


def _taxed_alone(net: PriceColumn | None, gross: PriceColumn | None) -> list[bool] | None:
    """Mark the lines that give a price with VAT and none without; None unless both columns exist."""
    if net is None or gross is None:
        return None
    return [n is None and g is not None for n, g in zip(net.lows, gross.lows, strict=True)]


def _amounts(parts: Parts) -> PriceColumn | None:
    """Return the amounts without VAT; those with it where a line gives no other figure, and say so."""
    net, gross = _prices(parts, "amount"), _prices(parts, "amount_vat")
    alone = _taxed_alone(net, gross)
    if net is None or gross is None or alone is None:
        return net or gross
    prices = parts.values.get("unit_price") or [None] * len(net)
    taxed = [a and p is None for a, p in zip(alone, prices, strict=True)]
    if any(taxed):
        flags = parts.values.get("vat_included") or [None] * len(net)
        parts.values["vat_included"] = [True if t else f for t, f in zip(taxed, flags, strict=True)]
    return net.replaced(gross, taxed)


def _without_empty_products(parts: Parts, amounts: list[float | None]) -> list[object]:
    # A formula multiplies an empty price to zero: such an amount is unknown, not nothing.
    prices = parts.values.get("unit_price")
    if prices is None:
        return list(amounts)
    return [None if a == 0 and p is None else a for a, p in zip(amounts, prices, strict=True)]


def _prices(parts: Parts, role: str) -> PriceColumn | None:
    cells = parts.cells(role)
    if cells is None:
        return None
    read = read_price_column(cells, parts.convention(role))
    for place in _doubtful(cells, read):
        low, pack = read.lows[place], read.packs[place]
        if low is None:
            if _not_finite(cells[place]):
                what = message("“{text}” is no finite number.", text=str(cells[place]))
                parts.reject("not-finite", what, place, role)
        elif low < 0 or not math.isfinite(low):
            _checked(parts, place, role, low)
        else:
            what = message("The price “{text}” buys {n} pieces: it is divided.", text=cells[place], n=pack)
            parts.doubt("pack-price", what, place, role)
    return read


def _doubtful(cells: list[Cell], read: PriceColumn) -> list[int]:
    """Return the places of what is no plain price: unreadable, negative, endless, or for several pieces."""
    return [
        place
        for place, (cell, low, pack) in enumerate(zip(cells, read.lows, read.packs, strict=True))
        if (cell is not None if low is None else not 0 <= low < math.inf or pack > 1)
    ]


def _fill_unit_prices(parts: Parts, prices: PriceColumn) -> None:
    factors = _unit_factors(parts) or [1.0] * len(prices)
    scales = [p * f for p, f in zip(prices.packs, _price_units(parts, factors), strict=True)]
    parts.values["unit_price"] = _divided(prices.lows, scales)
    _tell_packs(parts)
    if any(high is not None for high in prices.highs):
        parts.values["unit_price_max"] = _divided(prices.highs, scales)


def _price_units(parts: Parts, factors: list[float]) -> list[float]:
    """Return how many canonical units each price buys: what a column says, else the unit of the quantity."""
    cells = parts.cells("price_pack")
    if cells is None:
        return factors
    units = parts.values.get("unit") or [None] * len(cells)
    return [read_price_unit(*row) or row[2] for row in zip(cells, units, factors, strict=True)]


def _fill_vat(parts: Parts, prices: PriceColumn, taxed: list[bool] | None, *, only_gross: bool) -> None:
    """Fill ``vat_included``: by the column that gives the price, the cell's own words, or the header's."""
    choice = parts.layout.roles.get("unit_price_vat" if only_gross else "unit_price")
    net = choice is not None and _says_net(choice.column.label.lower())
    stated = True if only_gross else (False if net else None)
    flags: list[bool | None] = [f if f is not None else stated for f in prices.vat_included]
    if taxed is not None:
        flags = list(taxed)
    if any(flag is not None for flag in flags):
        parts.values["vat_included"] = list(flags)


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


def _divided(figures: list[float | None], scales: list[float]) -> list[object]:
    if set(scales) <= {1.0}:
        return list(figures)
    pairs = zip(figures, scales, strict=True)
    return [v if v is None or scale == 1 else float(f"{v / scale:.12g}") for v, scale in pairs]


def _unit_factors(parts: Parts) -> list[float] | None:
    # A price for a millimetre, in a list counted in millimetres, is a price for a thousandth of a metre.
    units = _column_units(parts)
    return None if units is None else [u[1] if u else 1.0 for u in units]


def _fill_currencies(parts: Parts, priced: list[PriceColumn]) -> None:
    """Fill the currency: of the cell, its format, the currency column, the header, in that order."""
    if not priced:
        return
    column = parts.read("currency", lambda c: find_currency(c) if isinstance(c, str) else None)
    header = _header_currency(parts)
    # "$" in a format is any dollar: a header that says which one is believed.
    formats = {r: header if header in DOLLARS and f == "USD" else f for r, f in _formats(parts).items()}
    seen = [low is not None for low in priced[0].lows]
    for further in priced[1:]:
        seen = [s or low is not None for s, low in zip(seen, further.lows, strict=True)]
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


def _own_currencies(priced: list[PriceColumn]) -> list[str | None] | None:
    """Return the currency written in each line's cells; None where no cell of the table shows one."""
    shown = [column.currencies for column in priced]
    if not any(set(column) - {None} for column in shown):
        return None
    return [next((c for c in codes if c), None) for codes in zip(*shown, strict=True)]


def _header_currency(parts: Parts) -> str | None:
    choices = (parts.layout.roles.get(role) for role in _PRICED)
    return next((c.column.words.currency for c in choices if c and c.column.words.currency), None)


def _formats(parts: Parts) -> dict[int, str]:
    formats = parts.grid.sheet.formats
    known = {f: currency_of_format(f) for f in set(formats.values())}
    found: dict[int, str] = {}
    for place in reversed(parts.layout.places(_PRICED)):  # the first of the priced columns has the last word
        found |= {row: code for (row, c), f in formats.items() if c == place and (code := known[f])}
    return found
