"""Where an establishment stands: commune of today, département, region, point."""

from __future__ import annotations

from functools import cache

import narwhals as nw
import polars as pl

from maillon.reference.places.communes import commune
from maillon.reference.register.loading.cleaning import Frame, as_number
from maillon.reference.register.loading.lambert import add_lambert_point
from maillon.reference.tables import read_table

#: Places at random in the commune, says INSEE: no better than the commune's own point.
_RANDOM_IN_COMMUNE = "33"
_LAMBERT_93 = "2154"


@cache
def commune_rows() -> pl.DataFrame:
    """Return every INSEE code, former ones too: ``code``, ``place_commune`` of today, name, point."""
    table = read_table("places/data/communes.parquet")
    known = table.select(
        code="code_insee", place_commune="code_insee", place_name="nom", place_lat="lat", place_lon="lon"
    )
    former = read_table("places/data/former_communes.parquet")
    successors = former.select(code="code_insee", place_commune="commune").filter(
        ~pl.col("code").is_in(known["code"].to_list())
    )
    successors = successors.unique("code", keep="first", maintain_order=True)
    joined = successors.join(known.drop("code"), on="place_commune", how="inner")
    return _with_every_point(pl.concat([known, joined.select(known.columns)]))


def _with_every_point(communes: pl.DataFrame) -> pl.DataFrame:
    """Give the few communes without a point the one that ``places`` finds for them."""
    lacking = communes.filter(pl.col("place_lat").is_null())["place_commune"].unique().to_list()
    found = [(code, one.lat, one.lon) for code in lacking if (one := commune(code)) is not None]
    columns = {"place_commune": pl.String, "lat": pl.Float64, "lon": pl.Float64}
    points = pl.DataFrame(found, schema=columns, orient="row")
    filled = communes.join(points, on="place_commune", how="left")
    return filled.with_columns(
        place_lat=pl.coalesce("place_lat", "lat"), place_lon=pl.coalesce("place_lon", "lon")
    ).drop("lat", "lon")


def departement_rows() -> pl.DataFrame:
    """Return ``departement`` and ``region``."""
    return read_table("places/data/departements.parquet").select(departement="code", region="region")


def departement_of(code: nw.Expr) -> nw.Expr:
    """Return the département in a commune's code: three characters overseas, two elsewhere."""
    overseas = code.str.contains(r"^9[78]")
    known = code.str.contains(r"^(\d\d|2[AB])\d{3}$")
    return nw.when(known & overseas).then(code.str.slice(0, 3)).when(known).then(code.str.slice(0, 2))


def add_precise_point(frame: Frame) -> Frame:
    """Return the frame with ``own_lat`` and ``own_lon``, the point of the address in degrees.

    They come from the geolocation, else from its Lambert-93, else from that of the establishments' file.
    Overseas, local coordinates are in other projections: there only WGS84 degrees count.
    """
    lat, lon = as_number("point_y_latitude"), as_number("point_x_longitude")
    right = lat.is_between(-90.0, 90.0) & lon.is_between(-180.0, 180.0) & ((lat != 0) | (lon != 0))
    sure = (nw.col("point_qualite_xy") != _RANDOM_IN_COMMUNE).fill_null(value=True)
    located = (nw.col("point_epsg") == _LAMBERT_93) & sure
    mainland = ~nw.col("codeCommune").str.contains(r"^9[78]")
    frame = frame.with_columns(
        _lat=nw.when(right & sure).then(lat),
        _lon=nw.when(right & sure).then(lon),
        _located=located & ~as_number("point_x").is_null() & ~as_number("point_y").is_null(),
        _mainland=mainland,
    )
    metres = {
        name: nw.when(nw.col("_located"))
        .then(as_number(f"point_{name}"))
        .when(nw.col("_mainland"))
        .then(as_number(own))
        for name, own in (("x", "coordonneeLambertAbscisse"), ("y", "coordonneeLambertOrdonnee"))
    }
    frame = frame.with_columns(_x=metres["x"], _y=metres["y"])
    frame = add_lambert_point(frame, "_x", "_y")
    return frame.with_columns(
        own_lat=nw.coalesce(nw.col("_lat"), nw.col("lambert_lat")),
        own_lon=nw.coalesce(nw.col("_lon"), nw.col("lambert_lon")),
    )
