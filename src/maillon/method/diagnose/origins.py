"""Where each item comes from, for each territory: what is established, and what is only believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from maillon.core.evidence import Evidence
from maillon.core.place import Territory, TerritoryKind
from maillon.core.structure import Index
from maillon.method.diagnose.costs import CostedBom, floats
from maillon.method.diagnose.items import MAKING, PLACE
from maillon.method.diagnose.levels import Flags, Floats
from maillon.method.diagnose.membership import (
    UNKNOWN,
    Membership,
    complete_sites,
    french_codes,
    place_membership,
    site_columns,
)
from maillon.method.diagnose.results import Site


@dataclass(frozen=True, slots=True, eq=False)
class Origins:
    """Sites of the items against territories: rows are positions, columns are territories.

    ``established`` rests on evidence at least as strong as the assumptions ask, ``believed`` on any.
    ``placed`` tells where the site is established well enough to say inside or outside. ``country`` is the
    country believed, ``level`` the rank of evidence (0 unknown to 3
    documented); ``country_codes`` and ``family_codes`` number both (-1: not known).
    """

    territories: tuple[Territory, ...]
    established: Membership
    believed: Membership
    placed: Flags
    sure: Flags
    country: pl.Series
    level: Index
    country_codes: Index
    family_codes: Index


def find_origins(costed: CostedBom, site: Site, territories: Sequence[Territory]) -> Origins:
    """Place the making (or supplier's) site of each item in each territory.

    A making site counts as established from ``least_evidence`` up. The value that the firm itself adds is
    made at ``assumptions.site`` where that is given. A supplier's site needs no evidence: it is on the file.
    """
    found, level = _making(costed) if site is Site.MAKING else _supplier(costed)
    sites = complete_sites(found)
    believed = place_membership(sites, territories)
    sure = level >= int(costed.assumptions.least_evidence) if site is Site.MAKING else level >= 0
    world = np.array([t.kind is TerritoryKind.WORLD for t in territories], dtype=np.bool_)
    established = np.where(sure[:, None] | world, believed, UNKNOWN).astype(np.int8)
    located = sites.select(pl.any_horizontal(pl.all().is_not_null())).to_series().to_numpy()
    placed = (established != UNKNOWN) & (~world | (sure & located)[:, None])
    return Origins(
        tuple(territories),
        established,
        believed,
        placed,
        sure & located,
        sites["country"],
        level,
        _codes(sites["country"]),
        _codes(costed.items["family"]),
    )


def _codes(values: pl.Series) -> Index:
    """Return the rank of each value among the distinct ones, from 0; -1 where null."""
    ranks = values.cast(pl.String).rank("dense").cast(pl.Int64) - 1
    return np.asarray(ranks.fill_null(-1).to_numpy(), dtype=np.int64)


def _making(costed: CostedBom) -> tuple[pl.DataFrame, Index]:
    items, site = costed.items, costed.assumptions.site
    sites, level = site_columns(items, "making"), items["level"]
    if site is not None:
        ours = pl.Series(items["own"].is_not_null() & ~items.select(_any_known()).to_series())
        values = (site.country, site.region, site.departement, site.lat, site.lon)
        sites = sites.with_columns(
            pl.when(ours).then(pl.lit(value)).otherwise(pl.col(part)).cast(sites.schema[part]).alias(part)
            for part, value in zip(PLACE, values, strict=True)
        )
        level = items.select(pl.when(ours).then(int(Evidence.DECLARED)).otherwise("level")).to_series()
    return sites, level.to_numpy().astype(np.int64)


def _any_known() -> pl.Expr:
    return pl.any_horizontal(pl.col(*MAKING, "supplier", "supplier_id", "manufacturer").is_not_null())


def _supplier(costed: CostedBom) -> tuple[pl.DataFrame, Index]:
    sites = site_columns(costed.items, "supplier")
    return sites, np.zeros(sites.height, dtype=np.int64)


def fraction_ends(origins: Origins, costed: CostedBom, *, believed: bool) -> tuple[Floats, Floats]:
    """Return the least and greatest fraction of each item's own value acquired in each territory.

    ``believed`` takes every origin at its word, else only the established ones count.

    1 inside, 0 outside, [0, 1] where unknown. A declared ``local_fraction`` f is the share acquired where the
    item is made; the rest is acquired outside the making country, nobody knows where. So f counts where the
    site is inside, and 1 - f may count wherever the territory is not within the making country.
    """
    members = origins.believed if believed else origins.established
    low, high = (members == 1).astype(np.float64), (members != 0).astype(np.float64)
    fraction = floats(costed.items["local_fraction"])
    declared = (fraction >= 0) & (fraction <= 1) & origins.country.is_not_null().to_numpy()
    declared &= origins.sure | believed
    if not declared.any():
        return low, high
    rows = np.flatnonzero(declared)
    f = fraction[rows, None]
    made_in = origins.country.gather(rows).to_list()
    for column, territory in enumerate(origins.territories):
        if territory.kind is TerritoryKind.WORLD:
            continue
        known = members[rows, column] != UNKNOWN
        inside = np.array([_within(territory, country) for country in made_in], dtype=np.bool_)
        rest = np.where(inside, 0.0, 1 - f[:, 0])
        low[rows, column] *= f[:, 0]
        high[rows, column] = np.where(known | inside, high[rows, column] * f[:, 0] + rest, 1.0)
    return low, high


def _within(territory: Territory, country: str) -> bool:
    """Tell whether all of ``territory`` lies in ``country``."""
    if territory.kind is TerritoryKind.COUNTRY and territory.code != "FR":
        return territory.code == country
    sub_national = {TerritoryKind.COUNTRY, TerritoryKind.REGION, TerritoryKind.DEPARTEMENT}
    return territory.kind in sub_national and country in french_codes()
