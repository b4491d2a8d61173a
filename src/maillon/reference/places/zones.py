"""Zones of countries: France and its overseas départements, the European Union, Europe, the world."""

from __future__ import annotations

import datetime as dt
from functools import cache

import polars as pl

from maillon.core.place import Territory, TerritoryKind
from maillon.reference.tables import read_table


@cache
def zone_countries(kind: TerritoryKind, on: dt.date | None = None) -> frozenset[str]:
    """Return the codes of the countries inside a zone: the European Union, Europe or the world.

    The Union is taken on the day ``on`` (default: as it stands after the last known entry or exit), with the
    parts of its members that have a code of their own (Åland, the French outermost regions). Europe is the
    UN's M49 region with Cyprus, Kosovo and those same parts: Russia and the United Kingdom are in it, Turkey
    and the Caucasus are not. Raises ``ValueError`` for a kind that is not made of countries.

    >>> len(zone_countries(TerritoryKind.EU) - {"AX", "GF", "GP", "MF", "MQ", "RE", "YT"})
    27
    >>> "GB" in zone_countries(TerritoryKind.EU, dt.date(2019, 6, 1))
    True
    """
    countries = read_table("places/data/countries.parquet")
    match kind:
        case TerritoryKind.EU:
            inside = countries.filter(_member(on))
        case TerritoryKind.EUROPE:
            inside = countries.filter(pl.col("europe"))
        case TerritoryKind.WORLD:
            inside = countries
        case _:
            raise ValueError(f"not a zone of countries: {kind}")
    return frozenset(inside["code"].to_list())


@cache
def eea_countries(on: dt.date | None = None) -> frozenset[str]:
    """Return the codes of the European Economic Area: the Union, Iceland, Liechtenstein and Norway.

    >>> sorted(eea_countries() - zone_countries(TerritoryKind.EU))
    ['IS', 'LI', 'NO']
    """
    countries = read_table("places/data/countries.parquet")
    others = countries.filter(pl.col("eu_from").is_null() & _from("eea_from", on))
    return zone_countries(TerritoryKind.EU, on) | frozenset(others["code"].to_list())


def countries_of(territory: Territory) -> frozenset[str] | None:
    """Return the codes that lie wholly inside ``territory``, or None when it is smaller than a country.

    >>> sorted(countries_of(Territory(TerritoryKind.COUNTRY, "FR")))
    ['FR', 'GF', 'GP', 'MQ', 'RE', 'YT']
    """
    match territory.kind:
        case TerritoryKind.EU | TerritoryKind.EUROPE | TerritoryKind.WORLD:
            return zone_countries(territory.kind)
        case TerritoryKind.COUNTRY:
            countries = read_table("places/data/countries.parquet")
            return frozenset(countries.filter(pl.col("counts_as") == territory.code)["code"].to_list())
        case _:
            return None


def _from(column: str, on: dt.date | None) -> pl.Expr:
    entered = pl.col(column).is_not_null()
    return entered if on is None else entered & (pl.col(column) <= on)


def _member(on: dt.date | None) -> pl.Expr:
    left = pl.col("eu_to")
    return _from("eu_from", on) & (left.is_null() if on is None else (left.is_null() | (left >= on)))
