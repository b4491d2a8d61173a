"""Is a site inside a territory? Yes, no, or not known well enough to say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from maillon.core.place import Territory, TerritoryKind
from maillon.method.diagnose.items import PLACE
from maillon.method.diagnose.reach import radius_membership

#: One row for each site, one column for each territory.
Membership = npt.NDArray[np.int8]

YES, NO, UNKNOWN = np.int8(1), np.int8(0), np.int8(-1)


def place_membership(sites: pl.DataFrame, territories: Sequence[Territory]) -> Membership:
    """Return for each site and territory 1 (inside), 0 (outside) or -1 (not known).

    ``sites`` has the columns ``country``, ``region``, ``departement``, ``lat`` and ``lon``, any of them null.
    A French site whose region is not known is inside France and unknown for a region. Nothing is known of a
    site without any of them, but that it is in the world.

    >>> from maillon.core.place import FRANCE
    >>> sites = pl.DataFrame({"country": ["FR", "CN", None], "region": ["27", None, None]})
    >>> place_membership(sites, [FRANCE, Territory(TerritoryKind.REGION, "27")]).tolist()
    [[1, 1], [0, 0], [-1, -1]]
    """
    absent = [pl.lit(None, pl.Float64 if c in {"lat", "lon"} else pl.String).alias(c) for c in PLACE]
    full = sites.with_columns(a for a, c in zip(absent, PLACE, strict=True) if c not in sites.columns)
    located = complete_sites(full)
    columns = [_members(located, territory) for territory in territories]
    return np.column_stack(columns) if columns else np.empty((sites.height, 0), dtype=np.int8)


def site_columns(frame: pl.DataFrame, prefix: str) -> pl.DataFrame:
    """Return the site columns of ``frame`` that start with ``prefix`` (``making`` or ``supplier``)."""
    return frame.select(pl.col(f"{prefix}_{part}").alias(part) for part in PLACE)


def complete_sites(sites: pl.DataFrame) -> pl.DataFrame:
    """Fill what follows from the rest: the region of a département, and France from either of them."""
    from maillon.reference.tables import read_table  # noqa: PLC0415 - only where sites are measured

    if sites["region"].null_count() + sites["departement"].null_count() < 2 * sites.height:
        regions = read_table("places/data/departements.parquet")
        region = pl.col("departement").replace_strict(
            regions["code"], regions["region"], default=None, return_dtype=pl.String
        )
        sites = sites.with_columns(region=pl.coalesce("region", region))
    french = pl.when(pl.any_horizontal(pl.col("region", "departement").is_not_null())).then(pl.lit("FR"))
    return sites.with_columns(country=pl.coalesce("country", french))


def _members(sites: pl.DataFrame, territory: Territory) -> npt.NDArray[np.int8]:
    match territory.kind:
        case TerritoryKind.WORLD:
            return np.full(sites.height, YES)
        case TerritoryKind.RADIUS:
            return radius_membership(sites, territory)
        case TerritoryKind.REGION:
            return _coded(sites.select(_within_france("region", territory.code)))
        case TerritoryKind.DEPARTEMENT:
            return _coded(sites.select(_in_departement(territory.code)))
        case _:
            return _coded(sites.select(pl.col("country").is_in(sorted(territory_countries(territory)))))


def territory_countries(territory: Territory) -> frozenset[str]:
    """Return the codes of the countries inside a country or zone, parts with a code of their own included."""
    from maillon.reference.places.zones import countries_of  # noqa: PLC0415 - only where sites are measured

    found = countries_of(territory)
    return found if found else frozenset({territory.code})


def french_codes() -> frozenset[str]:
    """Return the codes under which a site lies in France, overseas départements included."""
    return territory_countries(Territory(TerritoryKind.COUNTRY, "FR"))


def _within_france(column: str, code: str) -> pl.Expr:
    abroad = ~pl.col("country").is_in(sorted(french_codes()))
    return pl.coalesce(pl.col(column) == code, pl.when(abroad).then(pl.lit(value=False)))


def _in_departement(code: str) -> pl.Expr:
    from maillon.reference.tables import read_table  # noqa: PLC0415 - only where sites are measured

    own = read_table("places/data/departements.parquet").filter(pl.col("code") == code)["region"].to_list()
    elsewhere = pl.when(~pl.col("region").is_in(own)).then(pl.lit(value=False)) if own else pl.lit(None)
    return pl.coalesce(_within_france("departement", code), elsewhere)


def _coded(answer: pl.DataFrame) -> npt.NDArray[np.int8]:
    return answer.to_series().cast(pl.Int8).fill_null(UNKNOWN).to_numpy().astype(np.int8)
