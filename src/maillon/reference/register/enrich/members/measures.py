"""Figures with their units as people write them in cells: sizes, masses, tolerances, lots, hours."""

from __future__ import annotations

import re

MM = {
    "µm": 0.001,
    "um": 0.001,
    "micron": 0.001,
    "mm": 1.0,
    "cm": 10.0,
    "dm": 100.0,
    "m": 1000.0,
    "in": 25.4,
    '"': 25.4,
}
KG = {"g": 0.001, "kg": 1.0, "t": 1000.0, "tonne": 1000.0, "lb": 0.45359237}
#: Months in a period, for hours a period; a month has 52/12 weeks.
HOURS = {"month": 1.0, "week": 52 / 12, "year": 1 / 12}
DAY = 7.0
LARGEST_IN_METRES = 50.0  # "400 x 1,2 m" gives its metre to the second figure only
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f']\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_LENGTH_UNIT = r"µm|μm|um|microns?|mm|cm|dm|m(?![a-z²³])|in(?:ch(?:es)?)?\b|pouces?|\""
_MASS_UNIT = r"kg|kilos?|tonnes?|tons?|t\b|g\b|lbs?\b"
_MEASURE = re.compile(rf"({_NUMBER})\s*({_LENGTH_UNIT}|{_MASS_UNIT})?", re.IGNORECASE)
_FRACTION = re.compile(r"\b1\s*/\s*(10{1,3})\b")
_GRADE = re.compile(r"\b(?:it\s*\d{1,2}|iso\s*2768\S*|[a-z]\d{1,2}\b(?!\s*mm)|classe?\s+\w+)", re.IGNORECASE)
_WORDS = {
    "centième": 0.01,
    "centieme": 0.01,
    "dixième": 0.1,
    "dixieme": 0.1,
    "millième": 0.001,
    "micron": 0.001,
}
_LOT = re.compile(rf"({_NUMBER})\s*(k\b|m\b|millions?|milliers?)?", re.IGNORECASE)
_SINGLE = re.compile(r"unitaire|unité\b|prototype|one[- ]off|single|à l'unité", re.IGNORECASE)
_PERIOD = (
    ("week", re.compile(r"sem(?:aine)?s?\b|/\s*s\b|week|hebdo", re.IGNORECASE)),
    ("year", re.compile(r"\ban(?:s|née)?\b|/\s*an\b|year|annu", re.IGNORECASE)),
    ("month", re.compile(r"mois|month|mensu", re.IGNORECASE)),
)
_DAYS = re.compile(r"\d\s*(?:j\b|jours?|days?)", re.IGNORECASE)


def _value(written: str) -> float:
    """Return a written number; a point or comma before three digits is read as a decimal one here."""
    return float(re.sub(r"[ \u00a0\u202f']", "", written).replace(",", "."))


def _unit(written: str | None) -> str | None:
    if not written:
        return None
    unit = written.lower().replace("μ", "µ")
    plain = {
        "micron": "µm",
        "microns": "µm",
        "um": "µm",
        "pouce": '"',
        "pouces": '"',
        "inch": "in",
        "inches": "in",
    }
    plain |= {"kilo": "kg", "kilos": "kg", "tonnes": "t", "tonne": "t", "tons": "t", "ton": "t", "lbs": "lb"}
    return plain.get(unit, unit)


def _thousands(written: str, unit: str) -> float:
    """Return a size; ``1.500 mm`` is fifteen hundred, for no workshop has 1.5 mm as its largest part."""
    if unit == "mm" and re.fullmatch(r"\d{1,3}[.,]\d{3}", written):
        return float(re.sub(r"[.,]", "", written))
    return _value(written)


def read_size(cell: str, unit: str = "mm") -> tuple[float | None, float | None]:
    """Return the largest length (mm) and the mass (kg) that a cell tells; ``unit`` where it names none.

    >>> read_size("Ø 400 x 1,2 m"), read_size("2 t"), read_size("800 x 600 x 1 500"), read_size("à voir")
    ((1200.0, None), (None, 2000.0), (1500.0, None), (None, None))
    """
    found = [(written, _unit(named)) for written, named in _MEASURE.findall(cell)]
    lengths, masses = [], []
    shared = {named for _, named in found if named}
    alone = shared.pop() if len(shared) == 1 and all(named is None for _, named in found[:-1]) else unit
    for written, named in found:
        kind = named or (unit if alone == "m" and _value(written) > LARGEST_IN_METRES else alone)
        if kind in KG:
            masses.append(_value(written) * KG[kind])
        else:
            lengths.append(_thousands(written, kind) * MM.get(kind, 1.0))
    return max(lengths, default=None), max(masses, default=None)


def read_tolerance(cell: str, unit: str = "mm") -> float | None:
    """Return the finest tolerance of a cell in mm; null for a grade (IT7, h6), which needs a dimension.

    >>> read_tolerance("±0,02"), read_tolerance("20 µm"), read_tolerance("1/100"), read_tolerance("IT7")
    (0.02, 0.02, 0.01, None)
    """
    fractions = [1 / float(parts) for parts in _FRACTION.findall(cell)]
    rest = _GRADE.sub(" ", _FRACTION.sub(" ", cell))
    figures = [
        _value(written) * MM.get(_unit(named) or unit, 1.0)
        for written, named in _MEASURE.findall(rest)
        if (_unit(named) or unit) in MM
    ]
    words = [value for word, value in _WORDS.items() if word in cell.lower() and not figures]
    return min((value for value in (*fractions, *figures, *words) if value > 0), default=None)


def read_lots(cell: str) -> tuple[float, ...]:
    """Return the numbers of pieces that a cell tells, in its order.

    >>> read_lots("10 / 100 / 1 000"), read_lots("de 50 à 10k pièces"), read_lots("unitaire")
    ((10.0, 100.0, 1000.0), (50.0, 10000.0), (1.0,))
    """
    figures = []
    for written, scale in _LOT.findall(cell):
        grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", written)
        value = float(re.sub(r"[.,]", "", written)) if grouped else _value(written)
        big = {"k": 1e3, "m": 1e6}.get(scale[:1].lower(), 1.0) if scale else 1.0
        figures.append(value * (1e3 if scale.lower().startswith("millier") else big))
    if not figures and _SINGLE.search(cell):
        return (1.0,)
    return tuple(figures)


def read_hours(cell: str, header: str = "") -> float | None:
    """Return the free hours a month of a cell, by the period that it or its header names.

    A day is 7 hours, a month 52/12 weeks; a share in percent tells no hours.

    >>> read_hours("120 h/mois"), read_hours("30 h / semaine"), read_hours("2 jours par mois")
    (120.0, 130.0, 14.0)
    >>> read_hours("20 %") is None
    True
    """
    figures = re.findall(_NUMBER, cell)
    if not figures or "%" in cell:
        return None
    hours = max(_value(written) for written in figures) * (DAY if _DAYS.search(f"{cell} {header}") else 1.0)
    for text in (cell, header):
        for period, pattern in _PERIOD:
            if pattern.search(text):
                return hours * HOURS[period]
    return hours


def header_unit(header: str, default: str) -> str:
    """Return the unit that a header names, else ``default``.

    >>> header_unit("Longueur max (cm)", "mm"), header_unit("Longueur max", "mm")
    ('cm', 'mm')
    """
    for word in re.findall(r"[a-zµμ\"]+", header.lower())[1:]:
        unit = _unit(word)
        if unit in MM or unit in KG:
            return unit
    return default
