"""Corrections written as text, read into the types of the register, with what follows from them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from maillon.reference.places.communes import commune
from maillon.reference.register.loading.activity import BANDS
from maillon.reference.register.schema import CAPABILITIES, ESTABLISHMENTS

_TRUTHS = {"true": True, "false": False}
_UNITS = {"size": "mm", "tolerance": "mm", "capacity": "hours", "lot": "pieces"}
_BOUNDS = ((), ("high",), ("low", "high"), ("low", "ideal", "high"))
_CODED = frozenset({"process", "material", "certificate", "role"})


def parse_value(column: str, value: str) -> Any:
    """Return the value of a column or a capability; None for empty text; ``ValueError`` if it is none.

    >>> parse_value("headcount_low", "25"), parse_value("trade_names", "ATELIER A | ATELIER B")
    (25, ['ATELIER A', 'ATELIER B'])
    >>> parse_value("lot", "10/100/1000")["ideal"]
    100.0
    """
    text = value.strip()
    if column in ESTABLISHMENTS:
        return _cell(ESTABLISHMENTS[column], text)
    return _capability(column, text) if text else None


def _cell(kind: pl.DataType | type[pl.DataType], text: str) -> Any:
    if isinstance(kind, pl.List):
        return [name.strip() for name in text.split("|") if name.strip()]
    if not text:
        return None
    if kind == pl.Boolean:
        if text.lower() not in _TRUTHS:
            raise ValueError(text)
        return _TRUTHS[text.lower()]
    if kind == pl.Date:
        return dt.date.fromisoformat(text)
    if kind == pl.Int32:
        return int(text)
    return float(text.replace(",", ".")) if kind == pl.Float64 else text


def _capability(kind: str, text: str) -> dict[str, Any]:
    """Return a row of ``CAPABILITIES`` without its SIRET: bounds ``low/ideal/high``, or ``code: words``."""
    row: dict[str, Any] = {**dict.fromkeys(CAPABILITIES), "source": "correction", "kind": kind, "text": text}
    if kind in _UNITS:
        bounds = [float(part.replace(",", ".")) for part in text.split("/")]
        if len(bounds) >= len(_BOUNDS):
            raise ValueError(text)
        names = _BOUNDS[len(bounds)]
        return row | dict(zip(names, bounds, strict=True)) | {"unit": _UNITS[kind]}
    if kind in _CODED:
        code, _, words = text.partition(":")
        return row | {"code": code.strip(), "text": words.strip() or code.strip()}
    return row


def consequences(column: str, value: Any) -> dict[str, Any]:
    """Return the other columns that a corrected one decides: those of a commune, the bounds of a band.

    >>> consequences("headcount_band", "12")
    {'headcount_low': 20, 'headcount_high': 49}
    """
    if column == "headcount_band":
        low, high = BANDS.get(value, (None, None))
        return {"headcount_low": low, "headcount_high": high}
    if column == "commune" and (place := commune(value or "")):
        return {
            "commune_name": place.name,
            "departement": place.departement,
            "region": place.region,
            "lat": place.lat,
            "lon": place.lon,
            "point_source": "commune",
        }
    return {}
