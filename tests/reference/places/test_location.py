import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillon.core.place import Place
from maillon.reference.places import locate, locate_many
from maillon.reference.places.countries import is_country_code


@pytest.mark.parametrize(
    ("written", "commune"),
    [
        ("Besançon (25)", "25056"),
        ("25000 Besançon", "25056"),
        ("25 000 Besançon", "25056"),
        ("BESANCON 25000", "25056"),
        ("25042 BESANCON CEDEX", "25056"),
        ("12 rue de la Gare, 25000 Besançon, France", "25056"),
        ("Besancon, Doubs, France", "25056"),
        ("FR-25000 BESANCON", "25056"),
        ("BELFORT", "90010"),
        ("F-90000 Belfort", "90010"),
        ("Belfort 90", "90010"),
        ("ZI Nord - 90000 BELFORT CEDEX 9", "90010"),
        ("Belfort\nFrance", "90010"),
        ("Lyon", "69123"),
        ("69003 Lyon", "69123"),
        ("Lyon 3e", "69383"),
        ("LYON 03", "69383"),
        ("Lyon (69)", "69123"),
        ("Marseille 13", "13055"),
        ("Paris", "75056"),
        ("Paris 13ème", "75113"),
        ("75013 PARIS", "75056"),
        ("Dole, Jura", "39198"),
        ("Dole (39)", "39198"),
        ("Saint-Denis (974)", "97411"),
        ("ST DENIS 93", "93066"),
        ("97400 Saint-Denis, La Réunion", "97411"),
        ("Chalon s/ Saône", "71076"),
        ("Chalon/Saône (71)", "71076"),
        ("HAVRE (LE)", "76351"),
        ("72000 Mans", "72181"),
        ("Le Mans", "72181"),
        ("Ajaccio 2A", "2A004"),
        ("LYON CEDEX 03", "69123"),
        ("FR-Belfort", "90010"),
        ("France/Belfort", "90010"),
        ("FRANCE - BELFORT", "90010"),
        ("38 - Grenoble", "38185"),
        ("Nantes (Loire Atlantique)", "44109"),
        ("Oyonnax, Ain (01)", "01283"),
        ("16360 BORS (CANTON DE CHARENTE-SUD)", "16053"),
        ("Vienne (38)", "38544"),
        ("Laval, Mayenne", "53130"),
        ("92100 BOULOGNE BILLANCOURT", "92012"),
    ],
)
def test_french_sites(written, commune):
    found = locate(written)
    assert found is not None
    assert (found.country, found.commune) == ("FR", commune)
    assert found.lat is not None


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("Shenzhen, China", "CN"),
        ("Chine (Shenzhen)", "CN"),
        ("Dongguan Guangdong China", "CN"),
        ("Shenzhen", "CN"),
        ("D-70173 Stuttgart", "DE"),
        ("70173 Stuttgart", "DE"),
        ("Stuttgart DE", "DE"),
        ("Allemagne", "DE"),
        ("Italie - Milan", "IT"),
        ("Milano (IT)", "IT"),
        ("I-20121 Milano", "IT"),
        ("B-1000 Bruxelles", "BE"),
        ("CH 1200 Genève", "CH"),
        ("98000 Monaco", "MC"),
        ("Coventry CV1 2WT", "GB"),
        ("San Jose, CA 95112", "US"),
        ("Taipei, Taiwan", "TW"),
        ("Suisse", "CH"),
        ("Birmingham GB", "GB"),
        ("GB-London", "GB"),
        ("IT Milano", "IT"),
        ("Tokyo/Japan", "JP"),
        ("PRC/Shenzhen", "CN"),
        ("Vietnam - Hanoi", "VN"),
        ("Lausanne CH", "CH"),
        ("2400 Le Locle, Suisse", "CH"),
        ("Detroit USA", "US"),
        ("Casablanca, MA", "MA"),
        ("Indianapolis, IN", "US"),
        ("Naples, FL", "US"),
        ("Foxconn, Shenzhen", "CN"),
    ],
)
def test_foreign_sites_give_their_country_only(written, country):
    assert locate(written) == Place(country)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "  ",
        "stock",
        "n/a",
        "90",
        "90000",
        "12 avenue d'Italie",
        "Atlanta, Georgia",
        "Newark, New Jersey",
        "Naples, Florida",
        "Paris, Texas",
        "San Jose, CA",
        "Chine / Allemagne",
        "Chine/Taïwan",
        "Hors UE",
        "Siemens AG",
        "Dupont, SA",
        "Amadeus IT",
        "Saint-Martin",
        "ZA 25000",
        "99999 Nulle-Part",
        "Vienne",
        "Montréal",
        "Valencia",
    ],
)
def test_what_says_too_little_gives_nothing(written):
    assert locate(written) is None


def test_a_commune_beside_its_postcode_comes_before_a_country_of_its_name():
    assert locate("44110 SOUDAN").commune == "44199"
    assert locate("57340 Suisse").commune == "57662"
    assert locate("Soudan") == Place("SD")


def test_a_code_of_country_counts_after_a_city():
    assert locate("Besançon FR").commune == "25056"
    assert locate("BESANCON FR").commune == "25056"


def test_homonyms_keep_what_they_share():
    assert locate("Saint-Denis") == Place("FR")
    assert locate("Doubs") == Place("FR", "27", "25")
    assert locate("Mayenne") == Place("FR", "52", "53")


def test_divisions_are_places():
    assert locate("Bourgogne-Franche-Comté") == Place("FR", "27")
    assert locate("25 - Doubs") == Place("FR", "27", "25")
    assert locate("Ile de France") == Place("FR", "11")
    assert locate("Jura") == Place("FR", "27", "39")
    assert locate("FR - 90") == Place("FR", "27", "90")
    assert locate("Corse") == Place("FR", "94")
    assert locate("Guadeloupe") == Place("FR", "01", "971")
    assert locate("PARIS LA DEFENSE") == Place("FR", "11", "92")


def test_a_hint_settles_what_the_text_leaves_open():
    assert locate("90000", "France").departement == "90"
    assert locate("25", "FR") is not None
    assert locate("Parc technologique, Besançon", "FR").commune == "25056"
    assert locate("Vienne", "Autriche") == Place("AT")
    assert locate("Grenade", "ES") == Place("ES")
    assert locate("Belfort", "Chine") == Place("CN")
    assert locate("Shenzhen, China", "FR") == Place("CN")
    assert locate("inconnu", "FR") == Place("FR")
    assert locate("", "Allemagne") == Place("DE")


def test_many_texts_at_once_in_their_order():
    texts = pl.Series(["Belfort", None, "Chine", "inconnu", "Belfort", ""])
    found = locate_many(texts)
    assert found.columns == ["country", "region", "departement", "lat", "lon"]
    assert found["country"].to_list() == ["FR", None, "CN", None, "FR", None]
    assert found["departement"].to_list() == ["90", None, None, None, "90", None]
    assert found.row(0) == found.row(4)


def test_many_texts_with_their_hints():
    found = locate_many(pl.Series(["90000", "90000", None]), pl.Series(["FR", None, "Chine"]))
    assert found["country"].to_list() == ["FR", None, "CN"]


def test_no_text_at_all():
    found = locate_many(pl.Series([], dtype=pl.String))
    assert found.height == 0
    assert found.schema["lat"] == pl.Float64


@settings(deadline=None)  # the first example reads a table
@given(st.text(max_size=60), st.sampled_from([None, "FR", "Chine", "??"]))
def test_any_text_gives_a_place_with_a_country_or_nothing(text, hint):
    found = locate(text, hint)
    assert found is None or (found.country is not None and is_country_code(found.country))


@settings(deadline=None)  # the first example reads a table
@given(st.lists(st.sampled_from(["Belfort", "Chine", "", "90000 Belfort", None, "x"]), max_size=20))
def test_one_row_for_each_text(texts):
    found = locate_many(pl.Series(texts, dtype=pl.String))
    assert found.height == len(texts)
    one_by_one = [locate(text).country if text and locate(text) else None for text in texts]
    assert found["country"].to_list() == one_by_one
