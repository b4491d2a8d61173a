"""Inside, outside or unknown: every kind of territory against every state of knowledge."""

import polars as pl
import pytest

from maillon.core.place import EU, EUROPE, FRANCE, WORLD, Territory, TerritoryKind
from maillon.method.diagnose.membership import place_membership

BELFORT_100 = Territory(TerritoryKind.RADIUS, "90010", 47.6379, 6.8629, 100.0)
BOURGOGNE_FRANCHE_COMTE = Territory(TerritoryKind.REGION, "27")
TERRITOIRE_DE_BELFORT = Territory(TerritoryKind.DEPARTEMENT, "90")


def member(territory: Territory, **site: object) -> int:
    columns = {"country": None, "region": None, "departement": None, "lat": None, "lon": None, **site}
    schema = {c: pl.Float64 if c in {"lat", "lon"} else pl.String for c in columns}
    return int(place_membership(pl.DataFrame([columns], schema=schema), [territory])[0, 0])


@pytest.mark.parametrize(
    ("territory", "site", "expected"),
    [
        (FRANCE, {"country": "FR"}, 1),
        (FRANCE, {"country": "RE"}, 1),
        (FRANCE, {"country": "DE"}, 0),
        (FRANCE, {"region": "27"}, 1),
        (FRANCE, {"departement": "974"}, 1),
        (FRANCE, {}, -1),
        (FRANCE, {"lat": 47.0, "lon": 6.0}, -1),
        (EU, {"country": "DE"}, 1),
        (EU, {"country": "CH"}, 0),
        (EU, {"country": "GB"}, 0),
        (EUROPE, {"country": "GB"}, 1),
        (EUROPE, {"country": "CN"}, 0),
        (EUROPE, {}, -1),
        (WORLD, {}, 1),
        (BOURGOGNE_FRANCHE_COMTE, {"country": "FR"}, -1),
        (BOURGOGNE_FRANCHE_COMTE, {"country": "FR", "region": "27"}, 1),
        (BOURGOGNE_FRANCHE_COMTE, {"country": "FR", "region": "84"}, 0),
        (BOURGOGNE_FRANCHE_COMTE, {"country": "FR", "departement": "90"}, 1),
        (BOURGOGNE_FRANCHE_COMTE, {"departement": "69"}, 0),
        (BOURGOGNE_FRANCHE_COMTE, {"country": "JP"}, 0),
        (TERRITOIRE_DE_BELFORT, {"departement": "90"}, 1),
        (TERRITOIRE_DE_BELFORT, {"departement": "25"}, 0),
        (TERRITOIRE_DE_BELFORT, {"region": "27"}, -1),
        (TERRITOIRE_DE_BELFORT, {"region": "84"}, 0),
        (TERRITOIRE_DE_BELFORT, {"country": "FR"}, -1),
        (BELFORT_100, {"lat": 47.2378, "lon": 6.0241}, 1),  # Besançon, 77 km
        (BELFORT_100, {"lat": 48.8566, "lon": 2.3522}, 0),  # Paris
        (BELFORT_100, {"country": "FR", "departement": "90"}, 1),
        (BELFORT_100, {"country": "FR", "departement": "13"}, 0),
        (BELFORT_100, {"country": "FR", "departement": "25"}, -1),
        (BELFORT_100, {"country": "FR", "region": "93"}, 0),
        (BELFORT_100, {"country": "FR"}, -1),
        (BELFORT_100, {"country": "CN"}, 0),
        (BELFORT_100, {"country": "US"}, 0),
        (BELFORT_100, {"country": "RE"}, 0),
        (BELFORT_100, {"country": "DE"}, -1),
        (BELFORT_100, {"country": "CH"}, -1),
        (BELFORT_100, {}, -1),
    ],
)
def test_a_site_is_placed_as_well_as_it_is_known(territory, site, expected) -> None:
    assert member(territory, **site) == expected


def test_a_circle_outside_france_says_nothing_of_countries_without_a_point() -> None:
    shenzhen = Territory(TerritoryKind.RADIUS, "", 22.54, 114.06, 100.0)
    assert member(shenzhen, country="CN") == -1
    assert member(shenzhen, country="DE") == -1


def test_a_long_circle_may_reach_what_a_short_one_cannot() -> None:
    long = Territory(TerritoryKind.RADIUS, "90010", 47.6379, 6.8629, 800.0)
    assert member(long, country="PL") == -1
    assert member(BELFORT_100, country="PL") == 0


def test_a_radius_needs_a_centre() -> None:
    with pytest.raises(ValueError, match="centre"):
        member(Territory(TerritoryKind.RADIUS, "90010", km=100.0), country="FR")


def test_no_territory_and_no_site_give_empty_tables() -> None:
    sites = pl.DataFrame({"country": ["FR"]})
    assert place_membership(sites, []).shape == (1, 0)
    assert place_membership(sites.head(0), [FRANCE, BELFORT_100]).shape == (0, 2)
