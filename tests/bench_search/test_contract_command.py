"""The command on a file and a register made here: what it prints, what it refuses, what it forgets."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from bench.search.contract_command import measure_contracts

from factories.register import capabilities_frame, establishments_frame, siret_of, write_snapshot
from maillon.reference.register import open_register
from maillon.reference.register.index import build_index

ROOT = Path(__file__).parents[2]
MAKERS = [siret_of(20_000_000 + place) for place in range(6)]
TRADER = siret_of(30_000_000)
HEADER = "id;objet;codeCPV;lieuExecution_code;lieuExecution_typeCode;dateNotification;montant;titulaire_id_1"


@pytest.fixture
def register(tmp_path):
    goods = ["ressorts", "vannes", "tôlerie", "fonderie", "câblage", "roulements"]
    firms = [
        {"siret": siret, "name": f"ATELIER {good.upper()}"} for siret, good in zip(MAKERS, goods, strict=True)
    ]
    firms.append({"siret": TRADER, "name": "NEGOCE DE RESSORTS", "naf": "46.74A"})
    told = [
        {"siret": siret, "text": f"fabrication de {good}"} for siret, good in zip(MAKERS, goods, strict=True)
    ]
    later = {"siret": MAKERS[1], "source": "decp", "kind": "contract", "text": "ressorts", "date": None}
    folder = write_snapshot(tmp_path / "now", establishments_frame(*firms), capabilities_frame(*told, later))
    build_index(folder)
    return open_register(folder)


@pytest.fixture
def decp(tmp_path):
    rows = [
        f"1;Livraison de vannes;42131000-6;90;Code département;2024-01-05;1000;{MAKERS[1]}",
        f"2;Ressorts ATELIER RESSORTS;44531000-1;90;Code département;2025-01-05;1000;{MAKERS[0]}",
        f"3;Ressorts divers;44531000-1;90;Code département;2025-02-05;1000;{TRADER}",
    ]
    path = tmp_path / "decp.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def test_makers_and_traders_are_told_apart(decp, register):
    title, rows = measure_contracts(decp, register, "2025-01-01")
    assert "Public contracts of 2025-01-01 and after" in title
    assert "3 contracts for goods" in title
    assert {row[1] for row in rows} == {"makers, 1", "traders, 1"}
    figures = {(row[0], row[1]): row[2] for row in rows}
    assert figures["BM25 words", "makers, 1"] == "1.000 [1.000, 1.000]"
    assert figures["Maillon", "makers, 1"] == "1.000 [1.000, 1.000]"
    assert figures["Maillon", "traders, 1"] == "1.000 [1.000, 1.000]"
    assert [row[0] for row in rows[:7]] == [row[0] for row in rows[7:]]


def test_without_a_question_it_says_so(decp, register):
    with pytest.raises(ValueError, match="no contract of that time"):
        measure_contracts(decp, register, "2025-12-31")


def bench(*arguments, home):
    command = [sys.executable, "-m", "bench", "search-contracts", *map(str, arguments)]
    environment = os.environ | {"MAILLON_HOME": str(home), "COLUMNS": "200"}
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120, env=environment
    )


def test_the_command_prints_and_writes(decp, register, tmp_path):
    out = tmp_path / "RESULTS.md"
    done = bench(decp, "--register", register.folder, "--out", out, home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "char 3-4-grams TF-IDF" in done.stdout
    text = out.read_text(encoding="utf-8")
    assert "| BM25 words | traders, 1 |" in text
    assert str(tmp_path) not in text


def test_a_missing_register_is_told_in_words(decp, tmp_path):
    done = bench(decp, home=tmp_path / "none")
    assert done.returncode == 2
    assert "Refused" in done.stdout
    assert "Traceback" not in done.stderr
