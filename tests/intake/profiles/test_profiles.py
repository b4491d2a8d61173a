"""Exports of known software are recognised and their columns mapped without guessing."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from maillon.core.bom import BOM_SCHEMA
from maillon.core.ledger import LEDGER_SCHEMA
from maillon.intake import read_file
from maillon.intake.profiles import mapping_for, match_profile
from maillon.intake.profiles.match import profiles
from maillon.intake.sandbox import read_sheets

EXPORTS = {
    "odoo/vendor_prices": (
        ["Vendor", "Product Template", "Vendor Product Code", "Quantity", "Price", "Currency",
         "Delivery Lead Time"],
        ["Visserie Inventée", "Vis M5", "V5X16", 100, 0.05, "EUR", 12],
    ),
    "odoo/items": (
        ["Référence interne", "Nom", "Coût", "Unité de mesure", "Code SH", "Catégorie de produit"],
        ["AC-1", "Vis M5", 0.05, "Unité(s)", "731815", "Visserie"],
    ),
    "odoo/bom": (
        ["product_tmpl_id", "code", "type", "bom_line_ids/product_id", "bom_line_ids/product_qty"],
        ["Bras", "N1", "normal", "[AC-1] Vis M5", 4],
    ),
    "sage/sage100_items": (
        ["Référence article", "Désignation", "Famille", "Prix d'achat", "Fournisseur principal", "Poids net"],
        ["AC-1", "Vis M5", "VIS", 0.05, "Visserie Inventée", 0.005],
    ),
    "sage/sage100_vendor_prices": (
        ["Référence article", "Désignation", "Code fournisseur", "Référence fournisseur", "Prix d'achat"],
        ["AC-1", "Vis M5", "FVIS", "V5X16", 0.05],
    ),
    "sage/sage100_bom": (
        ["Référence composé", "Référence composant", "Désignation composant", "Quantité"],
        ["BRAS", "AC-1", "Vis M5", 4],
    ),
    "sage/x3_items": (
        ["ITMREF_0", "ITMDES1_0", "TCLCOD_0", "STU_0", "ITMWEI_0"],
        ["AC-1", "Vis M5", "VIS", "UN", 0.005],
    ),
    "sage/x3_vendor_prices": (
        ["ITMREF_0", "BPSNUM_0", "ITMREFBPS_0", "PUU_0"],
        ["AC-1", "FVIS", "V5X16", "UN"],
    ),
    "sage/x3_bom": (
        ["ITMREF_0", "BOMSEQ_0", "CPNITMREF_0", "BOMSHO_0", "LIKQTY_0", "BOMUOM_0"],
        ["BRAS", 10, "AC-1", "Vis M5", 4, "UN"],
    ),
    "cegid/pmi_items": (
        ["ARKTCODART", "ARCTLIB01", "ARCTCODFAM", "ARCNPUACH2"],
        ["AC-1", "Vis M5", "VIS", 0.05],
    ),
    "cegid/pmi_bom": (
        ["NOKTCODPF", "NOKTCOMPF", "NOKNLIGNOM", "NOCTCODECP", "ARCTLIB01", "NOCNQTECOM"],
        ["BRAS", "A", 10, "AC-1", "Vis M5", 4],
    ),
}  # fmt: skip


def _write(path: Path, header: list[str], row: list[object]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Export")
        page.write_row(0, 0, header)
        for index in range(1, 9):
            page.write_row(index, 0, row)
    return path


@pytest.mark.parametrize("code", EXPORTS)
def test_each_export_is_recognised_and_mapped(code: str, tmp_path: Path) -> None:
    header, row = EXPORTS[code]
    profile = match_profile(header)
    assert profile is not None
    assert profile.code == code
    columns = profile.columns(header)
    values = {role: row[header.index(source)] for role, source in columns.items()}
    expected = {
        "quantity": 4,
        "supplier_reference": "V5X16",
        "unit_price": 0.05,
        "lead_time": 12,
        "mass": 0.005,
    }
    assert {role: value for role, value in values.items() if role in expected} == {
        role: value for role, value in expected.items() if role in values
    }
    assert values.get("reference", values.get("designation")) in ("AC-1", "Vis M5", "[AC-1] Vis M5")
    _, sheets, _ = read_sheets(_write(tmp_path / "export.xlsx", header, row))
    mapping = mapping_for(sheets)
    assert mapping is not None
    assert mapping["tables"] == [{"sheet": "Export", "header_row": 1, "columns": columns}]


def test_every_known_export_has_a_test() -> None:
    assert {profile.code for profile in profiles()} == set(EXPORTS)


def test_roles_are_columns_that_we_know() -> None:
    known = {*BOM_SCHEMA, *LEDGER_SCHEMA}
    assert {role for profile in profiles() for role in profile.roles} <= known


@pytest.mark.parametrize(
    "header",
    [["Référence", "Désignation", "Qté", "Fournisseur", "Prix"], ["Item", "Description", "Qty"], []],
)
def test_ordinary_headers_are_no_profile(header: list[str]) -> None:
    assert match_profile(header) is None


def test_a_mapped_export_is_read_by_its_mapping(tmp_path: Path) -> None:
    header, row = EXPORTS["sage/x3_bom"]
    path = _write(tmp_path / "x3.xlsx", header, row)
    mapping = mapping_for(read_sheets(path)[1])
    reading = read_file(path, mapping=mapping)
    assert reading.bom is not None
    assert reading.bom.lines["quantity"].drop_nulls().unique().to_list() == [4.0]
    assert "AC-1" in reading.bom.lines["reference"].to_list()
