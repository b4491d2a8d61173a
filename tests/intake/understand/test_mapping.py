"""A corrected mapping overrides the guesses, is saved for the firm, and comes back with the same header."""

import json
from pathlib import Path

import pytest

from factories.spreadsheets import column, read_rows, sources_by_role
from maillon.core.errors import InvalidRequest
from maillon.intake.mapping import load_mapping, mapping_of, save_mapping, saved_mappings

_ROWS = [
    ["Bidule", "Truc", "Machin", "Chose"],
    ["A-1", "Carter", 2, 10.0],
    ["A-2", "Capot", 1, 5.0],
    ["A-3", "Vis", 3, 0.1],
]
_CORRECTED = {
    "tables": [
        {
            "header_row": 1,
            "columns": {
                "reference": "Bidule",
                "designation": "Truc",
                "quantity": "Machin",
                "unit_price": "Chose",
            },
        }
    ]
}


def test_a_mapping_names_headers_that_no_one_knows() -> None:
    reading = read_rows(_ROWS, mapping=_CORRECTED)
    assert sources_by_role(reading) == {
        "reference": "Bidule",
        "designation": "Truc",
        "quantity": "Machin",
        "unit_price": "Chose",
    }
    assert {g.confidence for g in reading.tables[0].columns.values()} == {1.0}
    assert column(reading, "unit_price") == [10.0, 5.0, 0.1]


def test_a_mapping_corrects_one_guess_and_leaves_the_others() -> None:
    rows = [
        ["Réf", "Désignation", "Qté", "Qté commandée", "Prix"],
        ["A", "Carter", 2, 4, 10.0],
        ["B", "Capot", 1, 2, 5.0],
    ]
    mapping = {"tables": [{"header_row": 1, "columns": {"quantity": "Qté commandée"}}]}
    reading = read_rows(rows, mapping=mapping)
    assert column(reading, "quantity") == [4.0, 2.0]
    assert column(reading, "unit_price") == [10.0, 5.0]


def test_a_role_can_be_refused() -> None:
    rows = [["Réf", "Désignation", "Qté", "Famille"], ["A", "Carter", 2, "X"], ["B", "Capot", 1, "Y"]]
    reading = read_rows(rows, mapping={"tables": [{"header_row": 1, "columns": {"section": ""}}]})
    assert "section" not in reading.tables[0].columns


def test_a_header_row_can_be_told() -> None:
    rows = [
        ["Réf", "Désignation", "Qté"],
        ["x", "y", "z"],
        ["Code", "Nom", "Nb"],
        ["A", "Carter", 2],
        ["B", "Capot", 1],
    ]
    mapping = {
        "tables": [
            {"header_row": 3, "columns": {"reference": "Code", "designation": "Nom", "quantity": "Nb"}}
        ]
    }
    reading = read_rows(rows, mapping=mapping)
    assert reading.tables[0].header_row == 3
    assert column(reading, "reference") == ["A", "B"]


def test_what_was_understood_is_replayed_as_it_is(tmp_path: Path) -> None:
    rows = [["Réf", "Désignation", "Qté", "PU"], ["A", "Carter", 2, 3.0], ["B", "Capot", 1, 4.0]]
    reading = read_rows(rows)
    saved = save_mapping(tmp_path / "mapping.json", mapping_of(reading))
    again = read_rows(rows, mapping=load_mapping(saved))
    assert again.tables[0].lines == reading.tables[0].lines


def test_the_mapping_of_a_firm_comes_back_with_the_same_header(tmp_path: Path) -> None:
    understood = mapping_of(read_rows(_ROWS, mapping=_CORRECTED))
    save_mapping(tmp_path, understood)
    save_mapping(tmp_path, understood)
    assert len(list(tmp_path.iterdir())) == 1
    moved = [["Nomenclature de mars"], [], *_ROWS]
    assert saved_mappings(tmp_path) is not None
    told = {"tables": [{**understood["tables"][0], "header_row": 3, "sheet": ""}]}
    assert column(read_rows(moved, mapping=told), "quantity") == [2.0, 1.0, 3.0]
    other = [["Réf", "Désignation", "Qté"], ["A", "Carter", 2], ["B", "Capot", 1]]
    assert column(read_rows(other, mapping=saved_mappings(tmp_path)), "reference") == ["A", "B"]


def test_a_document_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    for text in ("not json", "[]", json.dumps({"tables": 3}), json.dumps({"tables": [{"columns": 1}]})):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InvalidRequest):
            load_mapping(path)
    assert saved_mappings(tmp_path) is None
