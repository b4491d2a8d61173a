"""The product reads its own examples right: what it finds is what was invented."""

import json
from pathlib import Path

import polars as pl
import pytest

from maillon.intake import read_file

TRUTH = json.loads((Path(__file__).parent / "truth.json").read_text(encoding="utf-8"))
PAPERS = TRUTH["papers"]


@pytest.fixture(scope="module")
def bill(examples):
    return read_file(examples["cobot"])


def test_every_row_of_the_bill_is_accounted_for(bill):
    table = bill.tables[0]
    assert (table.sheet, table.kind, table.header_row) == ("Nomenclature", "bom", 7)
    assert table.rows.balanced
    assert (table.rows.read, table.rows.parts) == (2345, TRUTH["bill"]["lines"])
    assert (table.rows.sections, table.rows.totals) == (13, 14)


def test_recap_and_yearly_quantities_are_no_parts(bill):
    assert [table.rows.parts for table in bill.tables[1:]] == [0, 0]


def test_quantities_prices_and_labour_give_the_printed_total(bill):
    structure, lines = bill.bom.structure(), bill.bom.lines
    assert len(structure.cyclic) == 0
    parents = dict(zip(lines["item"], lines["parent"], strict=True))
    quantity = dict(zip(lines["item"], lines["quantity"], strict=True))
    times: dict[int | None, float] = {None: 1.0}
    for item in lines["item"]:  # the list names an assembly before what it holds
        times[item] = times[parents[item]] * quantity[item]
    own = lines.select(pl.coalesce("unit_price", "own_value", 0.0)).to_series()
    total = sum(times[item] * value for item, value in zip(lines["item"], own, strict=True))
    assert total == pytest.approx(TRUTH["bill"]["total_shown"], abs=0.05)


def test_bought_lines_without_price_stay_without(bill):
    bought = bill.bom.lines.filter(pl.col("supplier").is_not_null())
    assert bought.height == 2200
    assert bought["unit_price"].null_count() == TRUTH["bill"]["bought_lines_without_price"]
    assert bought["making_site"].drop_nulls().str.contains("Japon|Chine").sum() == 3


def test_the_invoices_count_once(examples):
    reading = read_file(examples["factures"])
    assert (reading.notes["files"], reading.notes["kept"]) == (300, 296)
    assert reading.notes["duplicates"] == PAPERS["invoice_doubles"]
    assert reading.notes["credit_notes"] == PAPERS["credit_notes"]
    purchases = reading.ledger.purchases
    assert purchases.height == PAPERS["invoice_lines"]
    assert purchases["amount"].sum() == pytest.approx(PAPERS["invoice_total"])
    assert purchases.filter(pl.col("evidence") == "declared").height == purchases["making_country"].count()


def test_the_fec_keeps_purchases_only(examples):
    purchases = read_file(examples["fec"]).ledger.purchases
    assert purchases.height == PAPERS["fec_purchase_rows"]
    assert purchases["amount"].sum() == pytest.approx(PAPERS["fec_purchases"])
    shown = purchases.write_csv()
    for secret in ("MATRICULE", "ASSOCIE", "Salaires", "Laiterie Montvaude", "Banque d'essai"):
        assert secret not in shown


def test_customs_papers_document_origins(examples):
    for name, rows in (("emebi", PAPERS["emebi_rows"]), ("importations", PAPERS["import_rows"])):
        purchases = read_file(examples[name]).ledger.purchases
        assert purchases.height == rows
        assert set(purchases["evidence"]) == {"documented"}
        assert purchases["making_country"].null_count() == 0
