"""References, names, suppliers, makers and places of the parts, as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial

from maillon.intake.grid import Cell
from maillon.intake.understand.cells import as_text
from maillon.intake.understand.dates import read_date
from maillon.intake.understand.durations import read_days
from maillon.intake.understand.numbers import Decimal, number_of
from maillon.intake.understand.part_values import Parts
from maillon.intake.understand.prices import is_placeholder
from maillon.intake.understand.quantities import read_quantity
from maillon.intake.understand.suppliers import (
    distributor_in,
    distributor_of_code,
    find_distributor,
    split_order_code,
    supplier_name,
    supplier_of_link,
)
from maillon.intake.understand.units import canonical_unit

_AS_WRITTEN = ("reference", "designation", "position", "gtin", "document", "account")
_NAMED = (
    "manufacturer", "material", "process", "supplier_reference", "manufacturer_reference", "making_site",
    "supplier_site", "variant", "supplier_id",
)  # fmt: skip
_MADE_IN = re.compile(r"^(?:made in|fabriqu[ée]+ en|produit en|hergestellt in|origine ?:|origin ?:)\s*", re.I)


def read_names(parts: Parts) -> None:
    """Fill the text roles: codes and names as written, placeholders as nothing."""
    for role in _AS_WRITTEN:
        written = parts.texts(role)
        if written is not None:
            parts.values[role] = [None if role == "reference" and t and _address(t) else t for t in written]
    for role in _NAMED:
        _fill(parts, role, _named)
    _fill_missing_names(parts)
    designators = parts.texts("designators")
    numbers = parts.texts("item_number")
    if designators or numbers:
        parts.values["position"] = list(designators or numbers or [])
    cn = parts.read("cn", lambda c: re.sub(r"\D", "", as_text(c) or "") or None)
    if cn:
        parts.values["cn"] = list(cn)
    dates = parts.read("date", read_date)
    if dates:
        parts.values["date"] = list(dates)
    _fill_notes(parts)
    _fill_measures(parts)
    _fill_countries(parts)


def _fill_missing_names(parts: Parts) -> None:
    """Name a part by its value, description or wordy reference where its name is blank."""
    names = parts.values.get("designation")
    if names is None or None not in names:
        return
    for role in ("value", "description", "reference"):
        others = parts.texts(role) or []
        for place, other in enumerate(others):
            if names[place] is None and other and (role != "reference" or " " in other):
                names[place] = other


def _fill(parts: Parts, role: str, reader: Callable[[Cell], str | None]) -> None:
    read = parts.read(role, reader)
    if read is not None:
        parts.values[role] = list(read)


def _named(cell: Cell) -> str | None:
    text = as_text(cell)
    return None if text is None or is_placeholder(text) else text


def _fill_notes(parts: Parts) -> None:
    # A description or value beside the name is kept with the remarks: nothing that the file says is lost.
    sources = [r for role in ("description", "value", "note") if (r := parts.texts(role)) is not None]
    sources += _further_notes(parts)
    second = parts.texts("supplier_2")
    if second is not None:
        sources.append([f"Alternative: {t}" if t else None for t in second])
    if sources:
        joined = [
            " · ".join(dict.fromkeys(t for t in texts if t)) or None for texts in zip(*sources, strict=True)
        ]
        parts.values["note"] = list(joined)


def _further_notes(parts: Parts) -> list[list[str | None]]:
    """Remarks in a second column of remarks, or written where a link is expected."""
    used = {choice.column.place for choice in parts.layout.roles.values()}
    found: list[list[str | None]] = []
    for column in parts.layout.columns:
        roles = column.words.roles
        if column.place not in used and max(roles.get("note", 0.0), roles.get("description", 0.0)) >= 0.9:
            cells = parts.grid.columns[column.place]
            found.append([as_text(cells[row]) for row in parts.rows])
    links = parts.read("link", lambda c: None if c is None or _address(c) else as_text(c))
    return [*found, links] if links else found


def _fill_measures(parts: Parts) -> None:
    choice = parts.layout.roles.get("mass")
    if choice:
        unit = canonical_unit(choice.column.words.unit or "kg")
        factor = unit[1] if unit and unit[0] == "kg" else 1.0
        decimal = parts.convention("mass")

        def in_kg(cell: Cell) -> float | None:
            found = read_quantity(cell, decimal)
            if found.value is None or found.unit not in (None, "kg"):
                return None
            return float(f"{found.value * (factor if found.unit is None else 1.0):.12g}")

        parts.values["mass"] = list(parts.read("mass", in_kg) or [])
    delay = parts.layout.roles.get("lead_time")
    if delay:
        unit_word = _time_unit(delay.column.label)
        parts.values["lead_time"] = list(parts.read("lead_time", lambda c: read_days(c, unit_word)) or [])
    for role in ("own_value", "annual_quantity"):
        read = parts.read(role, partial(_figure, decimal=parts.convention(role)))
        if read is not None:
            parts.values[role] = list(read)
    fractions = parts.read("local_fraction", _fraction)
    if fractions is not None:
        parts.values["local_fraction"] = list(fractions)


def _figure(cell: Cell, decimal: Decimal) -> float | None:
    return read_quantity(cell, decimal).value


def _time_unit(label: str) -> str:
    found = re.search(r"(?i)\b(sem|semaines?|weeks?|wk|wochen?|mois|months?|jours?|days?|tage?)\b", label)
    return found[1].lower() if found else "j"


def _fraction(cell: Cell) -> float | None:
    """Return a share from "40 %", 40 or 0.4."""
    if isinstance(cell, str):
        number = number_of(cell.replace("%", "").strip())
        percent = "%" in cell
    else:
        number, percent = number_of(cell), False
    if number is None or number < 0 or number > 100:
        return None
    return number / 100 if percent or number > 1 else number


def _fill_countries(parts: Parts) -> None:
    for site, country in (("making_site", "making_country"), ("supplier_site", "supplier_country")):
        read = parts.read(site, lambda c: country_of(as_text(c) or ""))
        if read is not None and any(read):
            parts.values[country] = list(read)


@lru_cache(maxsize=16384)
def country_of(text: str) -> str | None:
    """Return the ISO code of the country that a text names, with or without "made in" before it."""
    from maillon.reference.places import resolve_country  # noqa: PLC0415 - the tables load only if needed

    bare = _MADE_IN.sub("", text.strip())
    return resolve_country(bare) if bare and not is_placeholder(bare) else None


def read_suppliers(parts: Parts) -> None:
    """Fill ``supplier``, ``supplier_reference`` and ``distributor``: by name, code, then link."""
    size = len(parts.rows)
    names: list[str | None] = [None] * size
    if "order_code" in parts.layout.roles:
        names = _from_order_codes(parts)
    elif (cells := parts.texts("supplier")) is not None:
        names = [_seller(t) for t in cells]
        if parts.layout.place("supplier") == parts.layout.place("supplier_reference"):
            parts.values["supplier_reference"] = list(cells)
    codes = parts.values.get("supplier_reference")
    if codes:
        firm = _firm_of_header(parts)
        names = [n or (firm if c else None) or _by_code(c) for n, c in zip(names, codes, strict=True)]
    links = _links(parts)
    names = [n or (supplier_of_link(link) if link else None) for n, link in zip(names, links, strict=True)]
    if any(names):
        parts.values["supplier"] = list(names)
        parts.values["distributor"] = [True if n and _resells(n) else None for n in names]


@lru_cache(maxsize=65536)
def _resells(name: str) -> bool:
    return find_distributor(name) is not None


@lru_cache(maxsize=65536)
def _seller(text: str | None) -> str | None:
    if text is None:
        return None
    firm = distributor_of_code(text)
    return firm.name if firm else supplier_name(text)


def _by_code(code: object) -> str | None:
    firm = distributor_of_code(code) if isinstance(code, str) else None
    return firm.name if firm else None


def _firm_of_header(parts: Parts) -> str | None:
    choice = parts.layout.roles.get("supplier_reference")
    firm = distributor_in(choice.column.label) if choice else None
    return firm.name if firm else None


def _from_order_codes(parts: Parts) -> list[str | None]:
    texts = parts.texts("order_code") or []
    split = [split_order_code(t) if t else None for t in texts]
    own = parts.values.get("supplier_reference")
    if own is None or parts.layout.place("order_code") == parts.layout.place("supplier_reference"):
        parts.values["supplier_reference"] = [s[1] if s else t for s, t in zip(split, texts, strict=True)]
    if parts.layout.place("order_code") != parts.layout.place("supplier"):
        named = [_seller(t) for t in parts.texts("supplier") or [None] * len(texts)]
        return [n or (s[0] if s else None) for n, s in zip(named, split, strict=True)]
    return [s[0] if s else None for s in split]


def _links(parts: Parts) -> list[str | None]:
    """Return the address of each part: of its link column, its hyperlinks, or a remark that is one."""
    found: list[str | None] = [None] * len(parts.rows)
    for role in ("link", "supplier", "note", "description", "reference"):
        cells = parts.cells(role)
        if cells:
            found = [f or (_address(c)) for f, c in zip(found, cells, strict=True)]
    targets = parts.grid.sheet.links
    if targets:
        by_row: dict[int, str] = {}
        places = _linking_places(parts)
        for (row, column), target in sorted(targets.items()):
            if column in places and target.startswith(("http://", "https://")):
                by_row.setdefault(row, target)
        found = [f or by_row.get(row) for f, row in zip(found, parts.rows, strict=True)]
    return found


def _linking_places(parts: Parts) -> set[int]:
    # The columns whose hyperlinks lead to a shop: a picture's leads to the picture.
    references = ("reference", "supplier_reference", "manufacturer_reference")
    named = ("link", "supplier", "designation", "note", *references)
    plain = {c.place for c in parts.layout.columns if not c.label}
    return {*parts.layout.places(named), *plain}


_ADDRESS = re.compile(r"(?i)(?:https?://|www\.)\S+")
_BARE_ADDRESS = re.compile(r"(?i)(?:[\w-]+\.)+[a-z]{2,}/")


def _address(cell: Cell) -> str | None:
    if not isinstance(cell, str) or ("/" not in cell and "www." not in cell.lower()):
        return None
    found = _ADDRESS.search(cell)
    return found.group() if found else (cell if _BARE_ADDRESS.match(cell) else None)
