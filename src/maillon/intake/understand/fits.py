"""How well the values of a column suit a role, from 0 (impossible) to 1."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from maillon.intake.grid import Cell
from maillon.intake.understand.cells import as_text
from maillon.intake.understand.column_profile import ColumnProfile
from maillon.intake.understand.currencies import find_currency
from maillon.intake.understand.durations import read_days
from maillon.intake.understand.price_units import read_price_unit
from maillon.intake.understand.units import canonical_unit

#: Fit of a column without any value: the header alone speaks.
_EMPTY = 0.3


def fit(role: str, profile: ColumnProfile, cells: Sequence[Cell]) -> float:
    """Return how well ``cells``, whose profile is given, suit ``role``.

    >>> from maillon.intake.understand.column_profile import profile_column
    >>> column = ["vis", "carter", "tube rond"]
    >>> fit("quantity", profile_column(column), column)
    0.0
    """
    if not profile.count:
        return _EMPTY
    if role in _BY_PROFILE:
        return round(min(1.0, max(0.0, _BY_PROFILE[role](profile))), 4)
    if role in _BY_CELL:
        held = [c for c in cells if c is not None][:200]
        share = sum(_BY_CELL[role](c) for c in held) / max(len(held), 1)
        return round(share if share >= 0.5 else 0.0, 4)
    return 0.5


def _at_least(share: float, floor: float) -> float:
    return share if share >= floor else 0.0


def _name(p: ColumnProfile) -> float:
    if p.url > 0.5 or p.designator > 0.6 or p.tick > 0.6 or p.text < 0.1 or p.filled < 0.1:
        return 0.0
    return (
        (0.25 + 0.75 * p.text)
        * (0.45 + 0.25 * min(p.words / 2, 1.0) + 0.3 * p.distinct)
        * (0.4 + 0.6 * p.filled)
    )


def _label(p: ColumnProfile) -> float:
    # A word or two that many lines share: a supplier, a material, a section.
    if p.url > 0.5 or p.designator > 0.6:
        return 0.1
    return p.text * (1.0 - 0.4 * min(max(p.words - 4, 0) / 8, 1.0))


def _quantity(p: ColumnProfile) -> float:
    if p.url > 0.3 or p.date > 0.2 or p.designator > 0.3 or p.dotted > 0.3 or p.money > 0.3:
        return 0.0
    return _at_least(p.quantity * (0.6 + 0.4 * max(p.small_whole, p.text * p.quantity)), 0.3)


def _price(p: ColumnProfile) -> float:
    if p.url > 0.3 or p.date > 0.2 or p.designator > 0.3:
        return 0.0
    return _at_least(p.price, 0.4) * (1.0 if p.text < 0.6 or p.money > 0.3 else 0.3)


def _code(p: ColumnProfile) -> float:
    if p.url > 0.5 or p.tick > 0.7:
        return 0.0
    suits = 0.3 + 0.5 * p.code + 0.2 * p.distinct
    if p.counted and p.small_whole + p.dotted > 0.9 and (p.sequence > 0.5 or p.dotted > 0):
        # 1, 2, 3, … or 1, 1.1, 1.2, 2, … number the lines
        suits *= 0.6
    if p.electronic > 0.7:
        suits *= 0.3
    return suits * (0.6 if p.words > 4 else 1.0)


def _item_number(p: ColumnProfile) -> float:
    return max(
        p.sequence, p.dotted, 0.6 * p.whole * p.distinct**2, 0.5 * p.code * (p.length < 6) * p.distinct
    )


_BY_PROFILE: Mapping[str, Callable[[ColumnProfile], float]] = {
    "item_number": _item_number,
    "designators": lambda p: _at_least(p.designator, 0.4),
    "reference": _code,
    "supplier_reference": _code,
    "manufacturer_reference": _code,
    "parent": _code,
    "gtin": _code,
    "designation": _name,
    "description": lambda p: 0.0 if p.url > 0.5 else (0.2 + 0.8 * p.text) * (0.6 + 0.4 * p.distinct),
    "value": lambda p: 0.0 if p.url > 0.5 else 0.6,
    "quantity": _quantity,
    "annual_quantity": _quantity,
    "pack": _quantity,
    "unit_price": _price,
    "unit_price_vat": _price,
    "bulk_price": _price,
    "price": _price,
    "amount": _price,
    "amount_vat": _price,
    "own_value": _price,
    "vat_rate": _price,
    "local_fraction": _price,
    "mass": lambda p: _at_least(p.quantity, 0.4),
    "supplier": _label,
    "supplier_2": _label,
    "manufacturer": _label,
    "material": _label,
    "process": _label,
    "section": lambda p: _label(p) * (1.0 - 0.4 * p.distinct),
    "making_site": _label,
    "supplier_site": lambda p: 0.4 + 0.5 * p.text,
    "supplier_country": _label,
    "supplier_type": _label,
    "evidence": _label,
    "evidence_source": lambda p: 0.3 + 0.7 * p.text,
    "postcode": lambda p: max(p.code, p.whole) if p.url == 0 else 0.0,
    "variant": _label,
    "order_code": lambda p: p.text,
    "link": lambda p: max(p.url, 0.35 * p.text),
    "note": lambda p: 0.2 + 0.6 * p.text if p.url < 0.5 else 0.1,
    "date": lambda p: max(_at_least(p.date, 0.4), 0.5 * (p.text > 0.8 and p.length < 12)),
    "document": _code,
    "other": lambda p: 0.6,
}
_BY_CELL: Mapping[str, Callable[[Cell], bool]] = {
    "unit": lambda c: isinstance(c, str) and canonical_unit(c) is not None,
    "price_pack": lambda c: read_price_unit(c) is not None,
    "currency": lambda c: isinstance(c, str) and len(c) < 12 and find_currency(c) is not None,
    "lead_time": lambda c: read_days(c) is not None,
    "level": lambda c: re.fullmatch(r"[.+*\-_ >]*\d{1,5}(?:\.0)?", as_text(c) or "") is not None,
    "supplier_id": lambda c: re.fullmatch(r"(?:[A-Z]{2})?[\d ]{8,18}", as_text(c) or "") is not None,
    "cn": lambda c: re.fullmatch(r"[\d. ]{4,14}", as_text(c) or "") is not None,
    "account": lambda c: re.fullmatch(r"\d{3,10}", as_text(c) or "") is not None,
}
