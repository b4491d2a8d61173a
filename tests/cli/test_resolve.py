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
        assert rows[1][3] == "1300.0"
    else:
        rows = [[*row] for row in openpyxl.load_workbook(out).active.iter_rows(values_only=True)]
        assert rows[1][3] == 1300
    assert rows[0][:7] == ["vendor", "town", "addresses", "spend", "rank", "siret", "name"]
    assert rows[0][-1] == "siret retenu"
    assert {row[5] for row in rows[1:]} == {MARTIN, OTHER}


def _completed(out, answers):
    """Write ``answers`` (by SIRET of the row) in the last column of a sheet to review."""
    book = openpyxl.load_workbook(out)
    for row in book.active.iter_rows(min_row=2):
        if row[5].value in answers:
            row[10].value = answers[row[5].value]
    book.save(out)


def _decision(typed, *words):
    answer = json.loads(typed(*words, "--json").stdout)
    return next((one["decision"], one["siret"]) for one in answer if one["name"] == "Tôlerie Martin")


@pytest.mark.parametrize("kept", [OTHER, "x", float(OTHER)])
def test_a_completed_sheet_is_read_back_and_remembered(typed, workbook, tmp_path, kept):
    out = tmp_path / "look.xlsx"
    typed(workbook, "--review", out)
    _completed(out, {OTHER: kept})
    assert _decision(typed, workbook, "--decisions", out) == ("accept", OTHER)
    remembered = (tmp_path / "home" / "vendor-decisions.csv").read_text()
    assert _decision(typed, workbook, "--decisions", out) == ("accept", OTHER)
    assert (tmp_path / "home" / "vendor-decisions.csv").read_text() == remembered
    assert len(remembered.splitlines()) == 2
    assert _decision(typed, workbook) == ("accept", OTHER)


def test_none_of_the_register_is_a_decision(typed, workbook, tmp_path):
    out = tmp_path / "look.xlsx"
    typed(workbook, "--review", out)
    _completed(out, {MARTIN: "aucun"})
    assert _decision(typed, workbook, "--decisions", out) == ("none", None)


def test_a_wrong_number_and_two_answers_are_named_by_row(typed, workbook, tmp_path):
    out = tmp_path / "look.xlsx"
    typed(workbook, "--review", out)
    _completed(out, {OTHER: "73282932000079"})
    lines = enumerate(openpyxl.load_workbook(out).active.values, 1)
    row = next(place for place, row in lines if row[5] == OTHER)
    result = typed(workbook, "--decisions", out, "--json")
    assert result.exit_code == 3
    assert f"Ligne {row} de look.xlsx" in result.output
    _completed(out, {OTHER: "x", MARTIN: "x"})
    result = typed(workbook, "--decisions", out, "--json")
    assert result.exit_code == 3
    assert "retiennent deux établissements" in result.output
    assert not (tmp_path / "home" / "vendor-decisions.csv").exists()


def test_a_completed_csv_is_read_back(typed, workbook, tmp_path):
    out = tmp_path / "look.csv"
    typed(workbook, "--review", out)
    text = out.read_text(encoding="utf-8-sig").splitlines()
    marked = [line + "x" if f";{OTHER};" in line else line for line in text]
    out.write_text("\n".join(marked) + "\n", encoding="utf-8-sig")
    assert _decision(typed, workbook, "--decisions", out) == ("accept", OTHER)


def test_a_vendor_under_two_addresses_is_asked_about_once(typed, tmp_path):
    path, out = tmp_path / "list.csv", tmp_path / "look.csv"
    rows = ["Tolerie Martin;1 rue Haute;;100", "TOLERIE MARTIN SARL;2 rue Basse;;50"]
    path.write_text("Raison sociale;Adresse;Ville;CA achats\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert typed(path, "--review", out).exit_code == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        asked = list(csv.DictReader(file, delimiter=";"))
    assert [row["spend"] for row in asked if row["rank"] == "1"] == ["150.0"]
    assert asked[0]["addresses"] == "1 rue Haute | 2 rue Basse"
    text = out.read_text(encoding="utf-8-sig").splitlines()
    out.write_text("\n".join([text[0], text[1] + "x", *text[2:]]) + "\n", encoding="utf-8-sig")
    answer = json.loads(typed(path, "--decisions", out, "--json").stdout)
    assert [one["siret"] for one in answer] == [asked[0]["siret"]] * 2


def test_the_table_comes_by_spend_and_says_why(typed, workbook):
    shown = typed(workbook).stdout
    assert shown.index("Tôlerie Martin") < shown.index("Savoureuse") < shown.index("Müller")
    assert "Pourquoi" in shown
    assert "Forme" in shown


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
