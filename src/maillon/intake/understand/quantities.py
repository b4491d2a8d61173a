"""Quantities as people type them: ``8 x``, ``0,3 m``, ``2 pcs``, ``0-1``, ``1 boîte de 100``."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from maillon.intake.grid import Cell
from maillon.intake.understand.numbers import NUMBER, Decimal, written_number
from maillon.intake.understand.prices import is_placeholder
from maillon.intake.understand.units import canonical_unit

_TIMES_BEFORE = re.compile(r"^[x×*]\s*(?=[\d.,])", re.I)
_TIMES_AFTER = re.compile(r"^[x×*](?=\s|$)", re.I)
_ABOUT = re.compile(r"^(?:[~≈<>≤≥]|ca\.?|env\.?(?:iron)?|approx\.?|about|circa|min\.?|mini)\s*(?=\d)", re.I)
_RANGE = re.compile(rf"^({NUMBER})\s*(?:-|–|—|à|to|bis|/|or|ou|oder)\s*({NUMBER})(.*)$", re.I)
_LEADING = re.compile(rf"^([-−+]?\s*(?:{NUMBER}))\s*(.*)$", re.S)
_PACK = re.compile(
    r"^(?:boîtes?|boites?|box(?:es)?|packs?|lots?|sachets?|bags?|sets?|paquets?|caja|scatol[ae]|schachtel|doos)"
    r"\s*(?:de|of|von|à|d'|da|van|x)\s*(\d+)",
    re.I,
)
_SEVERAL = re.compile(r"[+&]|\bet\b|\band\b|\bund\b", re.I)


class Quantity(NamedTuple):
    """What a quantity cell says, in the unit as written; ``low`` where the cell gives a range."""

    value: float | None
    unit: str | None = None  # canonical
    low: float | None = None
    pack: int | None = None  # pieces in a pack, where packs are counted
    understood: bool = True  # false where text remains that could change the meaning


def read_quantity(cell: Cell, decimal: Decimal = Decimal.COMMA) -> Quantity:
    """Return the quantity that a cell holds, lengths in m and masses in kg; a range gives its upper end.

    >>> read_quantity("0,3 m"), read_quantity("8 x").value, read_quantity("x4").value
    (Quantity(value=0.3, unit='m', low=None, pack=None, understood=True), 8.0, 4.0)
    >>> read_quantity("0-1"), read_quantity("1 boîte de 100").pack
    (Quantity(value=1.0, unit=None, low=0.0, pack=None, understood=True), 100)
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        finite = math.isfinite(cell)
        return Quantity(float(cell) if finite else None, understood=finite)
    if type(cell) is not str:
        return Quantity(None, understood=cell is None)
    return Quantity(None) if is_placeholder(cell) else _written(cell.strip(), decimal)


def _written(text: str, decimal: Decimal) -> Quantity:
    bare = _ABOUT.sub("", _TIMES_BEFORE.sub("", text))
    span = _RANGE.match(bare)
    if span:
        return _range(span, decimal)
    whole = written_number(bare, decimal)
    if whole is not None:
        return Quantity(whole if math.isfinite(whole) else None, understood=math.isfinite(whole))
    leading = _LEADING.match(bare)
    value = written_number(leading[1], decimal) if leading else None
    if leading is None or value is None:
        return Quantity(None, understood=False)
    return _with_unit(value, _TIMES_AFTER.sub("", leading[2].strip()).strip())


def _range(span: re.Match[str], decimal: Decimal) -> Quantity:
    low, high = written_number(span[1], decimal), written_number(span[2], decimal)
    if low is None or high is None or high < low:
        return Quantity(None, understood=False)
    rest = _with_unit(high, span[3].strip())
    factor = rest.value / high if rest.value and high else 1.0
    return Quantity(rest.value, rest.unit, low * factor, rest.pack, rest.understood)


def _with_unit(value: float, rest: str) -> Quantity:
    if not rest:
        return Quantity(value)
    pack = _PACK.match(rest)
    if pack:
        return Quantity(value, "set", pack=int(pack[1]))
    if re.search(r"\d", rest) and _SEVERAL.search(rest):  # "2 rails + 4 carriages" is no single number
        return Quantity(None, understood=False)
    known = (
        canonical_unit(rest)
        or canonical_unit(rest.split(maxsplit=1)[0].rstrip("/.,;:"))
        or canonical_unit(rest.split("(", maxsplit=1)[0])
    )
    if known:
        return Quantity(_scaled(value, known[1]), known[0])
    return Quantity(value, understood=False)


def _scaled(value: float, factor: float) -> float:
    """Multiply without leaving 0.30000000000000004 behind."""
    return value if factor == 1 else float(f"{value * factor:.12g}")
