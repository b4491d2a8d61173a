"""``maillon pool`` as the chamber, a member and a machine meet it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from factories.solver_children import shares_in_process
from maillon.cli.main import build_app

EXAMPLES = Path(__file__).parents[2] / "examples"
NEEDS, LINES = EXAMPLES / "besoins-mutualises.csv", EXAMPLES / "lignes-candidates.csv"
BEASLEY = " 2 2 \n capacity 5 \n capacity 7 \n 4 \n 1 3 \n 8 \n 2 1 \n"


@pytest.fixture
def typed(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *words, language="en": CliRunner().invoke(build_app(language), ["pool", *map(str, words)])


@pytest.fixture
def quick():
    """Spare the start-up of the children: the first test has the command start them."""
    with shares_in_process():
        yield


@pytest.fixture
def beasley(tmp_path):
    path = tmp_path / "small.txt"
    path.write_text(BEASLEY)
    return path


def test_the_example_makes_one_line_viable_and_says_what_the_other_lacks(typed):
    result = typed(NEEDS, LINES, "--json", "--buying-share", "0.02")
    assert result.exit_code == 0, result.output
    gears, motors = json.loads(result.stdout)["pools"]
    assert gears["status"] == "proven optimal"
    assert [line["opened"] for line in gears["lines"]] == [True, False]
    assert sum(member["joins"] for member in gears["members"]) == 5
    assert all(member["cost"] <= member["cost_alone"] * (1 + 1e-9) for member in gears["members"])
    assert gears["wrong"] == motors["wrong"] == []
    assert gears["published"]["publishable"] is True
    assert gears["published"]["firms"] == [3, 5]
    assert motors["lines"][0]["missing_volume"] > 0
    assert motors["published"]["publishable"] is False


def test_the_chamber_reads_it_in_french(typed, quick):
    result = typed(NEEDS, LINES, language="fr")
    assert "Optimum prouvé." in result.stdout
    assert "1 ligne mérite d’être installée." in result.stdout
    assert "Quelle que soit l’entreprise qui part" in result.stdout


def test_a_member_reads_its_own_share_alone(typed, quick):
    result = typed(NEEDS, LINES, "--member", "Convoyeurs de Saône (inventée)", "--json")
    assert result.exit_code == 0, result.output
    (view,) = json.loads(result.stdout)["pools"]
    assert view["cost"] < view["cost_alone"] == 97_500
    assert "Ateliers du Lomont" not in result.stdout  # did not agree to be named
    assert "Outillage des Combes" not in result.stdout
    assert "4200" not in result.stdout
    assert {"Mécarobo (inventée)"} < set(view["partners"])


def test_a_stranger_is_told_it_has_no_need_here(typed, quick):
    result = typed(NEEDS, LINES, "--member", "Nobody")
    assert result.exit_code == 2
    assert "Nobody has no need in this pool." in result.stderr


def test_a_file_of_beasley_is_recognised(typed, beasley):
    result = typed(beasley, "--capacity", "10", "--json")
    answer = json.loads(result.stdout)
    assert (answer["status"], answer["objective"], answer["opened"]) == ("proven optimal", 14.0, [1, 2])
    assert answer["gap"] == 0.0


def test_too_small_a_capacity_is_proved_infeasible_with_what_is_missing(typed, beasley):
    result = typed(beasley, "--capacity", "5", "--json")
    answer = json.loads(result.stdout)
    assert (answer["status"], answer["missing_capacity"]) == ("proven infeasible", 2.0)
    assert "All lines together lack 2 of capacity." in typed(beasley, "--capacity", "5").stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("absent.csv",), 2, "absent.csv does not exist"),
        ((NEEDS, LINES, "--time-limit", "0"), 2, "time limit must be above zero"),
        ((NEEDS, LINES, "--share-by", "luck"), 2, "core, shapley"),
        ((NEEDS, LINES, "--years", "0"), 2, "one year or more"),
        ((NEEDS, LINES, "--signed-off-by", "head"), 2, "says why"),
        ((LINES,), 4, "No needs were found"),
    ],
)
def test_bad_requests_are_answered_in_words(typed, words, code, said):
    result = typed(*words)
    assert result.exit_code == code
    assert said in result.stderr


def test_beasley_without_its_capacity_is_asked_for(typed, beasley):
    result = typed(beasley)
    assert result.exit_code == 2
    assert "--capacity 8000" in result.stderr


def test_json_needs_are_read_and_incomplete_ones_set_aside(typed, quick, tmp_path):
    path = tmp_path / "pool.json"
    needs = [
        {"firm": "A", "family": "gears", "volume": 100, "unit": "piece", "price": 10},
        {"firm": "B", "family": "gears", "volume": None, "unit": "piece", "price": 10},
    ]
    lines = [{"line": "L", "family": "gears", "capacity": 500, "unit_cost": 4, "yearly_cost": 100}]
    path.write_text(json.dumps({"needs": needs, "lines": lines}))
    answer = json.loads(typed(path, "--json", "--years", "1").stdout)
    assert answer["pools"][0]["objective"] == pytest.approx(500)
    assert answer["set_aside"] == ["The need of B is set aside: its volume or its price is empty."]


@pytest.mark.parametrize(
    ("content", "said"),
    [("{", "is not JSON"), ('{"needs": [3]}', "is not JSON"), ("[]", "is not JSON")],
)
def test_damaged_json_is_refused(typed, tmp_path, content, said):
    path = tmp_path / "pool.json"
    path.write_text(content)
    result = typed(path)
    assert result.exit_code == 3
    assert said in result.stderr


def test_a_line_without_unit_cost_is_not_taken_for_free(typed, tmp_path):
    lines = tmp_path / "lines.csv"
    lines.write_text("line;family;unit cost;capacity\nL;engrenages coniques;;500\n")
    result = typed(NEEDS, lines)
    assert result.exit_code == 2
    assert "For L, the column unit_cost is empty." in result.stderr


def test_a_workbook_with_two_sheets_under_a_title_is_read(typed, quick, tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    needs, lines = book.active, book.create_sheet("Lines")
    for row in (
        ["Pool of gears"],
        [],
        ["Company", "Family", "Yearly volume", "Unit", "Price today", "Siren"],
        ["A", "gears", 100, "piece", 10, 123456789],
        ["B", "gears", "1 200,5", "piece", "9,50", 987654321],
    ):
        needs.append(row)
    for row in (
        ["Candidate line", "Family", "Unit cost", "Capacity", "Ramp up", "Fixed cost"],
        ["L", "gears", 4, 5000, "50 % / 100 %", 300],
    ):
        lines.append(row)
    book.save(tmp_path / "pool.xlsx")
    result = typed(tmp_path / "pool.xlsx", "--json", "--years", "2")
    assert result.exit_code == 0, result.output
    (pool,) = json.loads(result.stdout)["pools"]
    assert [member["group"] for member in pool["members"]] == ["123456789", "987654321"]
    assert pool["cost_alone"] == pytest.approx(100 * 10 + 1200.5 * 9.5)
    assert pool["objective"] == pytest.approx(1300.5 * 4 + 300)
    assert pool["lines"][0]["volumes"] == pytest.approx([1300.5, 1300.5])  # half of 5,000 is enough
