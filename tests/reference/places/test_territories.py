import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillon.core.errors import InvalidRequest
from maillon.core.place import EU, EUROPE, FRANCE, WORLD
from maillon.language import render
from maillon.reference.places import resolve_territory, territory_name
from maillon.reference.places.divisions import departements, regions
from maillon.reference.tables import read_table


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("FR", "country:FR"),
        ("france", "country:FR"),
        ("eu", "eu"),
        ("UE", "eu"),
        ("Union européenne", "eu"),
        ("europe", "europe"),
        ("monde", "world"),
        ("region:27", "region:27"),
        ("Région : Bretagne", "region:53"),
        ("Bourgogne-Franche-Comté", "region:27"),
        ("Franche-Comté", "region:27"),
        ("90", "departement:90"),
        ("2a", "departement:2A"),
        ("Doubs", "departement:25"),
        ("departement:974", "departement:974"),
        ("Allemagne", "country:DE"),
        ("country:DE", "country:DE"),
        ("100km:Belfort", "radius:90010:100"),
        ("radius:90010:100", "radius:90010:100"),
        ("100 km autour de Belfort", "radius:90010:100"),
        ("50,5 km around 25000 Besançon", "radius:25056:50.5"),
    ],
)
def test_what_people_type(written, key):
    assert resolve_territory(written).key == key


def test_zones_are_the_words_of_the_core():
    assert [resolve_territory(text) for text in ("FR", "eu", "europe", "world")] == [
        FRANCE,
        EU,
        EUROPE,
        WORLD,
    ]


def test_a_circle_has_the_point_of_its_commune():
    circle = resolve_territory("100km:Belfort")
    assert (circle.km, circle.lat, circle.lon) == (
        100.0,
        pytest.approx(47.6386, abs=1e-3),
        pytest.approx(6.8628, abs=1e-3),
    )


@pytest.mark.parametrize(
    "code", [*(f"region:{code}" for code in regions()), *(f"departement:{code}" for code in departements())]
)
def test_every_key_names_its_territory(code):
    assert resolve_territory(code).key == code
    assert territory_name(resolve_territory(code), "fr")


@settings(deadline=None)  # the first example reads a table
@given(
    st.sampled_from(read_table("places/data/communes.parquet").drop_nulls("lat")["code_insee"].to_list()),
    st.integers(1, 2000),
)
def test_every_circle_resolves_from_its_own_key(code, km):
    circle = resolve_territory(f"radius:{code}:{km}")
    assert circle.key == f"radius:{code}:{km}"
    assert resolve_territory(circle.key) == circle


@pytest.mark.parametrize(
    "written",
    ["", "Atlantide", "region:99", "departement:00", "100km:Saint-Denis", "0km:Belfort", "country:Atlantide"],
)
def test_nonsense_is_refused_with_a_hint_in_french(written):
    with pytest.raises(InvalidRequest) as refusal:
        resolve_territory(written)
    french = render(refusal.value.what, "fr")
    assert french != render(refusal.value.what, "en")


def test_the_hint_shows_how_to_name_one_commune():
    with pytest.raises(InvalidRequest) as refusal:
        resolve_territory("100km:Saint-Denis")
    assert "Saint-Denis (93)" in str(refusal.value.hint)
    assert resolve_territory("100km:Saint-Denis (93)").code == "93066"


def test_names_for_people():
    assert territory_name(FRANCE, "fr") == "France"
    assert territory_name(EU, "fr") == "Union européenne"
    assert territory_name(WORLD, "fr") == "Monde"
    assert territory_name(resolve_territory("DE"), "fr") == "Allemagne"
    assert territory_name(resolve_territory("27"), "fr") == "Eure"
    assert (
        territory_name(resolve_territory("100km:Belfort"), "fr")
        == "Belfort (rayon de 100\N{NO-BREAK SPACE}km)"
    )
    assert territory_name(resolve_territory("50,5km:Épinal"), "en") == "50.5 km around Épinal"
