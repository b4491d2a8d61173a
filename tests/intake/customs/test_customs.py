"""Customs papers are known by their headers and document the origin of what they declare."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from factories.customs import ARRIVAL, EMEBI_EN, EMEBI_FR, IMPORT, IMPORT_EN, IMPORT_FR, SOURCE, sheet
from maillon.intake import read_file
from maillon.intake.customs import read_customs, recognise
from maillon.intake.reading import Reading


def purchases(reading: Reading) -> pl.DataFrame:
    assert reading.ledger is not None
    return reading.ledger.purchases


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (EMEBI_FR, "emebi"),
        (EMEBI_EN, "emebi"),
        (IMPORT_FR, "import_declaration"),
        (IMPORT_EN, "import_declaration"),
        ([text.upper() for text in EMEBI_FR], "emebi"),
        (["Mois", "Régime", "NC8", "Pays origine", "Valeur fiscale", "Masse nette"], "emebi"),
        (["Référence", "Désignation", "Code NC", "Pays d'origine", "Poids", "Prix", "Fournisseur"], None),
        (["Date", "Fournisseur", "Montant", "Pays d'origine"], None),
    ],
)
def test_papers_are_recognised_by_their_headers(header: list[str], kind: str | None) -> None:
    assert recognise(list(header)) == kind


@pytest.mark.parametrize("header", [EMEBI_FR, EMEBI_EN])
def test_an_arrival_is_a_purchase_with_documented_origin(header: tuple[str, ...]) -> None:
    row = purchases(read_customs([sheet(header, ARRIVAL)], SOURCE)).row(0, named=True)
    assert (row["date"], row["cn"], row["making_country"]) == (dt.date(2025, 1, 1), "84821090", "JP")
    assert (row["amount"], row["mass"], row["currency"]) == (1234.5, 12.4, "EUR")
    assert (row["evidence"], row["evidence_source"]) == ("documented", "EMEBI 2025-01")
    assert row["supplier"] == "Lager BV"
    # Where goods were sent from says nothing about the supplier's seat, and kilograms are not pieces.
    assert (row["supplier_country"], row["quantity"], row["unit"]) == (None, None, None)


@pytest.mark.parametrize("header", [IMPORT_FR, IMPORT_EN])
def test_an_import_declaration_is_a_purchase_with_documented_origin(header: tuple[str, ...]) -> None:
    row = purchases(read_customs([sheet(header, IMPORT)], SOURCE)).row(0, named=True)
    assert (row["date"], row["cn"], row["making_country"]) == (dt.date(2025, 1, 21), "8471500000", "CN")
    assert (row["amount"], row["mass"], row["quantity"], row["unit"]) == (7221.6, 3.6, 6.0, "piece")
    assert row["evidence_source"] == "import declaration 25FR0001, 2025-01-21"
    assert (row["reference"], row["document"]) == ("AC-77", "25FR0001")


def test_what_was_not_bought_is_set_apart() -> None:
    dispatch = ("202501", "Expédition", *ARRIVAL[2:])
    back = (*ARRIVAL[:8], "21", *ARRIVAL[9:])
    no_code = (*ARRIVAL[:2], "divers", *ARRIVAL[3:])
    reading = read_customs([sheet(EMEBI_FR, ARRIVAL, dispatch, back, no_code)], SOURCE)
    assert len(purchases(reading)) == 1
    assert [(doubt.code, doubt.cell) for doubt in reading.doubts] == [
        ("no-purchase", "3:3"), ("no-purchase", "4:4"), ("no-purchase", "5:5"),
    ]  # fmt: skip
    assert reading.tables[0].rows.quarantined == 3


def test_title_blank_and_total_rows_are_accounted_for() -> None:
    total = ("TOTAL", "", "", "", "", "1 234,50")
    reading = read_customs(
        [
            sheet(("Réponse EMEBI 2025",), (), EMEBI_FR, ARRIVAL, (), total),
            sheet(("notes",), (), name="Notes"),
        ],
        SOURCE,
    )
    first, other = (table.rows for table in reading.tables)
    assert (first.read, first.parts, first.headers, first.totals, first.blank) == (6, 1, 2, 1, 2)
    assert (other.read, other.blank, other.quarantined) == (2, 1, 1)
    assert first.balanced
    assert other.balanced
    assert reading.tables[0].header_row == 3


def test_unknown_origin_and_value_are_doubts_on_their_cells() -> None:
    row = (*ARRIVAL[:4], "??", "néant", *ARRIVAL[6:])
    reading = read_customs([sheet(EMEBI_FR, row)], SOURCE)
    assert purchases(reading).select("making_country", "evidence", "amount").row(0) == (None, None, None)
    assert [(doubt.code, doubt.cell) for doubt in reading.doubts] == [
        ("unknown-country", "E2"),
        ("no-value", "F2"),
    ]


def test_a_csv_is_dispatched_here(tmp_path: Path) -> None:
    path = tmp_path / "emebi.csv"
    text = "\n".join(";".join(map(str, row)) for row in (EMEBI_FR, ARRIVAL, ARRIVAL))
    path.write_bytes(text.encode("cp1252"))
    reading = read_file(path)
    assert reading.notes["papers"] == {"emebi": 2}
    assert purchases(reading)["making_country"].to_list() == ["JP", "JP"]
