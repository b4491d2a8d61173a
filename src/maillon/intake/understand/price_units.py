"""How many a price buys, as purchasing software writes it: ``100``, ``C``, ``%``, ``MIL``, or a unit."""

from __future__ import annotations

from maillon.intake.grid import Cell
from maillon.intake.understand.cells import as_text, fold
from maillon.intake.understand.numbers import number_of
from maillon.intake.understand.units import canonical_unit

_HUNDRED = frozenset(("c", "ct", "cent", "%", "le cent", "100 u", "100 p"))
_THOUSAND = frozenset(("m", "mi", "mil", "mill", "mille", "le mille", "\u2030", "1000 u", "1000 p"))


def read_price_unit(cell: Cell, unit: object = None, factor: float = 1.0) -> float | None:
    """Return how many canonical units the price buys; None where the cell does not say.

    ``unit`` is the canonical unit of the quantity and ``factor`` how many of it make the unit written there:
    a number counts units as written, a unit stands for itself. "M" is a metre beside a quantity in metres, a
    thousand beside pieces.

    >>> read_price_unit("C", "piece"), read_price_unit("M", "piece"), read_price_unit("M", "m")
    (100.0, 1000.0, 1.0)
    >>> read_price_unit(100), read_price_unit("kg", "kg", 0.001), read_price_unit("?")
    (100.0, 1.0, None)
    """
    number = number_of(cell)
    if number is not None:
        return number * factor if number > 0 else None
    word = fold(as_text(cell) or "").strip(" ./()")
    if word in _HUNDRED:
        return 100.0 * factor
    if word in _THOUSAND and not (word == "m" and unit == "m"):
        return 1000.0 * factor
    known = canonical_unit(word)
    return float(known[1]) if known else None
