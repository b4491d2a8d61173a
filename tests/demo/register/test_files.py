"""The files are what INSEE publishes: columns, order, types, keys, links between them."""

import csv
from pathlib import Path

import polars as pl
import pytest

from maillon.demo.register import RegisterFiles, write_register_files

SIZE = 6_000
ADDRESS = """complementAdresse numeroVoie indiceRepetition typeVoie libelleVoie codePostal libelleCommune
libelleCommuneEtranger distributionSpeciale codeCommune codeCedex libelleCedex codePaysEtranger
libellePaysEtranger"""
OPENING = """siren nic siret statutDiffusionEtablissement dateCreationEtablissement
trancheEffectifsEtablissement anneeEffectifsEtablissement activitePrincipaleRegistreMetiersEtablissement
dateDernierTraitementEtablissement etablissementSiege nombrePeriodesEtablissement"""
CLOSING = """dateDebut etatAdministratifEtablissement enseigne1Etablissement enseigne2Etablissement
enseigne3Etablissement denominationUsuelleEtablissement activitePrincipaleEtablissement
nomenclatureActivitePrincipaleEtablissement caractereEmployeurEtablissement"""
UNIT = """siren statutDiffusionUniteLegale unitePurgeeUniteLegale dateCreationUniteLegale sigleUniteLegale
sexeUniteLegale prenom1UniteLegale prenom2UniteLegale prenom3UniteLegale prenom4UniteLegale
prenomUsuelUniteLegale pseudonymeUniteLegale identifiantAssociationUniteLegale
trancheEffectifsUniteLegale anneeEffectifsUniteLegale dateDernierTraitementUniteLegale
nombrePeriodesUniteLegale categorieEntreprise anneeCategorieEntreprise dateDebut
etatAdministratifUniteLegale nomUniteLegale nomUsageUniteLegale denominationUniteLegale
denominationUsuelle1UniteLegale denominationUsuelle2UniteLegale denominationUsuelle3UniteLegale
categorieJuridiqueUniteLegale activitePrincipaleUniteLegale nomenclatureActivitePrincipaleUniteLegale
nicSiegeUniteLegale economieSocialeSolidaireUniteLegale caractereEmployeurUniteLegale"""
GEOLOCATION = """siret x y qualite_xy epsg plg_qp24 plg_iris plg_zus plg_qp15 plg_qva plg_code_commune
distance_precision qualite_qp24 qualite_iris qualite_zus qualite_qp15 qualite_qva y_latitude x_longitude"""
SUCCESSION = """siretEtablissementPredecesseur siretEtablissementSuccesseur dateLienSuccession transfertSiege
continuiteEconomique dateDernierTraitementLienSuccession"""
FORMER_ESTABLISHMENT = [
    *OPENING.split(),
    *(f"{name}Etablissement" for name in ADDRESS.split()),
    *(f"{name}2Etablissement" for name in ADDRESS.split()),
    *CLOSING.split(),
]
FORMER_UNIT = UNIT.split()
NEW_ESTABLISHMENT = {
    "dernierNumeroVoieEtablissement",
    "indiceRepetitionDernierNumeroVoieEtablissement",
    "identifiantAdresseEtablissement",
    "coordonneeLambertAbscisseEtablissement",
    "coordonneeLambertOrdonneeEtablissement",
    "activitePrincipaleNAF25Etablissement",
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> RegisterFiles:
    return write_register_files(tmp_path_factory.mktemp("current"), size=SIZE)


@pytest.fixture(scope="module")
def former(tmp_path_factory: pytest.TempPathFactory) -> RegisterFiles:
    return write_register_files(tmp_path_factory.mktemp("former"), size=SIZE, layout="former", form="csv")


def header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def luhn(number: str) -> bool:
    """Luhn's sum of the whole number, by its definition."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(sum(map(int, str(digit))) for digit in doubled) % 10 == 0


def test_former_layout_has_the_columns_of_insee_in_order(former):
    assert len(FORMER_ESTABLISHMENT) == 48
    assert len(FORMER_UNIT) == 33
    assert header(former.establishments) == FORMER_ESTABLISHMENT
    assert header(former.units) == FORMER_UNIT
    assert header(former.geolocation) == GEOLOCATION.split()
    assert header(former.successions) == SUCCESSION.split()


def test_current_layout_adds_its_columns_and_keeps_the_order_of_the_others(files):
    columns = pl.read_parquet_schema(files.establishments)
    assert len(columns) == 54
    assert [name for name in columns if name not in NEW_ESTABLISHMENT] == FORMER_ESTABLISHMENT
    assert list(columns)[-1] == "activitePrincipaleNAF25Etablissement"
    units = list(pl.read_parquet_schema(files.units))
    assert units == [
        *FORMER_UNIT[:-1],
        "societeMissionUniteLegale",
        "caractereEmployeurUniteLegale",
        "activitePrincipaleNAF25UniteLegale",
    ]


def test_parquet_has_the_types_of_insee(files):
    columns = dict(pl.read_parquet_schema(files.establishments))
    others = {name: kind for name, kind in columns.items() if kind != pl.String}
    assert others == {
        "dateCreationEtablissement": pl.Date,
        "anneeEffectifsEtablissement": pl.Int64,
        "dateDernierTraitementEtablissement": pl.Datetime("us"),
        "etablissementSiege": pl.Boolean,
        "nombrePeriodesEtablissement": pl.Int64,
        "dateDebut": pl.Date,
    }


def test_csv_says_what_parquet_says(files, former):
    same = [name for name in FORMER_ESTABLISHMENT if name != "dateDernierTraitementEtablissement"]
    text = pl.read_csv(former.establishments, infer_schema=False).select(same)
    typed = pl.read_parquet(files.establishments).select(pl.col(same).cast(pl.String))
    assert text.equals(typed)


def test_names_of_the_files_are_those_of_insee(files):
    assert [path.name for path in files.sources[:4]] == [
        "StockEtablissement_utf8.parquet",
        "StockUniteLegale_utf8.parquet",
        "GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.parquet",
        "StockEtablissementLiensSuccession_utf8.parquet",
    ]


def test_every_key_holds_and_none_comes_twice(files):
    table = pl.read_parquet(files.establishments)
    assert table.height == SIZE
    assert table["siret"].is_sorted()
    assert table["siret"].n_unique() == SIZE
    assert (table["siret"] == table["siren"] + table["nic"]).all()
    assert all(len(siret) == 14 and luhn(siret) and luhn(siret[:9]) for siret in table["siret"])


def test_each_firm_has_one_unit_and_one_head_office(files):
    sites, units = pl.read_parquet(files.establishments), pl.read_parquet(files.units)
    assert set(units["siren"]) == set(sites["siren"])
    assert units["siren"].n_unique() == units.height
    heads = sites.filter("etablissementSiege")
    assert heads.height == units.height
    assert dict(heads.select("siren", "nic").iter_rows()) == dict(
        units.select("siren", "nicSiegeUniteLegale").iter_rows()
    )


def test_closed_firms_have_no_open_establishment(files):
    sites, units = pl.read_parquet(files.establishments), pl.read_parquet(files.units)
    closed = units.filter(pl.col("etatAdministratifUniteLegale") == "C")["siren"]
    assert closed.len() > 100
    states = sites.filter(pl.col("siren").is_in(closed.implode()))["etatAdministratifEtablissement"]
    assert states.unique().to_list() == ["F"]


def test_points_and_links_are_of_establishments_of_the_stock(files):
    sites = pl.read_parquet(files.establishments)
    points, links = pl.read_parquet(files.geolocation), pl.read_parquet(files.successions)
    assert set(points["siret"]) <= set(sites["siret"])
    assert 0.80 < points.height / SIZE < 0.90
    state = dict(sites.select("siret", "etatAdministratifEtablissement").iter_rows())
    assert links.height > 20
    assert {state[siret] for siret in links["siretEtablissementPredecesseur"]} == {"F"}
    assert {state[siret] for siret in links["siretEtablissementSuccesseur"]} == {"A"}
