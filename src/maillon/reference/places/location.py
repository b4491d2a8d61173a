"""From what people write for a site to a place, as far as it is certain."""

from __future__ import annotations

import re
from functools import lru_cache

import polars as pl

from maillon.core.place import Place
from maillon.reference.places.cities import city_country
from maillon.reference.places.countries import counts_as, resolve_country
from maillon.reference.places.divisions import country_of_departement, departements
from maillon.reference.places.foreign import segments_of, split_country, split_last_words
from maillon.reference.places.french_sites import OVERSEAS, departement_place, read_french_site, read_postcode

_POSTCODE = re.compile(r"\b[A-Z]{0,2}-?\d[\d -]*\b")

#: Columns of ``locate_many``.
LOCATED = {
    "country": pl.String,
    "region": pl.String,
    "departement": pl.String,
    "lat": pl.Float64,
    "lon": pl.Float64,
}


def locate(text: str, country_hint: str | None = None) -> Place | None:
    """Return the place that a written site names, as far as it is certain; None when nothing is.

    A country in the text wins over ``country_hint`` (any text that ``resolve_country`` reads). Homonyms are
    never chosen among: what they have in common is kept, and a French name that is also a much larger foreign
    city's gives nothing by itself. Foreign sites give their country only.

    >>> locate("Besançon (25)").commune, locate("F-90000 Belfort").departement
    ('25056', '90')
    >>> locate("Shenzhen, China")
    Place(country='CN', region=None, departement=None, commune=None, lat=None, lon=None)
    >>> locate("Saint-Denis").departement is None
    True
    """
    return _locate(text, resolve_country(country_hint) if country_hint else None)


@lru_cache(maxsize=65536)
def _locate(text: str, hint: str | None) -> Place | None:
    if not text.strip():
        return None if hint is None else Place(hint)
    addressed = split_country(text)
    country = addressed.country or hint
    if country is None:
        # "44110 Soudan" is a commune before it is a country; "Milano Italie" has no French postcode.
        site = read_postcode(text)
        if site is not None:
            return site
        addressed = split_last_words(text)
        country = addressed.country
    if country is None:
        return read_french_site(text, in_france=False) or _foreign_city(text)
    if country in OVERSEAS:
        return _overseas(country, addressed.rest)
    if country in _french():
        site = read_french_site(addressed.rest or text, in_france=country == "FR")
        if site is not None and site.country == country:
            return site
    return Place(counts_as(country))


def _foreign_city(text: str) -> Place | None:
    """Return the country of "Shenzhen", "70173 Stuttgart", "Foxconn, Shenzhen": a city known by its name.

    Only the last part counts: the first of "Naples, Florida" would mislead.
    """
    for segment in [text, *[*segments_of(text)][-1:]]:
        code = city_country(_POSTCODE.sub(" ", segment))
        if code is not None:
            return Place(code)
    return None


def _overseas(country: str, rest: str) -> Place:
    """Return the commune of an overseas département, or the département."""
    code = OVERSEAS[country]
    site = read_french_site(f"{rest} ({code})", in_france=True) if rest else None
    return site if site is not None and site.departement == code else departement_place(code)


def _french() -> frozenset[str]:
    return frozenset(country_of_departement(code) for code in departements())


def locate_many(texts: pl.Series, country_hints: pl.Series | None = None) -> pl.DataFrame:
    """Return ``country, region, departement, lat, lon`` for each text, row by row; unknown is null.

    Each distinct pair of text and hint is read once.

    >>> locate_many(pl.Series(["Belfort", None, "Chine"]))["country"].to_list()
    ['FR', None, 'CN']
    """
    hints = pl.Series([None] * len(texts), dtype=pl.String) if country_hints is None else country_hints
    asked = pl.DataFrame({"text": texts.cast(pl.String), "hint": hints.cast(pl.String)})
    distinct = asked.unique(maintain_order=True)
    rows = [_row(text, hint) for text, hint in distinct.iter_rows()]
    found = pl.DataFrame(rows, schema=LOCATED, orient="row")
    answers = pl.concat([distinct, found], how="horizontal")
    joined = asked.join(answers, on=["text", "hint"], how="left", nulls_equal=True, maintain_order="left")
    return joined.select(*LOCATED)


def _row(text: str | None, hint: str | None) -> tuple[object, ...]:
    place = locate(text or "", hint) or Place()
    return (place.country, place.region, place.departement, place.lat, place.lon)
