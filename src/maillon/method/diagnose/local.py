"""Local content: exact bounds on four bases, and the two purchase indices."""

from __future__ import annotations

from collections.abc import Sequence

from maillon.core.bom import Bom
from maillon.core.place import EU, EUROPE, FRANCE, WORLD, Place, Territory, TerritoryKind
from maillon.method.diagnose.assumptions import DEFAULT_ASSUMPTIONS, DiagnoseAssumptions
from maillon.method.diagnose.bases import BASES, origin_value_terms
from maillon.method.diagnose.bought import bought_lines
from maillon.method.diagnose.costs import CostedBom, as_costed
from maillon.method.diagnose.origins import find_origins
from maillon.method.diagnose.results import Basis, Share, Site
from maillon.method.diagnose.terms import Terms

#: Length in km of "near": the circle drawn around the firm's site.
NEAR_KM = 100.0


def default_territories(site: Place | None = None) -> tuple[Territory, ...]:
    """Return France, the Union, Europe and the world, with 100 km and the region around a known site.

    >>> [territory.key for territory in default_territories(Place(country="FR", region="27"))]
    ['region:27', 'country:FR', 'eu', 'europe', 'world']
    """
    near: list[Territory] = []
    if site is not None and site.lat is not None and site.lon is not None:
        near.append(Territory(TerritoryKind.RADIUS, site.commune or "", site.lat, site.lon, NEAR_KM))
    if site is not None and site.region is not None:
        near.append(Territory(TerritoryKind.REGION, site.region))
    return (*near, FRANCE, EU, EUROPE, WORLD)


def local_content(
    bom: Bom | CostedBom,
    territories: Sequence[Territory] | None = None,
    assumptions: DiagnoseAssumptions = DEFAULT_ASSUMPTIONS,
) -> dict[Basis, dict[str, Share]]:
    """Return basis → territory key → local share by making site: exact bounds, central estimate, coverage.

    The bounds hold whatever the unknown origins turn out to be and whatever the uncertain prices
    (methods-economics §2). Coverage is the share of the total that is placed inside or outside the territory
    by established evidence (for the world: whose site is known).

    >>> from maillon.core.bom import bom_from
    >>> bom = bom_from({"quantity": [1, 1, 2], "unit_price": [50.0, 30.0, 10.0],
    ...                 "making_country": ["FR", "CN", None]})
    >>> share = local_content(bom)[Basis.VALUE_ADDED]["country:FR"]
    >>> share.min, share.max, share.coverage, share.expected
    (0.5, 0.7, 0.8, 0.625)
    """
    costed = as_costed(bom, assumptions)
    chosen = default_territories(assumptions.site) if territories is None else tuple(territories)
    bought = bought_lines(costed)
    origins = find_origins(costed, Site.MAKING, chosen)
    return {
        basis: _by_key(terms(costed, bought, origins), chosen, costed.assumptions)
        for basis, terms in BASES.items()
    }


def index_shares(
    bom: Bom | CostedBom,
    territories: Sequence[Territory] | None = None,
    assumptions: DiagnoseAssumptions = DEFAULT_ASSUMPTIONS,
) -> dict[Site, dict[str, Share]]:
    """Return the two local purchase indices: shares of spend by supplier's site and by making site.

    A French distributor of an Asian part raises the first, never the second.
    """
    costed = as_costed(bom, assumptions)
    chosen = default_territories(assumptions.site) if territories is None else tuple(territories)
    bought = bought_lines(costed)
    return {
        site: _by_key(
            origin_value_terms(costed, bought, find_origins(costed, site, chosen)), chosen, costed.assumptions
        )
        for site in Site
    }


def _by_key(
    terms: Terms, territories: Sequence[Territory], assumptions: DiagnoseAssumptions
) -> dict[str, Share]:
    shares = terms.shares(assumptions.least_coverage, assumptions.family_lines)
    return {territory.key: share for territory, share in zip(territories, shares, strict=True)}
