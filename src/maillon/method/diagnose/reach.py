"""Which sites lie within so many kilometres of a place, as the crow flies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from maillon.core.place import Territory

#: Each of these countries is at least so many km from metropolitan France, Corsica included, as the crow
#: flies (rounded down from a map); any other country is at least ``ELSEWHERE_KM`` away.
NEIGHBOURS_KM = {
    "AD": 0, "BE": 0, "CH": 0, "DE": 0, "ES": 0, "IT": 0, "LU": 0, "MC": 0,
    "GG": 10, "JE": 10, "GB": 20, "NL": 50, "LI": 80, "AT": 100, "TN": 150, "SM": 150, "VA": 150,
    "CZ": 200, "DZ": 200, "HR": 200, "IE": 200, "IM": 200, "PT": 200, "SI": 200, "BA": 300, "DK": 300,
}  # fmt: skip
ELSEWHERE_KM = 350
#: A point this close to a French town hall counts as French for the distances above, which are rounded down.
BORDER_KM = 10.0


@dataclass(frozen=True, slots=True)
class _Circle:
    lat: float
    lon: float
    km: float

    def distances(self, places: pl.DataFrame) -> npt.NDArray[np.float64]:
        """Distance in km of each row with ``lat`` and ``lon``; NaN where it has no point."""
        from maillon.reference.places.distance import distance_km  # noqa: PLC0415 - only where a radius is asked

        lat, lon = (places[c].cast(pl.Float64).fill_null(float("nan")).to_numpy() for c in ("lat", "lon"))
        return distance_km(lat, lon, self.lat, self.lon)


def radius_membership(sites: pl.DataFrame, territory: Territory) -> npt.NDArray[np.int8]:
    """Return for each site 1 (within ``km`` of the centre), 0 (beyond) or -1 (not known).

    A site with a point is measured. Without one, a French site is inside or outside when every town hall of
    its département (or region) is, and a foreign site is outside a French circle too short to reach its
    country. ``territory`` needs ``lat``, ``lon`` and ``km``, else ``ValueError``.
    """
    if territory.lat is None or territory.lon is None or territory.km is None:
        raise ValueError(f"a radius needs a centre and a length: {territory}")
    circle = _Circle(territory.lat, territory.lon, territory.km)
    km = circle.distances(sites)
    answer = np.where(np.isnan(km), -1, km <= circle.km).astype(np.int8)
    unplaced = np.flatnonzero(answer < 0)
    if unplaced.size:
        answer[unplaced] = _without_point(sites[unplaced], circle)
    return answer


def _without_point(sites: pl.DataFrame, circle: _Circle) -> npt.NDArray[np.int8]:
    found = np.full(sites.height, -1, dtype=np.int8)
    for area in ("region", "departement"):  # the finer area last: it knows better
        if sites[area].null_count() < sites.height:
            extent = _extent(area, circle)
            near = sites[area].replace_strict(
                extent["code"], extent["inside"], default=-1, return_dtype=pl.Int8
            )
            found = np.where(near.to_numpy() >= 0, near.to_numpy(), found).astype(np.int8)
    far = sites["country"].is_in(sorted(_unreachable(sites, circle))).fill_null(value=False).to_numpy()
    return np.where(far, 0, found).astype(np.int8)


def _communes() -> pl.DataFrame:
    from maillon.reference.tables import read_table  # noqa: PLC0415 - only where a radius is asked

    communes = read_table("places/data/communes.parquet")
    return communes.filter(pl.col("lat").is_finite() & pl.col("lon").is_finite())


def _extent(area: str, circle: _Circle) -> pl.DataFrame:
    """Return for each area 1, 0 or -1: all of its town halls, none of them, or some inside the circle."""
    communes = _communes().drop_nulls(area)
    within = pl.col("km") <= circle.km
    inside = pl.when(within.all()).then(1).when(~within.any()).then(0).otherwise(-1)
    measured = communes.with_columns(pl.Series("km", circle.distances(communes)))
    return measured.group_by(code=pl.col(area)).agg(inside=inside.cast(pl.Int8))


def _unreachable(sites: pl.DataFrame, circle: _Circle) -> set[str]:
    """Return the foreign countries of ``sites`` that the circle cannot reach; none unless it is in France."""
    named = set(sites["country"].drop_nulls().unique().to_list()) - {"FR"}
    if not named:
        return named
    metropolitan = _communes().filter(~pl.col("departement").str.starts_with("97"))
    if circle.distances(metropolitan).min() > BORDER_KM:
        return set()
    return {country for country in named if circle.km < NEIGHBOURS_KM.get(country, ELSEWHERE_KM)}
