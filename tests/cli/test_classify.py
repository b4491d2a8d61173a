"""``maillon classify`` and ``maillon codes``, as typed."""

import json

import pytest
import xlsxwriter
from typer.testing import CliRunner

from maillon.cli.main import build_app


@pytest.fixture
def typed(tmp_path, monkeypatch):
    monkeypatch.setenv("MAILLON_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "160")
    return lambda *words, language="fr": CliRunner().invoke(build_app(language), list(words))


def test_json_has_exactly_the_documented_form(typed):
    answer = json.loads(typed("classify", "ROULEMENT 6205-2RS", "--json").stdout)
    assert list(answer) == ["processes", "naf", "cpa", "cn"]
    assert all(list(one) == ["code", "label", "p"] for shares in answer.values() for one in shares)
    assert answer["cn"][0]["code"][:4] == "8482"
    assert answer["naf"][0]["code"] == "28.15Z"
    assert answer["processes"][0]["label"] == "fabrication de roulements"


def test_nothing_known_gives_empty_lists(typed):
    assert json.loads(typed("classify", "zzqx", "--json").stdout) == {
        "processes": [], "naf": [], "cpa": [], "cn": [],
    }  # fmt: skip
    assert "Aucun code n’est assez sûr." in typed("classify", "zzqx").stdout


def test_naf_2025_is_answered_on_request(typed):
    answer = json.loads(typed("classify", "ROULEMENT 6205-2RS", "--naf", "2025", "--json").stdout)
    assert answer["naf"][0]["code"] == "28.15"
    assert typed("classify", "ROULEMENT", "--naf", "3").exit_code == 2


def test_reasons_are_told(typed):
    shown = typed("classify", "ROULEMENT 6205-2RS", language="en").stdout
    assert "The title of 8482 holds words of the text: roulement." in shown


def test_every_line_of_a_file_is_classified(typed, tmp_path):
    path = tmp_path / "parts.csv"
    path.write_text(
        "Repère;Désignation;Quantité\n1;VIS CHC M6X20;4\n2;ROULEMENT 6205-2RS;2\n3;JOINT TORIQUE NBR;1\n",
        encoding="utf-8",
    )
    lines = json.loads(typed("classify", str(path), "--json").stdout)
    assert [(one["line"], one["designation"], one["cn"][0]["code"][:4]) for one in lines] == [
        (1, "VIS CHC M6X20", "7318"),
        (2, "ROULEMENT 6205-2RS", "8482"),
        (3, "JOINT TORIQUE NBR", "4016"),
    ]
    assert "ROULEMENT 6205-2RS" in typed("classify", str(path)).stdout


def test_a_missing_file_and_a_senseless_probability_are_refused(typed):
    assert typed("classify", "absent.xlsx").exit_code == 2
    assert typed("classify", "vis", "--cutoff", "2").exit_code == 2


def test_a_table_is_imported_then_used(typed, tmp_path):
    path = tmp_path / "links.csv"
    path.write_text("cn8,cpa6\n84821010,28.15.10\n84821090,28.15.10\n")
    assert typed("codes", "import", str(path)).exit_code == 0
    answer = json.loads(typed("classify", "ROULEMENT 6205-2RS", "--json").stdout)
    assert answer["cpa"][0]["code"] == "28.15.10"


def test_codes_are_brought_forward(typed, tmp_path):
    assert typed("codes", "update", "84821090", "--from", "2010", "--to", "2011").exit_code == 5
    path = tmp_path / "changes.csv"
    path.write_text("from;to;obsolete;new\n2010;2011;84821000;84821010\n2010;2011;84821000;84821090\n")
    assert typed("codes", "import", str(path)).exit_code == 0
    asked = ("codes", "update", "8482 10 00", "--from", "2010", "--to", "2011", "--json")
    assert [one["code"] for one in json.loads(typed(*asked).stdout)] == ["84821010", "84821090"]


def test_a_file_that_is_no_table_of_codes_is_refused(typed, tmp_path):
    path = tmp_path / "bom.csv"
    path.write_text("designation;quantite\nvis;4\n")
    assert typed("codes", "import", str(path)).exit_code == 3


def test_a_folder_and_a_workbook_without_codes_are_refused(typed, tmp_path):
    assert typed("codes", "import", str(tmp_path)).exit_code == 2
    path = tmp_path / "parts.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_row(0, 0, ["Désignation", "Quantité"])
    assert typed("codes", "import", str(path)).exit_code == 3


def test_changes_are_read_from_a_workbook(typed, tmp_path):
    path = tmp_path / "changes.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Period", "Origin code", "Destination code"])
        sheet.write_row(1, 0, [20102011, "84821000", "84821010"])
    assert typed("codes", "import", str(path)).exit_code == 0
    asked = ("codes", "update", "84821000", "--from", "2010", "--to", "2011", "--json")
    assert [one["code"] for one in json.loads(typed(*asked).stdout)] == ["84821010"]
