"""``maillon resolve`` as a reader and as a machine meet it."""

import csv
import json

import openpyxl
import pytest
from typer.testing import CliRunner

from factories.register import BELFORT, establishments_frame, siret_of, write_snapshot
from maillon.cli.main import build_app
from maillon.reference.register.names import build_names

GEARS, MARTIN, OTHER = (siret_of(20_000_000 + place) for place in range(3))
LYON = {"postcode": "69003", "commune": "69383", "commune_name": "LYON", "departement": "69"}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    fillers = [{"name": f"ATELIER NUMERO {number}"} for number in range(40)]
    firms = establishments_frame(
        {"siret": GEARS, "name": "ENGRENAGES DE LA SAVOUREUSE", **BELFORT},
        {"siret": MARTIN, "name": "TOLERIE MARTIN", **BELFORT},
        {"siret": OTHER, "name": "TOLERIE MARTIN", **LYON},
        *fillers,
    )
    folder = write_snapshot(tmp_path_factory.mktemp("names") / "snapshot", firms)
    build_names(folder)
    return folder


@pytest.fixture
def typed(snapshot, tmp_path, monkeypatch):
    monkeypatch.setenv("MAILLON_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words, language="fr"):
        asked = ["resolve", *map(str, words), "--register", str(snapshot)]
        return CliRunner().invoke(build_app(language), asked)

    return run


@pytest.fixture
def workbook(tmp_path):
    """A list as an accounting package exports it: a title, a blank row, numbers as floats."""
    book = openpyxl.Workbook()
    rows = [
        ["Fournisseurs 2026"], [],
        ["Code", "Raison sociale", "N° SIRET", "CP", "Ville", "Pays", "CA achats HT"],
        [1, "Ets Engrenages de la Savoureuse", None, 90000, "Belfort", "France", 100],
        [2, "Tôlerie Martin", None, None, None, None, "1 200,50"],
        [3, "Nom illisible", float(MARTIN), None, None, None, 5],
        [4, "Müller GmbH", None, None, None, None, 7],
        [2, "Tôlerie Martin", None, None, None, None, 99.5],
    ]  # fmt: skip
    for row in rows:
        book.active.append(row)
    path = tmp_path / "vendors.xlsx"
    book.save(path)
    return path


def test_json_has_the_documented_form(typed, workbook):
    result = typed(workbook, "--json")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert all(list(one) == ["name", "decision", "siret", "p", "candidates"] for one in answer)
    assert [(one["decision"], one["siret"]) for one in answer] == [
        ("accept", GEARS), ("review", None), ("accept", MARTIN), ("foreign", None),
    ]  # fmt: skip
    assert {c["siret"] for c in answer[1]["candidates"]} == {MARTIN, OTHER}
    first = answer[0]["candidates"][0]
    assert list(first) == ["siret", "name", "commune", "p", "reasons"]
    assert "Dans la commune indiquée." in [reason["text"] for reason in first["reasons"]]


@pytest.mark.parametrize("name", ["look.csv", "look.xlsx"])
def test_the_vendors_to_look_at_are_written(typed, workbook, tmp_path, name):
    out = tmp_path / name
    assert typed(workbook, "--review", out).exit_code == 0
    if name.endswith("csv"):
        with out.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, delimiter=";"))
        assert rows[1][1] == "1300.0"
    else:
        rows = [[*row] for row in openpyxl.load_workbook(out).active.iter_rows(values_only=True)]
        assert rows[1][1] == 1300
    assert rows[0][:5] == ["vendor", "spend", "rank", "siret", "name"]
    assert {row[3] for row in rows[1:]} == {MARTIN, OTHER}


def test_earlier_decisions_count(typed, workbook, tmp_path):
    told = tmp_path / "mine.csv"
    told.write_text(f"vendor,siret,date\ntolerie martin | ,{OTHER},2026-11-01\n", encoding="utf-8")
    answer = json.loads(typed(workbook, "--decisions", told, "--json").stdout)
    assert (answer[1]["decision"], answer[1]["siret"]) == ("accept", OTHER)
    told.write_text("vendor,siret,date\ntolerie martin | ,12,2026-11-01\n", encoding="utf-8")
    assert typed(workbook, "--decisions", told).exit_code == 3


def test_a_column_of_names_alone_is_a_list(typed, tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("Nom\nEngrenages de la Savoureuse\nMüller GmbH\n", encoding="utf-8")
    result = typed(path, "--json")
    assert result.exit_code == 0, result.output
    names = [one["name"] for one in json.loads(result.stdout)]
    assert names == ["Engrenages de la Savoureuse", "Müller GmbH"]


def test_the_table_speaks_french_and_english(typed, workbook):
    assert "Fournisseur étranger" in typed(workbook).stdout
    assert "Foreign vendor" in typed(workbook, language="en").stdout


def test_what_cannot_be_done_is_said(typed, workbook, tmp_path):
    assert typed(tmp_path / "absent.xlsx").exit_code == 2
    assert typed(workbook, "--review", tmp_path / "look.pdf").exit_code == 2
    empty = tmp_path / "numbers.csv"
    empty.write_text("a;b\n1;2\n3;4\n", encoding="utf-8")
    assert typed(empty).exit_code == 4


def test_a_formula_in_a_name_stays_a_text(typed, tmp_path):
    path, out = tmp_path / "list.csv", tmp_path / "look.csv"
    path.write_text("Raison sociale;Ville\n=TOLERIE MARTIN;\n", encoding="utf-8")
    assert typed(path, "--review", out).exit_code == 0
    assert "\n=" not in out.read_text(encoding="utf-8-sig")
