"""The commune table: counts, well-known facts, the oracle, and each commune found again by its own words."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillon.core.place import Place
from maillon.reference.builders.commune_points import territory_box
from maillon.reference.places import locate, locate_many
from maillon.reference.places.communes import commune, communes_at, communes_named
from maillon.reference.places.distance import distance_km
from maillon.reference.places.divisions import (
    country_of_departement,
    departement_at,
    departement_named,
    departements,
    region_named,
    regions,
)
from maillon.reference.tables import read_table

COMMUNES = read_table("places/data/communes.parquet")
SERVED = COMMUNES.filter(pl.col("codes_postaux").list.len() > 0)
ROWS = SERVED.select("code_insee", "nom", "codes_postaux").rows()


def test_counts_of_communes_and_points():
    assert COMMUNES.height == 35_014
    counts = dict(COMMUNES["origine_point"].value_counts().iter_rows())
    # 291 town halls of the source are wrong: 222 give way to the outline (2 of them are NaN there), 69 had
    # lost the sign of their longitude
    assert counts == {"mairie": 34_571, "mairie, signe corrigé": 69, "bbox": 276, None: 98}
    assert COMMUNES["code_insee"].n_unique() == 35_014


def test_every_point_lies_in_its_territory():
    placed = COMMUNES.drop_nulls("lat")
    assert placed.select(pl.col("lat", "lon").is_nan().any()).row(0) == (False, False)
    outside = [
        code
        for code, lat, lon in placed.select("code_insee", "lat", "lon").rows()
        if not territory_box(code).holds(lat, lon)
    ]
    assert outside == []


def test_no_point_lies_far_from_those_of_its_departement():
    middle = pl.col("lat", "lon").median().over("departement").name.suffix("_middle")
    placed = COMMUNES.drop_nulls("lat").filter(pl.col("departement") != "973").with_columns(middle)
    km = distance_km(placed["lat"], placed["lon"], placed["lat_middle"], placed["lon_middle"])
    assert km.max() < 110  # French Guiana alone is wider


@pytest.mark.parametrize(
    ("code", "lat", "lon", "origin"),
    [
        ("97129", 16.33, -61.70, "mairie, signe corrigé"),  # the source says 61.70 east
        ("29044", 48.22, -4.17, "mairie, signe corrigé"),
        ("60192", 49.59, 2.91, "bbox"),  # the source writes the latitude twice
        ("56098", 47.77, -3.33, "bbox"),  # the source has no numbers
        ("01173", 46.35, 6.05, "bbox"),  # the source has another place of the name
        ("90010", 47.64, 6.86, "mairie"),
    ],
)
def test_wrong_town_halls_are_corrected(code, lat, lon, origin):
    row = COMMUNES.filter(code_insee=code).select("lat", "lon", "origine_point").row(0)
    assert row == (pytest.approx(lat, abs=0.01), pytest.approx(lon, abs=0.01), origin)


def test_every_commune_lies_in_a_known_departement_of_a_known_region():
    assert set(COMMUNES["departement"]) <= set(departements())
    for division in departements().values():
        assert division.region in regions()
    assert len(departements()) == 109
    assert len(regions()) == 26


def test_well_known_communes():
    belfort = commune("90010")
    assert (belfort.name, belfort.departement, belfort.region, belfort.postcodes) == (
        "Belfort",
        "90",
        "27",
        ("90000",),
    )
    assert belfort.lat == pytest.approx(47.6386, abs=1e-3)
    assert belfort.lon == pytest.approx(6.8628, abs=1e-3)
    assert commune("75056").population > 2_000_000
    assert commune("99999") is None


def test_the_table_equals_the_oracle_but_for_wrong_points(oracle):
    expected = pl.read_csv(oracle("communes_2026.csv"), infer_schema=False).fill_null("")
    ours = COMMUNES.drop("key").with_columns(
        pl.col("codes_postaux").list.join(" "),
        *(pl.col(c).cast(pl.String).fill_null("") for c in ("population", "origine_point")),
    )
    texts = ["code_insee", "nom", "departement", "region", "population", "codes_postaux"]
    theirs = expected.sort("code_insee")
    assert ours.select(texts).equals(theirs.select(texts))
    kept = ours["origine_point"] == theirs["origine_point"]
    assert (~kept).sum() == 291
    for axis in ("lat", "lon"):
        known = theirs[axis].replace("", None).cast(pl.Float64).filter(kept)
        assert known.is_null().equals(ours[axis].filter(kept).is_null())
        assert (known - ours[axis].filter(kept)).abs().max() <= 1.01e-5


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(ROWS), st.data())
def test_name_and_postcode_give_the_commune_itself(row, data):
    code, name, postcodes = row
    postcode = data.draw(st.sampled_from(postcodes))
    same = [found.code for found in communes_at(postcode) if found in communes_named(name)]
    found = locate(f"{postcode} {name.upper()}")
    if same == [code]:
        assert found is not None
        assert found.commune == code
    else:  # two communes of one name and one postcode: nothing is chosen
        assert found is None or found.commune is None or found.commune == code


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(ROWS))
def test_a_bare_name_is_never_attributed_to_another_commune(row):
    code, name, _ = row
    found = locate(name)
    if found is not None and found.commune is not None:
        assert found.commune == code


def test_every_commune_with_its_postcode_is_found_in_its_departement():
    texts = (SERVED["codes_postaux"].list.last() + " " + SERVED["nom"]).rename("site")
    assert locate_many(texts)["departement"].equals(SERVED["departement"])


def test_a_commune_without_a_point_takes_its_neighbours_middle():
    celles = commune("15031")
    neighbours = [found for found in communes_at("15170") if found.code not in ("15031", "15035", "15171")]
    assert COMMUNES.filter(code_insee="15031")["lat"].item() is None
    assert min(n.lat for n in neighbours) <= celles.lat <= max(n.lat for n in neighbours)


def test_former_communes_give_the_one_that_holds_them_now():
    assert [found.code for found in communes_named("Arbignieu")] == ["01015"]


@pytest.mark.parametrize(
    ("postcode", "code"),
    [("90000", "90"), ("25042", "25"), ("20000", "2A"), ("20290", "2B"), ("97400", "974"), ("98800", "988")],
)
def test_departement_of_a_postcode(postcode, code):
    assert departement_at(postcode).code == code


def test_departement_of_no_postcode():
    assert departement_at("00100") is None
    assert departement_at("96100") is None


def test_divisions_by_name():
    assert departement_named("territoire de belfort").code == "90"
    assert departement_named("LA REUNION").code == "974"
    assert departement_named("Belfort") is None
    assert region_named("bourgogne franche comte").code == "27"
    assert region_named("Région Bretagne").code == "53"
    assert region_named("Nord-Pas-de-Calais").name == "Hauts-de-France"
    assert {region_named(region.name) for region in regions().values()} == set(regions().values())


def test_overseas_collectivities_are_not_france():
    assert country_of_departement("971") == "FR"
    assert locate("98800 Nouméa") == Place("NC", "988", "988", "98818")
