"""France Relance, RGE, Qualiopi, EPV: exact rows out of files in their published layouts."""

from datetime import date

import polars as pl
import pytest

from factories.enrichment import (
    EPV,
    QUALIOPI,
    RELANCE,
    RGE,
    facts,
    make_siren,
    make_siret,
    spoil,
    write_rows,
)
from maillon.reference.register.enrich import read_enrichment
from maillon.reference.register.schema import CAPABILITIES, KINDS

DAY = date(2025, 6, 1)
PROJECTS = [
    {
        "siren": make_siren(1),
        "description_projet": "Achat d'un centre d'usinage &amp; d'une plieuse",
        "filiere": "Aéronautique",
        "mise_a_jour": "2022-03-21",
        "mesure": "x",
    },
    {
        "siren": make_siret(2),
        "description_projet": '=HYPERLINK("http://x")\x00 tôlerie',
        "mise_a_jour": "21/03/2022",
    },
    {"siren": spoil(make_siren(3)), "description_projet": "Fonderie"},
    {"siren": make_siren(4), "description_projet": "NC"},
    {"siren": "", "description_projet": "Sans numéro"},
]


@pytest.mark.parametrize("separator", [";", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_projects_of_france_relance(tmp_path, separator, encoding):
    path = write_rows(tmp_path / "x.csv", RELANCE, PROJECTS, separator=separator, encoding=encoding)
    read = read_enrichment(path, day=DAY)
    same = {"source": "relance", "kind": "description", "date": date(2022, 3, 21)}
    assert read.source == "relance"
    assert facts(read.capabilities) == [
        {
            **same,
            "siren": make_siren(1),
            "text": "Achat d'un centre d'usinage & d'une plieuse | Aéronautique",
        },
        {**same, "siret": make_siret(2), "siren": make_siren(2), "text": '=HYPERLINK("http://x") tôlerie'},
    ]
    assert read.report.aside.rows() == [
        (4, "false-number", spoil(make_siren(3)), False),
        (5, "no-text", None, False),
        (6, "no-number", None, False),
    ]
    assert (read.report.rows_read, read.report.rows_kept, read.report.rows_rejected) == (5, 2, 3)


def test_qualifications_of_rge(tmp_path):
    rows = [
        {
            "siret": make_siret(1),
            "nom_qualification": "Isolation",
            "domaine": "Toiture",
            "organisme": "qualibat",
            "lien_date_debut": "2024-01-01",
            "lien_date_fin": "2025-12-31",
        },
        {"siret": make_siret(2), "nom_qualification": "Pompe", "lien_date_fin": "2025-05-31"},
        {"siret": make_siret(3), "nom_qualification": "Pompe", "lien_date_fin": "bientôt"},
    ]
    read = read_enrichment(write_rows(tmp_path / "x.csv", RGE, rows, separator=","), day=DAY)
    same = {"source": "rge", "kind": "certificate", "code": "rge"}
    assert facts(read.capabilities) == [
        {
            **same,
            "siret": make_siret(1),
            "siren": make_siren(1),
            "text": "Isolation | Toiture | qualibat",
            "date": date(2024, 1, 1),
        },
        {**same, "siret": make_siret(3), "siren": make_siren(3), "text": "Pompe", "date": DAY},
    ]
    assert read.report.aside.rows() == [
        (3, "expired", "2025-05-31", False),
        (4, "unread-date", "bientôt", True),
    ]


def test_training_bodies_of_qualiopi(tmp_path):
    rows = [
        {
            "siren": make_siren(1),
            "siretEtablissementDeclarant": make_siret(1)[9:],
            "certifications.actionsDeFormation": "true",
            "certifications.VAE": "True",
        },
        {"siren": make_siren(2), "denomination": "Libre", "certifications.actionsDeFormation": "false"},
        {"siren": make_siren(3), "certifications.actionsDeFormationParApprentissage": "oui"},
    ]
    read = read_enrichment(write_rows(tmp_path / "x.csv", QUALIOPI, rows), day=DAY)
    same = {"source": "qualiopi", "kind": "certificate", "code": "qualiopi", "date": DAY}
    assert facts(read.capabilities) == [
        {
            **same,
            "siret": make_siret(1),
            "siren": make_siren(1),
            "text": "actions de formation, validation des acquis de l'expérience",
        },
        {**same, "siren": make_siren(3), "text": "formation par apprentissage"},
    ]
    assert read.report.aside.rows() == [(3, "not-certified", "Libre", False)]


def test_living_heritage_firms(tmp_path):
    rows = [
        {
            "SIRET": make_siret(1),
            "Activité": "Coutellerie",
            "Savoir-faire": "Forge",
            "Date de labellisation": "2019-05-02",
        },
        {"SIRET": make_siret(2)},
    ]
    read = read_enrichment(write_rows(tmp_path / "epv.csv", EPV, rows, encoding="cp1252"), day=DAY)
    first = {"siret": make_siret(1), "siren": make_siren(1), "source": "epv", "date": date(2019, 5, 2)}
    assert facts(read.capabilities) == [
        {**first, "kind": "certificate", "code": "epv", "text": "Coutellerie | Forge"},
        {
            "siret": make_siret(2),
            "siren": make_siren(2),
            "source": "epv",
            "kind": "certificate",
            "code": "epv",
            "date": DAY,
        },
        {**first, "kind": "description", "text": "Coutellerie | Forge"},
    ]


def test_the_columns_are_those_of_a_snapshot(tmp_path):
    read = read_enrichment(write_rows(tmp_path / "x.csv", RELANCE, PROJECTS), day=DAY)
    assert dict(read.capabilities.schema) == {**CAPABILITIES, "siren": pl.String}
    assert set(read.capabilities["kind"]) <= KINDS


def test_parquet_gives_the_same_as_csv(tmp_path):
    path = write_rows(
        tmp_path / "x.csv", RGE, [{"siret": make_siret(n), "code_qualification": "1"} for n in range(5)]
    )
    pl.read_csv(path, separator=";", schema_overrides={"siret": pl.Int64}).write_parquet(
        tmp_path / "x.parquet"
    )
    texts, table = (read_enrichment(tmp_path / name, day=DAY) for name in ("x.csv", "x.parquet"))
    assert texts.capabilities.height == 5
    assert texts.capabilities.equals(table.capabilities)
    assert (table.report.form, table.report.rows_read) == ("parquet", 5)


def test_columns_are_found_in_any_order_and_dress(tmp_path):
    header = [column.upper().replace("_", " ") for column in reversed(RELANCE)]
    rows = [{column.upper().replace("_", " "): cell for column, cell in row.items()} for row in PROJECTS]
    dressed = read_enrichment(write_rows(tmp_path / "y.csv", header, rows), day=DAY)
    plain = read_enrichment(write_rows(tmp_path / "x.csv", RELANCE, PROJECTS), day=DAY)
    assert dressed.capabilities.equals(plain.capabilities)


def test_drift_is_told_and_does_not_stop(tmp_path):
    header = [column for column in RELANCE if column not in {"filiere", "mise_a_jour"}] + ["nouvelle"]
    read = read_enrichment(write_rows(tmp_path / "x.csv", header, PROJECTS), day=DAY)
    assert read.report.missing == ("filiere", "mise_a_jour")
    assert "nouvelle" in read.report.unknown
    assert read.report.rows_kept == 2
    assert set(read.capabilities["date"]) == {DAY}
    assert [str(d.what) for d in read.report.doubts()][
        -1
    ] == "Columns that this file lacks: filiere, mise_a_jour."


def test_a_repeated_row_is_told_once(tmp_path):
    path = write_rows(tmp_path / "x.csv", RELANCE, [PROJECTS[0]] * 3)
    read = read_enrichment(path, day=DAY)
    assert read.capabilities.height == 1
    assert read.report.aside.rows() == [(3, "repeated", None, False), (4, "repeated", None, False)]
