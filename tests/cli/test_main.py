"""The command line as a newcomer meets it: a real process, real files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def maillon(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "maillon", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        timeout=120,
        check=False,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1", **environment},
    )


def test_help_speaks_french_by_default_and_english_on_request():
    french, english = maillon("--help"), maillon("--help", "--lang", "en")
    assert "Du tableur de l’entreprise à des sources d’approvisionnement locales." in french.stdout
    assert "From a firm's own spreadsheet to local sources of supply." in english.stdout
    assert "Commandes" in french.stdout
    assert "Commands" in english.stdout


def test_the_environment_chooses_the_language():
    assert "From a firm's own spreadsheet" in maillon("--help", MAILLON_LANG="en").stdout


def test_help_loads_no_heavy_library():
    code = (
        "import sys\nfrom maillon.cli.main import build_app\nbuild_app('fr')\n"
        "print(sorted({'polars', 'altair', 'weasyprint', 'lxml', 'numpy', 'babel'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_a_missing_file_is_refused_with_a_hint(tmp_path):
    done = maillon("intake", str(tmp_path / "absent.xlsx"))
    assert done.returncode == 3
    assert "absent.xlsx" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_error_is_json_too(tmp_path):
    empty = tmp_path / "vide.xlsx"
    empty.write_bytes(b"")
    done = maillon("diagnose", str(empty), "--json", "--lang", "en")
    error = json.loads(done.stdout)["error"]
    assert (done.returncode, error["kind"]) == (3, "RefusedFile")
    assert error["message"] == "vide.xlsx: The file is empty (0 bytes)."
    assert error["hint"] == "Export it again, or send it again."


def test_an_unknown_town_is_an_invalid_request():
    done = maillon("diagnose", str(ROOT / "examples/cobot.xlsx"), "--site", "Trifouillis", "--lang", "en")
    assert done.returncode == 2
    assert "“Trifouillis” was not found" in done.stderr


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    """A list of four parts: two French, one Chinese, one unknown; 10, 20, 30 and 40 euros."""
    path = tmp_path_factory.mktemp("cli") / "petite.csv"
    path.write_text(
        "Désignation;Qté;PU HT (€);Fournisseur;Pays d'origine\n"
        "CARTER INOX 316L EP 2;1;10,00;Alpha;France\n"
        "VIS CHC M5X16;2;10,00;Beta;France\n"
        "MOTEUR BRUSHLESS 48V;1;30,00;Gamma;Chine\n"
        "ROULEMENT 6205-2RS;4;10,00;Delta;\n",
        encoding="utf-8",
    )
    return path


def test_intake_gives_the_documented_json(small):
    reading = json.loads(maillon("intake", str(small), "--json").stdout)
    (table,) = reading["tables"]
    assert table["header_row"] == 1
    assert table["columns"]["designation"]["source"] == "Désignation"
    assert table["rows"] == {
        "read": 5,
        "parts": 4,
        "headers": 1,
        "sections": 0,
        "totals": 0,
        "blank": 0,
        "quarantined": 0,
    }
    assert [line["quantity"] for line in table["lines"]] == [1, 2, 1, 4]
    assert [line["unit_price"] for line in table["lines"]] == [10, 10, 30, 10]


def test_diagnose_gives_the_documented_intervals(small):
    found = json.loads(maillon("diagnose", str(small), "--json").stdout)
    france = found["local_content"]["origin_value"]["country:FR"]
    assert france["min"] == pytest.approx(30 / 100)
    assert france["max"] == pytest.approx(70 / 100)
    assert found["indices"]["making"]["eu"]["max"] == pytest.approx(70 / 100)


def test_read_names_noun_material_and_tolerance():
    found = json.loads(maillon("read", "CARTER INOX 316L EP 2 LG 340 H7", "--json").stdout)
    assert found["noun"]["fr"] == "carter"
    assert found["material"]["grade"] == "316L"


def test_run_writes_the_dossier_in_the_folder(small, tmp_path):
    out = tmp_path / "resultats"
    done = maillon("run", str(small), "--out", str(out), "--format", "html,json,xlsx")
    assert done.returncode == 0, done.stderr
    assert sorted(path.suffix for path in out.iterdir()) == [".html", ".json", ".xlsx"]
