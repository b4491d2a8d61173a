"""Lists of the firm and of the office: roles from a column or from the caller."""

from datetime import date

import pytest

from factories.enrichment import facts, make_siren, make_siret, spoil, write_rows
from maillon.core.errors import InvalidRequest
from maillon.reference.register.enrich import read_enrichment, read_enrichment_rows

DAY = date(2025, 6, 1)
SAME = {"source": "lists", "kind": "role", "date": DAY}


def test_an_exclusion_list_of_numbers_and_names():
    rows = [
        ["Fournisseurs à ne pas contacter"],
        ["N° SIRET", "Raison sociale", "Motif", "Ville", "Code postal"],
        [float(make_siret(1)), "Alpha", "Litige", "Belfort", 90000],
        [None, "Béta SARL", "Retards", "Lure", "70200"],
        [spoil(make_siret(3)), None, None, None, None],
        [spoil(make_siret(4)), "Delta", None, None, None],
    ]
    read = read_enrichment_rows(rows, "exclusions.xlsx", role="excluded", day=DAY)
    excluded = {**SAME, "code": "excluded"}
    assert facts(read.capabilities) == [
        {**excluded, "siret": make_siret(1), "siren": make_siren(1), "text": "Litige"}
    ]
    assert facts(read.by_name) == [
        {**excluded, "name": "Béta SARL", "text": "Retards", "commune_name": "Lure", "postcode": "70200"},
        {**excluded, "name": "Delta"},
    ]
    assert read.report.aside.rows() == [
        (5, "false-number", spoil(make_siret(3)), False),
        (6, "false-number", spoil(make_siret(4)), True),
    ]


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Fabricant", "maker"),
        ("NÉGOCIANT", "distributor"),
        ("exhibitor", "exhibitor"),
        ("déjà fournisseur", "own-supplier"),
        ("à exclure", "excluded"),
    ],
)
def test_a_column_gives_each_firm_its_role(tmp_path, word, code):
    path = write_rows(tmp_path / "salon.csv", ("siren", "statut"), [{"siren": make_siren(1), "statut": word}])
    assert facts(read_enrichment(path, day=DAY).capabilities) == [
        {**SAME, "siren": make_siren(1), "code": code}
    ]


def test_the_role_of_a_row_comes_before_that_of_the_list(tmp_path):
    rows = [{"siren": make_siren(1), "type": "exposant"}, {"siren": make_siren(2), "type": "bleu"}]
    path = write_rows(tmp_path / "x.csv", ("siren", "type"), rows)
    assert read_enrichment(path, role="maker").capabilities["code"].to_list() == ["exhibitor", "maker"]
    alone = read_enrichment(path)
    assert alone.capabilities["code"].to_list() == ["exhibitor"]
    assert alone.report.aside.rows() == [(3, "no-role", "bleu", False)]


def test_vat_numbers_of_vendors_name_them(tmp_path):
    rows = [{"TVA intracommunautaire": f"FR 12 {make_siren(7)}"}]
    path = write_rows(tmp_path / "vendors.csv", ("TVA intracommunautaire", "Nom"), rows)
    assert read_enrichment(path, role="own-supplier").capabilities["siren"].to_list() == [make_siren(7)]


def test_unknown_roles_and_sources_are_refused(tmp_path):
    path = write_rows(tmp_path / "x.csv", ("siren", "type"), [])
    with pytest.raises(
        InvalidRequest, match="No role is called friend; the roles are: own-supplier, excluded"
    ):
        read_enrichment(path, role="friend")
    with pytest.raises(InvalidRequest, match="No source is called kompass; the sources are: relance, decp"):
        read_enrichment(path, source="kompass")
