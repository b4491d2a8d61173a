"""Figures of a designation: dimensions, tolerances, standards, electrical values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from maillon.method.search.designation.designation import Measure
from maillon.method.search.designation.measure_patterns import DEVIATION, NUMBER, match_figures

LENGTHS = frozenset(
    {"thickness", "length", "width", "height", "diameter", "size", "section", "thread", "trapezoidal-thread"}
)
DIMENSIONS = LENGTHS | {
    "pipe-thread", "inch-thread", "inch-size", "angle", "nominal-bore",
    "nominal-pressure", "module", "teeth", "roughness",
    "hardness", "frame-size", "area",
}  # fmt: skip
_NUMBERS = re.compile(NUMBER)
_IN_MM = {"mm": 1.0, "cm": 10.0, "m": 1000.0, "µm": 0.001, "um": 0.001, "in": 25.4, "inch": 25.4, '"': 25.4}
_WITH_UNIT = re.compile(rf"({NUMBER})\s?(mm|cm|µm|um|inch|in|m|\")?(?![a-wyz])")
_UNITS = {
    "angle": "°", "temperature": "°C", "voltage": "V", "current": "A", "power": "W", "frequency": "Hz",
    "resistance": "ohm", "capacitance": "F", "inductance": "H", "charge": "Ah", "speed": "rpm",
    "torque": "N·m", "pressure": "bar", "mass": "kg", "volume": "l", "percent": "%", "nominal-bore": "mm",
    "nominal-pressure": "bar", "roughness": "µm", "module": "mm", "inch-size": "mm", "pipe-thread": "in",
}  # fmt: skip
_PREFIX = {"p": 1e-12, "n": 1e-9, "u": 1e-6, "µ": 1e-6, "m": 1e-3, "k": 1e3, "g": 1e9, "r": 1.0}
_SCALED = {
    "voltage": "v", "current": "a", "power": "w", "frequency": "hz", "capacitance": "f", "inductance": "h",
    "charge": "ah",
}  # fmt: skip
DOUBTFUL = frozenset({"thread", "fit", "capacitance"})
# Deviations that stand alone in a text are nearly always these; others need a diameter before them.
_USUAL_FIT = re.compile(r"(?:js|[fghknp])(?:[5-9]|1[01])(?:/|$)")
_AFTER_SIZE = re.compile(r"[\dø]\s?$")
_SHAFT_FIT = re.compile(r"m[4-8]")  # in lower case after a diameter: m6 is a fit, M6 a thread


@dataclass(slots=True)
class Figures:
    """Every figure found in a designation, sorted by what it is; ``spans`` are the places they take."""

    dimensions: list[Measure] = field(default_factory=list)
    values: list[Measure] = field(default_factory=list)
    quantities: list[Measure] = field(default_factory=list)
    tolerances: list[str] = field(default_factory=list)
    standards: list[str] = field(default_factory=list)
    colours: list[tuple[int, int]] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    has_fit: bool = False


def find_figures(folded: str, text: str) -> Figures:
    """Find every figure in a folded text (``text`` is the same, as written)."""
    figures = Figures()
    if "+" in folded or "±" in folded:
        for match in DEVIATION.finditer(folded):
            figures.tolerances.append(text[match.start() : match.end()].strip())
            figures.spans.append(match.span())
    for found, match in match_figures(blank(folded, figures.spans)):
        kind = _meant(found, match, text) if found in DOUBTFUL else found
        if kind:
            _sort(figures, kind, match, text)
            figures.spans.append(match.span())
    return figures


def blank(folded: str, spans: list[tuple[int, int]]) -> str:
    """Return the text with the given places replaced by a mark that belongs to no word or figure."""
    if not spans:
        return folded
    pieces: list[str] = []
    last = 0
    for start, end in sorted(spans):
        pieces += (folded[last:start], "\x00" * (end - max(start, last)))
        last = max(last, end)
    return "".join([*pieces, folded[last:]])


def _meant(kind: str, match: re.Match[str], text: str) -> str | None:
    """Return the kind that an ambiguous form means, from its case and what stands before it."""
    written = text[match.start() : match.end()]
    if kind == "capacitance":
        return kind if _is_capacitance(written, text[: match.start()]) else None
    after_size = _AFTER_SIZE.search(text[: match.start()])
    if kind == "thread" and after_size and _SHAFT_FIT.fullmatch(written):
        return "fit"
    if kind == "fit" and not (after_size or _USUAL_FIT.match(match.group().replace(" ", ""))):
        return None
    return kind


def _is_capacitance(written: str, before: str) -> bool:
    """Whether a value is one: ``48P`` are 48 poles, and ``-2P6`` ends a reference."""
    return written.lower().endswith("f") or not ("P" in written or before.endswith("-"))


def _sort(figures: Figures, kind: str, match: re.Match[str], text: str) -> None:
    written = text[match.start() : match.end()].strip()
    if kind == "standard":
        figures.standards.append(standard_name(match.group()))
    elif kind in {"fit", "general-tolerance", "tolerance-grade"}:
        figures.tolerances.append(written)
        figures.has_fit = figures.has_fit or kind == "fit"
    elif kind == "ral":
        figures.colours.append(match.span())
    else:
        measure = Measure(
            kind, read_values(kind, match.group(), written), unit_of(kind), written, *match.span()
        )
        target = figures.dimensions if kind in DIMENSIONS else figures.values
        (figures.quantities if kind == "quantity" else target).append(measure)


def unit_of(kind: str) -> str:
    """Return the unit in which the values of a kind are given; empty for pure numbers."""
    return "mm" if kind in LENGTHS else _UNITS.get(kind, "")


@lru_cache(maxsize=65536)
def read_values(kind: str, folded: str, written: str = "") -> tuple[float, ...]:
    """Return the values of a figure in the unit of its kind.

    >>> read_values("size", "40x40x3"), read_values("length", "lg 1,2 m"), read_values("resistance", "4k7")
    ((40.0, 40.0, 3.0), (1200.0,), (4700.0,))
    """
    if kind in LENGTHS:
        return _lengths(folded)
    if kind in {"inch-size", "pipe-thread"} and "/" in folded:
        return (round(_fraction(folded) * (25.4 if kind == "inch-size" else 1.0), 6),)
    if kind == "resistance":
        return (_resistance(folded, written),)
    if kind in _SCALED:
        return _scaled(folded, _SCALED[kind])
    factor = _factor(kind, folded)
    return tuple(round(_number(n) * factor, 6) for n in _NUMBERS.findall(folded))


def _factor(kind: str, folded: str) -> float:
    """Return what turns the unit as written into the unit of its kind."""
    if kind == "mass":
        return 1.0 if "k" in folded else 0.001
    if kind == "torque":
        return 0.01 if "cm" in folded else 1.0
    if kind == "volume":
        return 0.001 if "ml" in folded else 0.01 if "cl" in folded else 1.0
    return _BAR_IN[_bar_unit(folded)] if kind == "pressure" else 1.0


_BAR_IN = {"bar": 1.0, "mpa": 10.0, "kpa": 0.01, "psi": 0.0689476}


def _bar_unit(folded: str) -> str:
    return next(unit for unit in _BAR_IN if unit in folded)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _lengths(folded: str) -> tuple[float, ...]:
    found = _WITH_UNIT.findall(folded)
    last_unit = next((unit for _, unit in reversed(found) if unit), "mm")
    return tuple(round(_number(number) * _IN_MM[unit or last_unit], 6) for number, unit in found)


def _fraction(folded: str) -> float:
    """Read ``1 1/2``: a whole number, perhaps, and a fraction."""
    whole, above, below = re.findall(r"(?:(\d+)[\s-])?(\d+)/(\d+)", folded)[0]
    return float(whole or 0) + (int(above) / int(below) if int(below) else 0.0)


def _resistance(folded: str, written: str) -> float:
    """Read ``4k7``, ``10k``, ``0r``, ``2.2 kohm``; the letter stands for the decimal point."""
    letters = re.search(r"[kmrΩo]", folded)
    letter = letters.group() if letters else "r"
    factor = {"k": 1e3, "m": 1e6 if "M" in written else 1e-3}.get(letter, 1.0)
    point = re.match(r"(\d+)[krm](\d+)$", folded)
    if point:
        return float(f"{point[1]}.{point[2]}") * factor
    return _number(_NUMBERS.findall(folded)[0]) * factor


def _scaled(folded: str, unit: str) -> tuple[float, ...]:
    """Read ``100nF``, ``4u7``, ``24 V``, ``1,5 kW``: values in the base unit."""
    point = re.match(r"(\d+)([pnuµ])(\d+)$", folded)
    if point:
        return (float(f"{float(f'{point[1]}.{point[3]}') * _PREFIX[point[2]]:.6g}"),)
    prefix = re.search(rf"\d\s?([pnuµmkg])(?:{unit}|$)", folded)
    factor = _PREFIX[prefix[1]] if prefix else 1.0
    if prefix and prefix[1] == "m" and unit == "hz":
        factor = 1e6
    return tuple(float(f"{_number(n) * factor:.6g}") for n in _NUMBERS.findall(folded))


@lru_cache(maxsize=4096)
def standard_name(folded: str) -> str:
    """Return a standard's name in one form: the widest body that publishes it, then its number.

    >>> standard_name("din en iso 4762"), standard_name("din912"), standard_name("nf e 25-513")
    ('ISO 4762', 'DIN 912', 'NF E 25-513')
    """
    number = re.search(r"\d[\d-]*$", folded)
    bodies = re.findall(r"iso|din|uni|ansi|astm|jis|nf\s?[a-z](?![a-z])|nf|en|bs", folded)
    body = next((b for b in ("iso", "en", *bodies) if b in bodies), bodies[0])
    if body.startswith("nf") and len(body) > 2:
        body = f"nf {body[-1]}"
    return f"{body.upper()} {number.group() if number else ''}".strip()
