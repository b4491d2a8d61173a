"""Builds the communes with their points, the départements and the regions.

Names, codes, postcodes and populations come from the official geographic code; points from the town halls of
the public services' directory, or else from the middle of the commune's outline (``commune_points``).
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import polars as pl

from maillon.reference.builders.commune_points import POINTS, commune_points
from maillon.reference.builders.packages import Package
from maillon.reference.builders.publish import carried, publish
from maillon.reference.places.fold import fold_commune
from maillon.reference.provenance import Origin

CODES = Package("npm", "@etalab/decoupage-administratif", "6.0.0")
BUILDER = "maillon.reference.builders.places"
LICENCE = "Licence Ouverte 2.0"
CURRENT = ("commune-actuelle", "arrondissement-municipal")


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
    points = commune_points()
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


if __name__ == "__main__":
    build()
