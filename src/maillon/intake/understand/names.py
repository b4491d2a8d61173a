"""References, names, suppliers, makers and places of the parts, as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from maillon.intake.grid import Cell
from maillon.intake.understand.addresses import address_in, leads_elsewhere
from maillon.intake.understand.cells import as_text
from maillon.intake.understand.dates import read_date
from maillon.intake.understand.durations import read_days
from maillon.intake.understand.numbers import Decimal, number_of
from maillon.intake.understand.part_values import Parts
from maillon.intake.understand.prices import is_placeholder
from maillon.intake.understand.quantities import read_quantity
from maillon.intake.understand.units import canonical_unit

_AS_WRITTEN = ("reference", "designation", "position", "gtin", "document", "account")
_NAMED = (
    "manufacturer", "material", "process", "supplier_reference", "manufacturer_reference",
    "variant", "supplier_id",
)  # fmt: skip


def read_names(parts: Parts) -> None:
    """Fill the text roles: codes and names as written, placeholders as nothing."""
    for role in _AS_WRITTEN:
        written = parts.texts(role)
        if written is not None:
            parts.values[role] = [
                None if role == "reference" and t and leads_elsewhere(t) else t for t in written
            ]
    for role in _NAMED:
        _fill(parts, role, _code if role == "supplier_reference" else _named)
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


def _code(cell: Cell) -> str | None:
    text = _named(cell)
    return None if text is None or leads_elsewhere(text) else text


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
            found.append([as_text(cell) for cell in parts.column(column.place)])
    links = parts.read("link", lambda c: None if c is None or address_in(c) else as_text(c))
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
