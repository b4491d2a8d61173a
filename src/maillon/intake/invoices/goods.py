"""What the item of a line is: its words, customs code, origin and mass, from its terms and its attributes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from maillon.intake.invoices.record import Attribute, Line
from maillon.intake.invoices.units import unit_codes

#: UNTDID 7143 codes of a customs tariff number: the Harmonised System, and the wider tariff number.
HARMONISED = frozenset(("HS", "TSP"))

_ORIGIN = re.compile(r"\b(origine?|made in|fabrique en|herkunft|ursprung\w*)\b")
_TARIFF = re.compile(r"\b(code )?(sh|hs|nc8?|cn8?|taric|nomenclature douaniere|tariff|commodity code)\b")
_MASS = re.compile(r"\b(poids|masse|weight|gewicht|peso)\b")
_GROSS = re.compile(r"\b(brut|brutto|gross|lordo|bruto)\b")
_MEASURE = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*(kg|g|t|mg|lb)?", re.IGNORECASE)
_WRITTEN = {"kg": 1.0, "g": 0.001, "mg": 1e-6, "t": 1000.0, "lb": 0.45359237}


@dataclass(frozen=True, slots=True)
class Goods:
    """The item of one line; ``mass`` in kg per unit, ``origin`` as written."""

    designation: str | None
    cn: str | None
    origin: str | None
    mass: float | None


def describe_goods(line: Line) -> Goods:
    """Return what is bought. Terms of the standard come before free attributes (BG-32)."""
    named = [(_plain(attribute.name), attribute) for attribute in line.attributes]
    return Goods(
        designation=_designation(line),
        cn=_tariff_code(line, named),
        origin=line.origin or _first(named, _ORIGIN),
        mass=_mass(named),
    )


def _designation(line: Line) -> str | None:
    """Return name, followed by the description where it says more."""
    name, more = line.name, line.description
    if name is None or more is None:
        return name or more
    return name if _plain(more) in _plain(name) else f"{name}, {more}"


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _first(named: list[tuple[str, Attribute]], words: re.Pattern[str]) -> str | None:
    return next(
        (attribute.value for name, attribute in named if words.search(name) and attribute.value), None
    )


def _tariff_code(line: Line, named: list[tuple[str, Attribute]]) -> str | None:
    coded = [item.value for item in line.classes if item.scheme.upper() in HARMONISED]
    written = coded[0] if coded else _first(named, _TARIFF)
    digits = re.sub(r"[\s.]", "", written or "")
    return digits if digits.isdigit() and len(digits) in (4, 6, 8, 10) else None


def _mass(named: list[tuple[str, Attribute]]) -> float | None:
    for name, attribute in named:
        if _MASS.search(name) and not _GROSS.search(name):
            return _kilograms(attribute)
    return None


def _kilograms(attribute: Attribute) -> float | None:
    found = _MEASURE.fullmatch(attribute.value.strip())
    if found is None:
        return None
    number = float(found[1].replace(",", "."))
    unit, factor = unit_codes().get((attribute.unit or "").upper(), (None, 0.0))
    if unit == "kg":
        return number * factor
    written = (found[2] or "").lower()
    # A number without a unit could be grams as well as kilograms: unknown.
    return number * _WRITTEN[written] if written else None
