"""Public contracts in their layouts: winners, classes, amounts, dates."""

import json
from datetime import date

import pytest

from factories.enrichment import DECP_2019, DECP_2024, facts, make_siren, make_siret, spoil, write_rows
from maillon.reference.register.enrich import read_enrichment

DAY = date(2025, 6, 1)
BASE = {"objet": "Fourniture de pièces usinées", "codeCPV": "42000000-6", "montant": "12500.50"}
BASE |= {"dateNotification": "2024-02-03"}
TOLD = {
    "source": "decp",
    "kind": "contract",
    "code": "42000000",
    "text": "Fourniture de pièces usinées",
    "high": 12500.5,
    "unit": "EUR",
    "date": date(2024, 2, 3),
}


def winner(number):
    return {"siret": make_siret(number), "siren": make_siren(number)}


def read(tmp_path, header, rows, **options):
    return read_enrichment(write_rows(tmp_path / "x.csv", header, rows, **options), day=DAY)


@pytest.mark.parametrize("separator", [";", ","])
def test_one_row_a_winner_in_the_layout_of_2019(tmp_path, separator):
    rows = [{**BASE, "titulaire.id": make_siret(n), "titulaire.typeIdentifiant": "SIRET"} for n in (1, 2)]
    told = read(tmp_path, DECP_2019, rows, separator=separator, encoding="latin-1")
    assert told.source == "decp"
    assert facts(told.capabilities) == [{**TOLD, **winner(1)}, {**TOLD, **winner(2)}]


def test_three_winners_a_row_in_the_layout_of_2024(tmp_path):
    row = {
        **BASE,
        "titulaire_id_1": make_siret(1),
        "titulaire_id_2": spoil(make_siret(2)),
        "titulaire_id_3": "CDL",
    }
    told = read(tmp_path, DECP_2024, [row], separator=",")
    assert facts(told.capabilities) == [{**TOLD, **winner(1)}]
    assert told.report.aside.rows() == [(2, "false-number", spoil(make_siret(2)), True)]
    assert (told.report.rows_kept, told.report.rows_rejected) == (1, 0)


def test_winners_of_a_local_authority_and_of_json(tmp_path):
    header = ("MARCHE_ID", "MARCHE_OBJET", "CPV_CODE", "NOTIFICATION_DATE", "MONTANT", "TITULAIRES_ID")
    row = {"MARCHE_OBJET": BASE["objet"], "CPV_CODE": "42000000-6", "NOTIFICATION_DATE": "2024-02-03"}
    row |= {"MONTANT": "12 500,50"}
    cells = [
        f"{make_siret(1)},{make_siret(2)}",
        json.dumps([{"typeIdentifiant": "SIRET", "id": make_siret(3)}, {"titulaire": {"id": make_siret(4)}}]),
    ]
    told = read(tmp_path, header, [{**row, "TITULAIRES_ID": cell} for cell in cells])
    assert facts(told.capabilities) == [{**TOLD, **winner(n)} for n in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("cpv", "source", "code"),
    [
        ("42000000-6", "decp", "42000000"),
        ("48000000", "decp", "48000000"),
        ("45000000-7", "decp-works", "45000000"),
        ("50000000-5", "decp-services", "50000000"),
        ("90910000-9", "decp-services", "90910000"),
        ("", "decp-unclassed", None),
        ("mobilier", "decp-unclassed", None),
    ],
)
def test_services_and_works_are_kept_apart(tmp_path, cpv, source, code):
    told = read(tmp_path, DECP_2024, [{**BASE, "codeCPV": cpv, "titulaire_id_1": make_siret(1)}])
    assert told.capabilities.select("source", "code").rows() == [(source, code)]


@pytest.mark.parametrize("amount", ["1e17", "10000000000", "-5", "100000000000000000,00"])
def test_absurd_amounts_are_rejected_with_their_reason(tmp_path, amount):
    told = read(tmp_path, DECP_2024, [{**BASE, "montant": amount, "titulaire_id_1": make_siret(1)}])
    assert told.capabilities.is_empty()
    assert told.report.aside.rows() == [(2, "absurd-amount", amount, False)]


@pytest.mark.parametrize("amount", ["999999999", "gratuit", "99999999.99"])
def test_fillers_leave_the_amount_unknown(tmp_path, amount):
    told = read(tmp_path, DECP_2024, [{**BASE, "montant": amount, "titulaire_id_1": make_siret(1)}])
    assert told.capabilities.select("high", "unit").rows() == [(None, None)]
    assert told.report.aside.rows() == [(2, "unread-figure", amount, True)]


def test_other_faults_have_their_reasons(tmp_path):
    rows = [
        {**BASE, "titulaire_id_1": spoil(make_siret(1))},
        {**BASE, "titulaire_id_1": ""},
        {**BASE, "objet": " ", "titulaire_id_1": make_siret(1)},
        {**BASE, "dateNotification": "2202-02-03", "titulaire_id_1": make_siret(1)},
        {**BASE, "titulaire_id_1": "FR12345"},
    ]
    told = read(tmp_path, DECP_2024, rows)
    assert told.report.aside.rows() == [
        (2, "false-number", spoil(make_siret(1)), False),
        (3, "no-number", None, False),
        (4, "no-text", None, False),
        (5, "unread-date", "2202-02-03", True),
        (6, "false-number", "FR12345", False),
    ]
    assert told.capabilities["date"].to_list() == [DAY]
    assert (told.report.rows_read, told.report.rows_kept) == (5, 1)
