import datetime as dt

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from maillon.core.place import EUROPE, FRANCE, Territory, TerritoryKind
from maillon.reference.places import (
    countries_of,
    country_name,
    is_country_code,
    resolve_country,
    zone_countries,
)
from maillon.reference.places.countries import counts_as, named_country
from maillon.reference.places.zones import eea_countries
from maillon.reference.tables import read_table

COUNTRIES = read_table("places/data/countries.parquet")
CODES = COUNTRIES["code"].to_list()

# Typed by people for a country, but as often for "unknown": no country at all.
AMBIGUOUS_CODES = {"NA", "NC", "NR", "SO"}


def test_countries_are_the_249_of_iso_3166_and_kosovo():
    assert len(CODES) == 250
    assert "XK" in CODES
    assert not {"EU", "UK", "AC", "XI", "ZZ"} & set(CODES)
    assert COUNTRIES.filter(code="DE")["alpha3"].item() == "DEU"
    assert COUNTRIES.filter(code="CD")["alpha3"].item() == "COD"
    assert COUNTRIES["alpha3"].n_unique() == 250


@pytest.mark.parametrize("language", ["fr", "en", "de", "es", "it", "nl", "pt", "pl", "sv"])
def test_every_cldr_name_resolves_to_its_code(language):
    names = Locale(language).territories
    wrong = {names[code]: named_country(names[code]) for code in CODES if named_country(names[code]) != code}
    assert wrong == {}


def test_every_code_resolves_to_its_country():
    for code, alpha3 in COUNTRIES.select("code", "alpha3").rows():
        assert resolve_country(alpha3) == counts_as(code)
        assert resolve_country(code) == (None if code in AMBIGUOUS_CODES else counts_as(code))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Chine", "CN"),
        ("CHINE (RPC)", "CN"),
        ("P.R.C.", "CN"),
        ("Made in China", "CN"),
        ("Made in P.R.C.", "CN"),
        ("CN - Chine", "CN"),
        ("RFA", "DE"),
        ("R.F.A.", "DE"),
        ("U.K.", "GB"),
        ("Grande-Bretagne", "GB"),
        ("Tchéquie", "CZ"),
        ("Rép. tchèque", "CZ"),
        ("Corée du Sud", "KR"),
        ("Korea, Republic of", "KR"),
        ("Taïwan", "TW"),
        ("Taiwan, Province of China", "TW"),
        ("Hong Kong (Chine)", "HK"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("Etats Unis", "US"),
        ("ETATS-UNIS D’AMÉRIQUE", "US"),
        ("Pays Bas", "NL"),
        ("Deutschland", "DE"),
        ("España", "ES"),
        ("Svizzera", "CH"),
        ("Duitsland", "DE"),
        ("VIET NAM", "VN"),
        ("Turkey", "TR"),
        ("Oesterreich", "AT"),
        ("EE.UU.", "US"),
        ("Royaume de Belgique", "BE"),
        ("Chine, République populaire de", "CN"),
        ("China, People's Republic of", "CN"),
        ("Congo, Rép. dém. du", "CD"),
        ("Principauté de Monaco", "MC"),
        ("EL", "GR"),
        ("Congo", "CG"),
        ("RDC", "CD"),
        ("XI", "GB"),
        ("France métropolitaine", "FR"),
        ("Fabriqué en Italie", "IT"),
        ("Origine : Chine", "CN"),
        ("FR / France", "FR"),
    ],
)
def test_what_people_type(written, code):
    assert resolve_country(written) == code


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "-",
        "n/a",
        "N.C.",
        "NC",
        "S.A.",
        "Europe",
        "UE",
        "inconnu",
        "France/Chine",
        "R.U.",
        "D",
        "Asie",
    ],
)
def test_what_names_no_single_country(written):
    assert resolve_country(written) is None


@settings(deadline=None)  # the first example reads a table
@given(st.text(max_size=40))
def test_any_text_gives_a_code_or_none(text):
    code = resolve_country(text)
    assert code is None or is_country_code(code)


def test_overseas_departements_count_as_france():
    for name in ("Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte", "RE"):
        assert resolve_country(name) == "FR"
    assert resolve_country("Polynésie française") == "PF"
    assert countries_of(FRANCE) == {"FR", "GF", "GP", "MQ", "RE", "YT"}


def test_names_in_both_languages():
    assert country_name("CZ", "fr") == "Tchéquie"
    assert country_name("CZ", "en") == "Czechia"
    assert country_name("QQ", "fr") == "QQ"


def test_zones_hold_one_another():
    union, europe, world = (
        zone_countries(kind) for kind in (TerritoryKind.EU, TerritoryKind.EUROPE, TerritoryKind.WORLD)
    )
    assert countries_of(FRANCE) < union < europe < world
    assert union < eea_countries() < europe
    assert len(world) == 250
    assert {"GB", "CH", "NO", "RU", "UA", "XK", "CY"} <= europe
    assert not {"TR", "GE", "US", "NC"} & europe
    assert countries_of(EUROPE) == europe
    assert countries_of(Territory(TerritoryKind.REGION, "27")) is None


def test_the_union_through_time():
    members = {
        dt.date(1958, 1, 1): 6,
        dt.date(1973, 1, 1): 9,
        dt.date(1981, 1, 1): 10,
        dt.date(1986, 1, 1): 12,
        dt.date(1995, 1, 1): 15,
        dt.date(2004, 5, 1): 25,
        dt.date(2007, 1, 1): 27,
        dt.date(2013, 7, 1): 28,
        dt.date(2020, 1, 31): 28,
        dt.date(2020, 2, 1): 27,
    }
    parts = {"AX", "GF", "GP", "MF", "MQ", "RE", "YT"}
    for day, number in members.items():
        assert len(zone_countries(TerritoryKind.EU, day) - parts) == number


def test_a_region_is_no_zone_of_countries():
    with pytest.raises(ValueError, match="not a zone"):
        zone_countries(TerritoryKind.REGION)
