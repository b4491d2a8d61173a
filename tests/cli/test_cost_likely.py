"""``maillon cost``: how sure the result is, and the workbook to check it."""

import json

import openpyxl
import pytest
from typer.testing import CliRunner

from maillon.cli.main import build_app

WORDS = ("cost", "--price", "50", "--country", "CN", "--quantity", "400")


def typed(*words: str, language: str = "en"):
    return CliRunner().invoke(build_app(language), [*WORDS, *words])


def test_machines_get_quantiles_and_what_decides() -> None:
    drawn = json.loads(typed("--json", "--local-price", "58").stdout)["draws"]
    assert drawn["import"]["low"] < drawn["import"]["mid"] < drawn["import"]["high"]
    assert 0 < drawn["local_cheaper"] < 1
    shares = [one["share"] for one in drawn["deciding"]]
    assert len(shares) == 3
    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize(("language", "words"), [("en", "Nine times in ten"), ("fr", "Neuf fois sur dix")])
def test_people_get_sentences_and_no_odds_without_a_local_price(language: str, words: str) -> None:
    plain, known = typed(language=language), typed("--local-price", "58", language=language)
    assert words in " ".join(plain.output.split())
    assert ("draws" in known.output.replace("correlated draws", "")) or language == "fr"
    assert "is cheaper in" not in plain.output


def test_the_workbook_is_written_with_live_formulas(tmp_path) -> None:
    result = typed("--workbook", str(tmp_path / "cost.xlsx"))
    assert result.exit_code == 0, result.output
    book = openpyxl.load_workbook(tmp_path / "cost.xlsx")
    formulas = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) > 100


def test_a_workbook_of_many_parts_is_refused_in_words(tmp_path) -> None:
    file = tmp_path / "quotes.csv"
    file.write_text("Pièce;Fournisseur;Prix\nA;X;10\n", encoding="utf-8")
    result = CliRunner().invoke(build_app("en"), ["cost", str(file), "--workbook", str(tmp_path / "x.xlsx")])
    assert result.exit_code == 2
    assert "one part" in " ".join(result.output.split())
