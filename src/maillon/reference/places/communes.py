"""The communes of France, by code, by name and by postcode."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import polars as pl

from maillon.reference.places.fold import fold_commune
from maillon.reference.tables import read_table

_COMMUNES = "places/data/communes.parquet"
_FORMER = "places/data/former_communes.parquet"


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, or an arrondissement of Paris, Lyon or Marseille; ``lat`` and ``lon`` are WGS84 degrees."""

    code: str
    name: str
    departement: str
    region: str
    population: int | None
    postcodes: tuple[str, ...]
    lat: float | None
    lon: float | None


def commune(code: str) -> Commune | None:
    """Return the commune of an INSEE code of today, or None.

    >>> commune("90010").name
    'Belfort'
    """
    row = _rows_by_code().get(code)
    return None if row is None else _commune_at_row(row)


def communes_named(name: str) -> list[Commune]:
    """Return every commune of that name; a former commune's name gives the one that it is now part of.

    >>> [found.code for found in communes_named("BELFORT CEDEX")]
    ['90010']
    """
    return communes_keyed(fold_commune(name))


def communes_keyed(key: str) -> list[Commune]:
    """Return what ``communes_named`` does, from a name that ``fold_commune`` has folded already."""
    now, before = _by_name().rows(key), _successors().get(key, ())
    if not now and not before:
        return []
    rows = dict.fromkeys([*now, *(_rows_by_code()[code] for code in before)])
    return [_commune_at_row(row) for row in rows]


def communes_at(postcode: str) -> list[Commune]:
    """Return the communes that a postcode serves.

    >>> [found.name for found in communes_at("90400")][:2]
    ['Andelnans', 'Bermont']
    """
    return [_commune_at_row(row) for row in _by_postcode().rows(postcode)]


def _commune_at_row(row: int) -> Commune:
    code, name, departement, region, population, postcodes, lat, lon = _columns().row(row)
    if lat is None:
        lat, lon = _point_of_neighbours(code, tuple(postcodes))
    return Commune(code, name, departement, region, population, tuple(postcodes), lat, lon)


@cache
def _columns() -> pl.DataFrame:
    return read_table(_COMMUNES).select(
        "code_insee", "nom", "departement", "region", "population", "codes_postaux", "lat", "lon"
    )


@cache
def _point_of_neighbours(code: str, postcodes: tuple[str, ...]) -> tuple[float | None, float | None]:
    """Return the middle of the communes of the same postcode, for the few that have no point of their own."""
    rows = [
        row for postcode in postcodes for row in _by_postcode().rows(postcode) if row != _rows_by_code()[code]
    ]
    points = _columns()[rows].select("lat", "lon").drop_nulls().mean().row(0) if rows else (None, None)
    return points[0], points[1]


@cache
def _rows_by_code() -> Mapping[str, int]:
    return {code: row for row, code in enumerate(read_table(_COMMUNES)["code_insee"].to_list())}


@dataclass(frozen=True, slots=True)
class _Index:
    """Key → rows. Most keys stand for one row; a list for each of them would triple the time to first use."""

    alone: Mapping[str, int]
    several: Mapping[str, Sequence[int]]

    def rows(self, key: str) -> Sequence[int]:
        row = self.alone.get(key)
        return (row,) if row is not None else self.several.get(key, ())


@cache
def _by_name() -> _Index:
    return _indexed(read_table(_COMMUNES).select("key").with_row_index("row"))


@cache
def _by_postcode() -> _Index:
    postcodes = read_table(_COMMUNES).select(key="codes_postaux").with_row_index("row").explode("key")
    return _indexed(postcodes.drop_nulls())


def _indexed(rows: pl.DataFrame) -> _Index:
    alone = rows.filter(pl.col("key").is_unique())
    several = rows.filter(pl.col("key").is_duplicated()).group_by("key", maintain_order=True).agg("row")
    single = dict(zip(alone["key"].to_list(), alone["row"].to_list(), strict=True))
    return _Index(single, dict(several.select("key", "row").rows()))


@cache
def _successors() -> Mapping[str, Sequence[str]]:
    codes: dict[str, list[str]] = defaultdict(list)
    for key, code in read_table(_FORMER).select("key", "commune").iter_rows():
        codes[key].append(code)
    return dict(codes)
