"""``maillon lexicon``: what is recorded comes back as a proposed change."""

import json

import pytest

from maillon.cli.main import main

SIRETS = ("55210055400013", "73282932000074", "35600000000048")


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("MAILLON_HOME", str(tmp_path))


def _run(*words: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(["lexicon", *words, "--lang", "en"])
    return int(stopped.value.code or 0)


def test_answers_of_three_firms_propose_a_change(capsys):
    for siret in SIRETS:
        words = ("VOLANT D'INERTIE FONTE", "--process", "turning", "--siret", siret, "--confirmed")
        assert _run("record", *words) == 0
    assert _run("propose") == 0
    printed = capsys.readouterr()
    added = [line for line in printed.out.splitlines() if line.startswith("+flywheel;")]
    assert [line.split(";")[4] for line in added] == ["turning 54|sand-casting 46"]
    assert "1 nouns changed, 0 added, 0 with too few answers, 0 damaged lines." in printed.err


def test_an_unknown_process_is_a_wrong_request(capsys):
    assert _run("record", "VOLANT", "--process", "alchemy", "--siret", SIRETS[0], "--refused") == 2
    assert "No process has the code “alchemy”." in capsys.readouterr().err


def test_stats_count_as_json(capsys):
    assert _run("stats", "--json") == 0
    counted = json.loads(capsys.readouterr().out)
    assert counted["nouns"] >= 3000
    assert counted["processes"] >= 80


def test_the_sheets_that_ship_have_no_fault():
    assert _run("lint") == 0
