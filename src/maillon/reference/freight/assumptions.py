"""Default assumptions of a cost by country and mode: ranges that are labelled, dated and replaceable."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from maillon.core.errors import InvalidRequest, RefusedFile
from maillon.core.estimate import Estimate
from maillon.core.message import message
from maillon.core.place import TerritoryKind
from maillon.reference.places import is_country_code, zone_countries
from maillon.reference.text_rows import read_text

SHIPPED = "freight/data/assumptions.toml"


class Mode(StrEnum):
    """How goods travel on the main leg."""

    ROAD = "road"
    RAIL = "rail"
    SEA = "sea"
    AIR = "air"


def load_assumptions(
    country: str | None, mode: str | None, file: Path | None = None
) -> Mapping[str, Estimate]:
    """Return a range for each factor of a cost, for goods from ``country`` (alpha-2) by ``mode``.

    Scopes replace one another factor by factor: ``all``, the mode, the zone (home, eu, far), the country, the
    lane (``CN-sea``). An unknown country or mode (None) keeps the wide ranges of ``all``. Whatever ``file``
    does not say stays as shipped. Raises ``InvalidRequest`` for a country or mode that does not exist and for
    an assumption that is no range, ``RefusedFile`` for a file that is no TOML.

    >>> load_assumptions("CN", "sea")["insurance"].mid, load_assumptions("FR", "road")["duty"].high
    (0.005, 0.0)
    """
    if country is not None and not is_country_code(country):
        raise InvalidRequest(message("{country} is not the code of a country.", country=country))
    if mode is not None and mode not in [*Mode]:
        raise InvalidRequest(
            message("{mode} is not a mode of transport.", mode=mode),
            message("The modes are {modes}.", modes=", ".join(Mode)),
        )
    layers = [_shipped()] if file is None else [_shipped(), _parse(str(file), read_text(SHIPPED, file))]
    found: dict[str, Estimate] = {}
    for scope in _scopes(country, mode):
        for layer in layers:
            found.update(layer.get(scope, {}))
    return MappingProxyType(found)


def write_assumptions(path: Path) -> None:
    """Write the shipped assumptions to ``path``, for a user to edit; never over an existing file."""
    try:
        with path.open("x", encoding="utf-8") as target:
            target.write(read_text(SHIPPED, None))
    except FileExistsError as error:
        raise InvalidRequest(
            message("{file} exists already.", file=str(path)), message("Give another name.")
        ) from error


def _scopes(country: str | None, mode: str | None) -> Iterator[str]:
    yield "all"
    if mode is not None:
        yield f"mode.{mode}"
    if country is not None:
        yield f"zone.{_zone(country)}"
        yield f"country.{country}"
        if mode is not None:
            yield f"lane.{country}-{mode}"


def _zone(country: str) -> str:
    if country == "FR":
        return "home"
    return "eu" if country in zone_countries(TerritoryKind.EU) else "far"


@cache
def _shipped() -> Mapping[str, Mapping[str, Estimate]]:
    return _parse(SHIPPED, read_text(SHIPPED, None))


def _parse(name: str, text: str) -> Mapping[str, Mapping[str, Estimate]]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RefusedFile(
            message("{file} is not a TOML file: {why}", file=name, why=str(error)),
            message("Write the shipped assumptions to a new file and edit that one."),
        ) from error
    sections = dict(_sections(tables))
    known = sections.get("all", {}) if name == SHIPPED else _shipped()["all"]
    return {
        scope: {factor: _estimate(name, f"{scope}.{factor}", entry, known) for factor, entry in rows.items()}
        for scope, rows in sections.items()
    }


def _sections(tables: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for kind, content in tables.items():
        if kind == "all":
            yield kind, content
        else:
            for key, rows in content.items():
                yield f"{kind}.{key}", rows


def _estimate(file: str, where: str, entry: object, known: Mapping[str, object]) -> Estimate:
    factor = where.rpartition(".")[2]
    try:
        if factor not in known or not isinstance(entry, dict):
            raise ValueError(factor)
        low, mid, high = (float(entry[bound]) for bound in ("low", "mid", "high"))
        date = entry["date"]
        if not isinstance(date, dt.date) or not entry["source"] or not entry["unit"] or low < 0:
            raise ValueError(where)
        return Estimate(low, mid, high, entry["unit"], entry["source"], date)
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidRequest(
            message("{where} of {file} is not a usable assumption.", where=where, file=file),
            message("Give a known factor its low ≤ mid ≤ high (at least 0), unit, source and date."),
        ) from error
