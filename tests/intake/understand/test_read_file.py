"""From a real file, through the sandbox, to lines and to stable JSON."""

import json
from pathlib import Path

import pytest

from factories.spreadsheets import column, write_workbook
from maillon.core.errors import RefusedFile
from maillon.intake import read_file, reading_to_json

_ROWS = [
    ["Société d'exemple"],
    [],
    ["Réf", "Désignation", "Qté", "P.U. HT (€)", "Total HT"],
    ["00123", "Carter", 2, 10.5, ("=C4*D4", 21.0)],
    ["A-2", "Capot", "4 pcs", "3,25", ("=4*3.25", 13.0)],
    [None, "Total", None, None, ("=SUM(E4:E5)", 34.0)],
]


def test_a_workbook_becomes_a_bill_of_materials(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "nomenclature.xlsx", {"Pièces": _ROWS, "Vide": []})
    reading = read_file(path)
    assert column(reading, "reference") == ["00123", "A-2"]
    assert column(reading, "quantity") == [2.0, 4.0]
    assert column(reading, "unit_price") == [10.5, 3.25]
    assert reading.bom is not None
    assert reading.bom.name == "nomenclature"
    assert reading.bom.lines["file"].to_list() == ["nomenclature.xlsx"] * 2
    assert reading.bom.lines["row"].to_list() == [4, 5]


def test_json_has_exactly_the_documented_shape(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "nomenclature.xlsx", {"Pièces": _ROWS})
    document = reading_to_json(read_file(path))
    assert json.loads(json.dumps(document)) == document
    assert set(document) == {"tables", "doubts"}
    table = document["tables"][0]
    assert set(table) == {"sheet", "header_row", "columns", "rows", "lines"}
    assert (table["sheet"], table["header_row"]) == ("Pièces", 3)
    assert table["rows"] == {
        "read": 6,
        "parts": 2,
        "headers": 2,
        "sections": 0,
        "totals": 1,
        "blank": 1,
        "quarantined": 0,
    }
    assert {c: set(g) for c, g in table["columns"].items()} == {
        c: {"source", "confidence"} for c in table["columns"]
    }
    assert table["columns"]["quantity"]["source"] == "Qté"
    assert table["lines"][0]["unit_price"] == 10.5


@pytest.mark.parametrize("name", ["liste.csv", "liste.txt"])
def test_text_files(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(
        "Réf;Désignation;Qté;Prix\r\nA;Vis tête fraisée;12;1 234,50 €\r\nB;Écrou;4;0,10 €\r\n".encode(
            "cp1252"
        )
    )
    reading = read_file(path)
    assert column(reading, "unit_price") == [1234.5, 0.1]
    assert column(reading, "designation") == ["Vis tête fraisée", "Écrou"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RefusedFile) as refused:
        read_file(tmp_path / "absent.xlsx")
    assert "absent.xlsx" in str(refused.value)


def test_a_fec_is_read_as_purchases(tmp_path: Path) -> None:
    columns = [
        "JournalCode",
        "JournalLib",
        "EcritureNum",
        "EcritureDate",
        "CompteNum",
        "CompteLib",
        "CompAuxNum",
        "CompAuxLib",
        "PieceRef",
        "PieceDate",
        "EcritureLib",
        "Debit",
        "Credit",
        "EcritureLet",
        "DateLet",
        "ValidDate",
        "Montantdevise",
        "Idevise",
    ]
    lines = [
        "AC|Achats|1|20260105|601000|Matières|||F1|20260105|Tôle|100,00|0,00|||20260131||",
        "AC|Achats|1|20260105|401000|Fournisseurs|0001|Aciers|F1|20260105|Tôle|0,00|100,00|||20260131||",
    ]
    path = tmp_path / "732829320FEC20261231.txt"
    path.write_text("\r\n".join(["|".join(columns), *lines]) + "\r\n", encoding="utf-8")
    reading = read_file(path)
    assert reading.ledger is not None
    assert reading.ledger.purchases["amount"].to_list() == [100.0]
