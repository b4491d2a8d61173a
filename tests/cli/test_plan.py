"""``maillon plan`` as a buyer and a machine meet it."""

import json
import signal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from maillon.cli.main import build_app
from maillon.cli.plan_run import interruptible

EXAMPLE = Path(__file__).parents[2] / "examples" / "plan.json"


@pytest.fixture
def typed(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *words, language="en": CliRunner().invoke(build_app(language), ["plan", *map(str, words)])


@pytest.fixture
def tables(tmp_path):
    """The same request in CSV files with French headings, two parts only."""
    written = {
        "pieces.csv": "Pièce;Dépense annuelle (€);Critique;Fournisseur actuel\n"
        "A;1000;non;Loin\nB;500;non;Loin\n",
        "offres.csv": "Pièce;Fournisseur;Coût annuel;Coût de qualification;Valeur locale\n"
        "A;Loin;1000;0;0 %\nA;Près;900;150;100 %\nB;Loin;500;0;0 %\nB;Près;650;30;100 %\n",
        "fournisseurs.csv": "Fournisseur;Coût d’ouverture\nLoin;0\nPrès;60\n",
    }
    for name, text in written.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [tmp_path / name for name in written]


def test_the_example_is_planned_explained_and_verified(typed):
    result = typed(EXAMPLE, "--json", "--why-not", "OURS:D40", "--quarter-budget", "20000")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert (answer["status"], answer["wrong"]) == ("proven optimal", [])
    assert answer["gap"] < 1e-6
    assert answer["bound"] == pytest.approx(answer["objective"])
    assert answer["local_share"] >= 0.4 - 1e-9
    assert all(
        move["reasons"] and move["effective_quarter"] > move["start_quarter"] for move in answer["moves"]
    )
    assert answer["why_not"]["supplier"] == "OURS"


def test_tables_with_french_headings_are_read(typed, tables):
    result = typed(*tables, "--json")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    # A: 900 + (150 + 60) / 3 = 970 against 1,000; B stays.
    assert answer["objective"] == pytest.approx(1470.0)
    assert [(move["part"], move["saving"]) for move in answer["moves"]] == [("A", 100.0)]


@pytest.mark.parametrize(
    ("decision", "rows", "moved"),
    [("", "", {"A"}), ("interdit", "A;Près", set()), ("Imposé", "B;Près", {"A", "B"})],
)
def test_offers_decided_on_in_the_file_are_kept(typed, tables, decision, rows, moved):
    """Left alone, only A moves: it saves 100 € a year, and B would cost 150 € more."""
    offers = tables[1].read_text(encoding="utf-8").splitlines()
    marked = [f"{line};{decision if rows and line.startswith(rows) else ''}" for line in offers[1:]]
    tables[1].write_text("\n".join([f"{offers[0]};Décision", *marked]), encoding="utf-8")
    answer = json.loads(typed(*tables, "--json").stdout)
    assert {move["part"] for move in answer["moves"]} == moved
    assert answer["wrong"] == []


def test_a_decision_that_is_none_is_said_so(typed, tables):
    text = tables[1].read_text(encoding="utf-8").splitlines()
    lines = [f"{text[0]};Décision", *(f"{line};peut-être" for line in text[1:])]
    tables[1].write_text("\n".join(lines), encoding="utf-8")
    result = typed(*tables)
    assert result.exit_code == 2
    assert "“peut-être” is no decision on an offer." in result.output


def test_a_contradiction_is_told_in_both_languages(typed, tables):
    words = (*tables, "--budget", "100", "--local-target", "0.5")
    english, french = typed(*words), typed(*words, language="fr")
    assert "the budget of €100 + the local target of 50" in english.output
    assert "€210 at least" in english.output
    assert "se contredisent" in french.output


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("A;1000;", "A;-5;"), "zero or more"),
        (("A;1000;", "A;mille;"), "cannot be read"),
        (("Dépense annuelle (€)", "Autre"), "No table “parts”"),
    ],
)
def test_wrong_files_are_answered_in_words(typed, tables, change, said):
    tables[0].write_text(tables[0].read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    result = typed(*tables)
    assert result.exit_code in {2, 4}
    assert said in result.output


def test_an_unknown_supplier_or_file_is_said_so(typed, tables):
    assert "not in the file" in typed(*tables, "--why-not", "Personne").output
    assert "does not exist" in typed("absent.json").output


def test_the_first_interrupt_is_noted_and_the_second_ends_the_command():
    with interruptible() as stopped:
        assert not stopped()
        signal.raise_signal(signal.SIGINT)
        assert stopped()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_more_budget_is_told_with_what_it_buys(typed, tables):
    result = typed(*tables, "--json", "--budget", "0")
    assert result.exit_code == 0, result.output
    (worth,) = [one for one in json.loads(result.stdout)["reasons"] if one["code"].startswith("budget_buys")]
    # 1,000 € let A move: 1,500 a year become 1,470.
    assert worth["params"]["extra"] == 1000.0
    assert worth["params"]["saving"] == pytest.approx(30.0)
