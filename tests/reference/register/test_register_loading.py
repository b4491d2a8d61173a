"""The columns of a snapshot out of official files, on Polars unless said otherwise."""

import datetime as dt

import polars as pl
import pytest

from factories.register import siret_of
from factories.sirene import NOTHING_BESIDE, former, load, points, save, sites, units
from maillon.reference.register.loading.layouts import SITES, UNITS
from maillon.reference.register.schema import ESTABLISHMENTS

A, B, C, D = (siret_of(number) for number in (11_111_111, 22_222_222, 33_333_333, 44_444_444))


@pytest.fixture
def loaded(tmp_path):
    """Load one establishment with its legal unit and return its row."""

    def load_one(site=None, unit=None, point=None):
        files = [
            save(sites({"siret": A, **(site or {})}), tmp_path / "s.parquet"),
            save(units({"siren": A[:9], **(unit or {})}), tmp_path / "u.parquet"),
        ]
        if point is not None:
            files.append(save(points({"siret": A, **point}), tmp_path / "p.parquet"))
        return load(tmp_path, *files).row(0, named=True)

    return load_one


def test_a_plain_establishment_has_every_column(loaded):
    assert loaded(point={"y_latitude": "47.6401", "x_longitude": "6.8602"}) == {
        "siret": A,
        "siren": A[:9],
        "head_office": True,
        "name": "ATELIER DES LILAS",
        "legal_name": "ATELIER DES LILAS",
        "trade_names": [],
        "acronym": None,
        "natural_person": False,
        "address": "12 RUE DES LILAS",
        "postcode": "90000",
        "commune": "90010",
        "commune_name": "BELFORT",
        "departement": "90",
        "region": "27",
        "lat": 47.6401,
        "lon": 6.8602,
        "point_source": "address",
        "naf": "25.62B",
        "naf25": None,
        "headcount_band": "12",
        "headcount_low": 20,
        "headcount_high": 49,
        "category": "PME",
        "legal_form": "5710",
        "created": dt.date(2001, 5, 17),
        "active": True,
        "employer": True,
        "masked": False,
        "insolvency": None,
        "predecessor": None,
    }


def test_names_come_from_both_files_without_repeats(loaded):
    row = loaded(
        {"enseigne1": "LE TOUR", "enseigne2": " LE TOUR ", "denominationUsuelle": "TOURNAGE LILAS"},
        {"denominationUsuelle1": "LE TOUR", "denominationUsuelle2": "LILAS 2", "sigle": "ADL"},
    )
    assert row["name"] == "TOURNAGE LILAS"
    assert row["trade_names"] == ["LE TOUR", "TOURNAGE LILAS", "LILAS 2"]
    assert row["acronym"] == "ADL"


def test_a_person_is_named_by_usual_names_and_shown_by_the_shop_sign(loaded):
    person = {"categorieJuridique": "1000", "denomination": None, "nom": "MARTIN", "nomUsage": "PETIT"}
    row = loaded({"enseigne1": "LA FORGE"}, {**person, "prenom1": "JEANNE", "prenomUsuel": "LOU"})
    assert (row["name"], row["legal_name"], row["natural_person"]) == ("LA FORGE", "LOU PETIT", True)
    bare = loaded({}, {**person, "nomUsage": None, "prenom1": "JEANNE"})
    assert bare["name"] == bare["legal_name"] == "JEANNE MARTIN"


def test_a_first_name_alone_is_no_legal_name(loaded):
    row = loaded({"enseigne1": "LA FORGE"}, {"denomination": None, "prenom1": "JEANNE"})
    assert (row["legal_name"], row["name"]) == (None, "LA FORGE")


@pytest.mark.parametrize("column", ["site", "unit"])
def test_masked_shows_neither_name_nor_address_nor_precise_point(loaded, column):
    row = loaded(
        {
            "enseigne1": "LA FORGE",
            "coordonneeLambertAbscisse": "987000",
            "coordonneeLambertOrdonnee": "6731000",
            **({"statutDiffusion": "P"} if column == "site" else {}),
        },
        {"denomination": "[ND]", "nom": "MARTIN", **({"statutDiffusion": "P"} if column == "unit" else {})},
        {"y_latitude": "47.7", "x_longitude": "6.9"},
    )
    told = ("masked", "name", "legal_name", "trade_names", "acronym", "address", "commune", "point_source")
    assert [row[name] for name in told] == [True, None, None, [], None, None, "90010", "commune"]
    assert (round(row["lat"], 2), round(row["lon"], 2)) == (47.64, 6.86)


def test_hidden_values_are_unknown_even_where_not_masked(loaded):
    row = loaded({"libelleVoie": "[ND]", "numeroVoie": "[ND]", "codePostal": "[ND]"})
    assert (row["address"], row["postcode"]) == ("RUE", None)


def test_the_address_is_one_line(loaded):
    row = loaded(
        {
            "indiceRepetition": "B",
            "dernierNumeroVoie": "14",
            "complementAdresse": "ZI NORD",
            "distributionSpeciale": "BP 7",
        }
    )
    assert row["address"] == "12B-14 RUE DES LILAS, ZI NORD, BP 7"


def test_abroad_has_a_town_but_no_french_place(loaded):
    abroad = dict.fromkeys(("codeCommune", "libelleCommune", "codePostal"))
    row = loaded({**abroad, "libelleCommuneEtranger": "MUNICH", "libellePaysEtranger": "ALLEMAGNE"})
    assert (row["commune_name"], row["address"]) == ("MUNICH", "12 RUE DES LILAS, ALLEMAGNE")
    places = ("commune", "departement", "region", "lat", "lon", "point_source")
    assert [row[name] for name in places] == [None] * 6


@pytest.mark.parametrize(
    ("commune", "departement", "region"),
    [("2A004", "2A", "94"), ("97411", "974", "04"), ("75056", "75", "11"), ("13201", "13", "93")],
)
def test_departement_and_region_follow_from_the_commune(loaded, commune, departement, region):
    row = loaded({"codeCommune": commune})
    assert (row["commune"], row["departement"], row["region"]) == (commune, departement, region)
    assert row["point_source"] == "commune"


def test_a_former_commune_is_that_of_today(loaded):
    former_code = pl.read_parquet("src/maillon/reference/places/data/former_communes.parquet")
    today = pl.read_parquet("src/maillon/reference/places/data/communes.parquet")["code_insee"]
    gone = former_code.filter(~pl.col("code_insee").is_in(today.to_list())).row(0, named=True)
    assert loaded({"codeCommune": gone["code_insee"]})["commune"] == gone["commune"]


def test_an_unknown_commune_keeps_its_code_without_a_point(loaded):
    row = loaded({"codeCommune": "90999"})
    assert (row["commune"], row["departement"], row["region"]) == ("90999", "90", "27")
    assert (row["lat"], row["lon"], row["point_source"]) == (None, None, None)


def test_a_random_point_in_the_commune_is_the_communes(loaded):
    row = loaded(point={"y_latitude": "47.70", "x_longitude": "6.90", "qualite_xy": "33"})
    assert (row["point_source"], round(row["lat"], 2)) == ("commune", 47.64)


def test_old_geolocation_is_projected_from_lambert(loaded):
    row = loaded(point={"x": "700000.0", "y": "6600000.0", "y_latitude": None})
    assert (row["lat"], row["lon"], row["point_source"]) == (46.5, 3.0, "address")


def test_local_coordinates_overseas_are_not_taken_for_lambert(loaded):
    local = {"coordonneeLambertAbscisse": "700000", "coordonneeLambertOrdonnee": "6600000"}
    assert loaded({"codeCommune": "97411", **local})["point_source"] == "commune"
    assert loaded(local)["lat"] == 46.5


@pytest.mark.parametrize(
    "degrees", [("95", "6.8"), ("0", "0"), ("abc", "6.8"), ("NaN", "6.8"), (None, "6.8")]
)
def test_senseless_degrees_are_no_point(loaded, degrees):
    row = loaded(point={"y_latitude": degrees[0], "x_longitude": degrees[1]})
    assert row["point_source"] == "commune"


@pytest.mark.parametrize(
    ("code", "nomenclature", "naf", "naf25"),
    [
        ("25.62B", "NAFRev2", "25.62B", None),
        ("2562B", "NAFRev2", "25.62B", None),
        ("28.5D", "NAFRev1", None, None),
        ("28.5A", "NAF1993", None, None),
        ("25.53Y", "NAF25", None, "25.53Y"),
        ("00.00", "NAFRev2", None, None),
        (None, "NAFRev2", None, None),
    ],
)
def test_only_naf_rev2_is_a_naf_code(loaded, code, nomenclature, naf, naf25):
    row = loaded({"activitePrincipale": code, "nomenclatureActivitePrincipale": nomenclature})
    assert (row["naf"], row["naf25"]) == (naf, naf25)


def test_both_activity_codes_are_kept(loaded):
    row = loaded({"activitePrincipaleNAF25": "25.53Y"})
    assert (row["naf"], row["naf25"]) == ("25.62B", "25.53Y")


@pytest.mark.parametrize(
    ("band", "low", "high"),
    [
        ("NN", None, None),
        (None, None, None),
        ("00", 0, 0),
        ("01", 1, 2),
        ("42", 1000, 1999),
        ("53", 10000, None),
    ],
)
def test_bands_are_bounds(loaded, band, low, high):
    row = loaded({"trancheEffectifs": band})
    assert (row["headcount_band"], row["headcount_low"], row["headcount_high"]) == (band, low, high)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-02-29", dt.date(2024, 2, 29)),
        ("1900-01-01", dt.date(1900, 1, 1)),
        ("2023-02-29", None),
        ("2023-04-31", None),
        ("17/05/2001", None),
    ],
)
def test_days_that_do_not_exist_are_unknown(loaded, written, day):
    assert loaded({"dateCreation": written})["created"] == day


def test_a_closed_establishment_and_unsaid_things(loaded):
    row = loaded({"etatAdministratif": "F", "caractereEmployeur": None, "etablissementSiege": None})
    assert (row["active"], row["employer"], row["head_office"]) == (False, None, None)


def test_a_missing_unit_leaves_unknown(tmp_path):
    rows = load(
        tmp_path,
        save(sites({"siret": A, "enseigne1": "LA FORGE"}), tmp_path / "s.parquet"),
        save(units({"siren": B[:9]}), tmp_path / "u.parquet"),
    )
    row = rows.row(0, named=True)
    assert (row["name"], row["legal_name"], row["natural_person"], row["masked"]) == (
        "LA FORGE",
        None,
        None,
        False,
    )


SCOPED = [
    ({"siret": siret_of(1)}, {}),
    ({"siret": siret_of(2), "etatAdministratif": "F"}, {}),
    ({"siret": siret_of(3), "activitePrincipale": "47.11F"}, {}),
    ({"siret": siret_of(4), "caractereEmployeur": "N"}, {"categorieJuridique": "1000"}),
    ({"siret": siret_of(5), "caractereEmployeur": "O"}, {"categorieJuridique": "1000"}),
    ({"siret": siret_of(6), "caractereEmployeur": None}, {"categorieJuridique": "5499"}),
    ({"siret": siret_of(7), "activitePrincipale": "46.69B"}, {}),
    ({"siret": siret_of(8), "activitePrincipale": "71.12B"}, {}),
    ({"siret": siret_of(9), "nomenclatureActivitePrincipale": "NAFRev1"}, {}),
    ({"siret": siret_of(10), "activitePrincipale": "41.20A"}, {}),
]


@pytest.mark.parametrize(
    ("scope", "kept"), [("industry", [1, 5, 6, 7, 8]), ("active", [1, *range(3, 11)]), ("all", range(1, 11))]
)
def test_scopes(tmp_path, scope, kept):
    site, unit = zip(*SCOPED, strict=True)
    files = (
        save(sites(*site), tmp_path / "s.csv"),
        save(units(*({"siren": s["siret"][:9], **u} for s, u in SCOPED)), tmp_path / "u.csv"),
    )
    assert len(unit) == 10
    assert load(tmp_path, *files, scope=scope)["siret"].to_list() == [siret_of(number) for number in kept]


def test_rows_are_in_order_each_once_and_false_numbers_left_out(tmp_path):
    files = (
        save(
            sites({"siret": C}, {"siret": A}, {"siret": B}, {"siret": A}, {"siret": "123"}),
            tmp_path / "s.csv",
        ),
        save(units(*({"siren": one[:9]} for one in (A, B, C))), tmp_path / "u.csv"),
    )
    rows = load(tmp_path, *files)
    assert rows["siret"].to_list() == [A, B, C]
    assert rows.schema == pl.Schema(ESTABLISHMENTS)


FORMS = ["s.parquet", "s.csv", "s.csv.gz", "s.csv.zip"]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("layout", ["former", "current"])
def test_every_form_and_layout_gives_the_same_rows(tmp_path, name, layout):
    tables = [sites({"siret": A}, {"siret": B, "enseigne1": 'LE "TOUR", ET\nFILS'}), units({"siren": A[:9]})]
    if layout == "former":
        tables = [former(tables[0], SITES), former(tables[1], UNITS)]
    plain = load(tmp_path, save(tables[0], tmp_path / "x.parquet"), save(tables[1], tmp_path / "y.parquet"))
    files = [save(tables[0], tmp_path / name), save(tables[1], tmp_path / f"u{name[1:]}")]
    assert load(tmp_path, *files).equals(plain)
    assert plain["name"].to_list() == ["ATELIER DES LILAS", 'LE "TOUR", ET\nFILS']


def test_columns_are_found_by_name_in_any_place(tmp_path):
    table = sites({"siret": A})
    turned = table.select(reversed(table.columns)).with_columns(novelty=pl.lit("x"))
    unit = save(units({"siren": A[:9]}), tmp_path / "u.csv")
    straight = load(tmp_path, save(table, tmp_path / "s.csv"), unit)
    assert load(tmp_path, save(turned, tmp_path / "t.csv", separator=";"), unit).equals(straight)


def test_typed_parquet_is_read_like_text(tmp_path):
    text = sites(
        {"siret": A, "coordonneeLambertAbscisse": "987000.5", "coordonneeLambertOrdonnee": "6731000"}
    )
    typed = text.with_columns(
        pl.col("etablissementSiege") == "true",
        pl.col("dateCreationEtablissement").str.to_date(),
        pl.col("dateDernierTraitementEtablissement").str.to_datetime(),
        pl.col("^coordonneeLambert.*$").cast(pl.Float64),
        pl.col("nombrePeriodesEtablissement").cast(pl.Int64),
    )
    unit = save(units({"siren": A[:9]}), tmp_path / "u.parquet")
    plain = load(tmp_path, save(text, tmp_path / "s.parquet"), unit)
    assert load(tmp_path, save(typed, tmp_path / "t.parquet"), unit).equals(plain)
    assert plain["point_source"].to_list() == ["address"]


def test_takeovers_and_insolvencies_are_joined(tmp_path):
    beside = {
        "predecessors": pl.DataFrame({"siret": [A], "predecessor": [C]}),
        "insolvencies": pl.DataFrame({"siren": [B[:9]], "insolvency": [dt.date(2026, 3, 1)]}),
    }
    files = (
        save(sites({"siret": A}, {"siret": B}), tmp_path / "s.csv"),
        save(units({"siren": A[:9]}), tmp_path / "u.csv"),
    )
    rows = load(tmp_path, *files, beside=NOTHING_BESIDE | beside)
    assert rows["predecessor"].to_list() == [C, None]
    assert rows["insolvency"].to_list() == [None, dt.date(2026, 3, 1)]
