"""The commands of the register, as a user types them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from factories.register import siret_of
from factories.sirene import save, sites, units
from factories.spreadsheets import write_workbook
from maillon.cli.main import build_app

A, B = siret_of(11_111_111), siret_of(22_222_222)


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("MAILLON_HOME", str(tmp_path / "home"))


@pytest.fixture
def stock(tmp_path):
    return [
        str(save(sites({"siret": A}, {"siret": B}), tmp_path / "s.csv")),
        str(save(units({"siren": A[:9]}, {"siren": B[:9]}), tmp_path / "u.csv")),
    ]


def type_in(*words, language="en"):
    return CliRunner().invoke(build_app(language), ["register", *map(str, words)])


def test_build_info_verify(stock):
    built = json.loads(type_in("build", *stock, "--json").stdout)
    assert built["counts"]["kept"] == 2
    info = json.loads(type_in("info", "--json").stdout)
    assert info["name"] == built["name"]
    assert type_in("verify").stdout == f"The register {built['name']} is whole.\n"
    assert json.loads(type_in("verify", "--json").stdout)["whole"] is True
    assert "Établissements retenus" in type_in("info", language="fr").stdout


def test_verify_fails_on_a_changed_file(stock):
    built = json.loads(type_in("build", *stock, "--json").stdout)
    with Path(built["folder"], "capabilities.parquet").open("ab") as file:
        file.write(b"x")
    result = type_in("verify", "--json")
    assert result.exit_code == 3
    assert [fault["code"] for fault in json.loads(result.stdout)["faults"]] == ["hash"]


def test_a_workbook_of_members_is_read(stock, tmp_path):
    book = tmp_path / "membres.xlsx"
    write_workbook(book, {"Membres": [["SIRET", "Procédés"], [A, "tournage"]]})
    built = json.loads(type_in("build", *stock, "--enrich", book, "--json").stdout)
    assert {source["kind"] for source in built["sources"]} == {"establishments", "units", "members"}
    assert built["tables"][0]["rows"] > 0


def test_without_a_register_the_exit_code_says_so():
    result = type_in("info")
    assert result.exit_code == 5
    assert "maillon register build" in result.stderr


def test_check_tells_drift_and_fails_on_a_key(stock, tmp_path):
    assert type_in("check", *stock).exit_code == 0
    cut = save(units({"siren": A[:9]}).drop("siren"), tmp_path / "cut.csv")
    result = type_in("check", cut, "--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)[0]["lacking_keys"] == ["siren"]


def test_corrections_are_written_listed_and_refused():
    assert type_in("correct", A, "name=FORGE", "process=fraisage", "--note", "visite").exit_code == 0
    listed = json.loads(type_in("corrections", "--json").stdout)
    told = [(one["siret"], one["column"], one["value"], one["note"]) for one in listed]
    assert told == [(A, "name", "FORGE", "visite"), (A, "process", "fraisage", "visite")]
    assert "FORGE" in type_in("corrections").stdout
    assert type_in("correct", A, "colour=red").exit_code == 2
