"""The rows of INSEE's geolocation file and of its succession links."""

from __future__ import annotations

import numpy as np
import polars as pl

from maillon.demo.register.columns import geolocation_columns, shape_columns, succession_columns
from maillon.demo.register.draws import Dice, Floats, take
from maillon.demo.register.projection import UTM_ZONES, project_lambert93, project_utm

#: How good INSEE says a point is: 11 exact, 12 street, 21 and 22 less, 33 the commune alone.
_QUALITIES = ("11", "12", "21", "22", "33")
_QUALITY_WEIGHTS = np.array([78.0, 8, 6, 4, 4])
_LAMBERT93 = "2154"


def project_points(lat: Floats, lon: Floats, departements: pl.Series) -> pl.DataFrame:
    """Return ``x``, ``y`` in metres and ``epsg``: Lambert-93, or UTM in the overseas départements."""
    x, y = project_lambert93(lat, lon)
    epsg = pl.Series([_LAMBERT93]).new_from_index(0, len(lat))
    for departement, zone in UTM_ZONES.items():
        inside = (departements == departement).to_numpy()
        x[inside], y[inside] = project_utm(lat[inside], lon[inside], zone)
        epsg = epsg.zip_with(pl.Series(~inside), pl.Series([zone.epsg]).new_from_index(0, len(lat)))
    return pl.DataFrame({"x": x, "y": y, "epsg": epsg})


def write_geolocation(dice: Dice, facts: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of the geolocation file: six establishments of seven, none abroad nor in Mayotte."""
    ranks = facts["rank"].to_numpy()
    quality = take(_QUALITIES, dice.weighted("quality", ranks, _QUALITY_WEIGHTS))
    outside = pl.lit("CSZ")
    exact = pl.Series(5 + dice.index("precision", ranks, 40))
    frame = facts.with_columns(
        pl.Series("qualite_xy", quality),
        pl.Series("located", dice.happens("located", ranks, 0.86)),
        pl.when(quality == "33").then(1500).otherwise(exact).alias("distance_precision"),
        *[outside.alias(name) for name in ("plg_qp24", "plg_zus", "plg_qp15", "plg_qva")],
        *[pl.lit("1").alias(f"qualite_{name}") for name in ("qp24", "iris", "zus", "qp15", "qva")],
        pl.concat_str("commune", pl.lit("0000")).alias("plg_iris"),
        pl.col("commune").alias("plg_code_commune"),
        pl.col("lat").round(7).alias("y_latitude"),
        pl.col("lon").round(7).alias("x_longitude"),
        pl.col("x", "y").round(2),
    )
    shown = frame.filter(
        "located",
        pl.col("country").is_null(),
        pl.col("departement") != "976",
        pl.col("lat").is_not_nan(),
    )
    return shape_columns(shown, geolocation_columns())


def write_successions(dice: Dice, facts: pl.DataFrame) -> pl.DataFrame:
    """Return links from a third of the closed establishments to the next in the list, where it is open."""
    ranks = facts["rank"].to_numpy()
    frame = facts.select(
        pl.col("siret").alias("siretEtablissementPredecesseur"),
        pl.col("siret").shift(-1).alias("siretEtablissementSuccesseur"),
        pl.col("ended").alias("dateLienSuccession"),
        (pl.col("head_office") & (pl.col("siren") == pl.col("siren").shift(-1))).alias("transfertSiege"),
        pl.lit(True).alias("continuiteEconomique"),
        pl.lit("2026-09-01 08:30:15").str.to_datetime().alias("dateDernierTraitementLienSuccession"),
        linked=pl.Series(dice.happens("succession", ranks, 0.33))
        & pl.col("closed")
        & ~pl.col("closed").shift(-1)
        & (pl.col("block") == pl.col("block").shift(-1)),
    )
    return shape_columns(frame.filter("linked"), succession_columns())
