"""``maillon cost`` as typed: a first cost, offers of a file, JSON as documented, worded refusals."""

import json

import pytest
from typer.testing import CliRunner

from maillon.cli.main import build_app

QUICK = (
    "cost",
    "--price",
    "10",
    "--country",
    "CN",
    "--quantity",
    "2000",
    "--mass",
    "0.5",
    "--lead-time",
    "70",
)
OFFERS = (
    "Pièce;Fournisseur;Pays;Incoterm;PU 100 (€);PU 1000 (€);Délai;Quantité annuelle;Fournisseur actuel\n"
    "Bride;Invented CN;Chine;FOB Shanghai;9,50;8,20;70;3000;oui\n"
    "Bride;Invented FR;France;DAP Belfort;10,00;8,80;15;3000;\n"
    "Axe;Invented IN;Inde;CIF Le Havre;2,1;1,9;80;10000;oui\n"
)


@pytest.fixture
def typed(tmp_path, monkeypatch):
    monkeypatch.setenv("MAILLON_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "160")
    return lambda *words, language="en": CliRunner().invoke(build_app(language), list(words))


@pytest.fixture
def offers(tmp_path):
    path = tmp_path / "devis.csv"
    path.write_text(OFFERS, encoding="utf-8")
    return str(path)


def test_a_first_cost_says_the_break_even_and_what_to_do(typed):
    shown = typed(*QUICK)
    assert shown.exit_code == 0
    assert "local may cost 13% more than the €10 paid" in shown.stdout
    assert "Next: Ask local makers for a quotation" in shown.stdout
    french = typed(*QUICK, "--local-price", "11", language="fr").stdout
    assert "PERTES ATTENDUES" in french
    assert "Par an, le local économise" in french


def test_json_holds_every_item_with_its_source(typed):
    answer = json.loads(typed(*QUICK, "--local-price", "11", "--json").stdout)
    assert list(answer) == ["import", "local", "local_price_known", "break_even", "margin", "saving",
                            "payback_months", "waterfall", "reasons", "next_action", "draws"]  # fmt: skip
    total = answer["import"]["per_unit"]["mid"]
    assert total == pytest.approx(sum(item["mid"] for item in answer["import"]["items"]))
    assert total == pytest.approx(sum(layer["mid"] for layer in answer["import"]["layers"].values()))
    assert all(item["unit"] == "EUR/unit" and item["source"] for item in answer["import"]["items"])
    assert answer["import"]["co2"]["unit"] == "kgCO2e/unit"


def test_offers_of_a_file_are_ranked_part_by_part(typed, offers):
    answer = json.loads(typed("cost", offers, "--json").stdout)
    parts = {part["part"]: [offer["supplier"] for offer in part["offers"]] for part in answer["parts"]}
    assert parts == {"Bride": ["Invented FR", "Invented CN"], "Axe": ["Invented IN"]}
    first = answer["parts"][0]
    totals = [offer["per_unit"]["mid"] for offer in first["offers"]]
    assert totals == sorted(totals)
    assert first["comparison"]["import"]["name"] == "Invented CN"
    assert answer["parts"][1]["comparison"] is None
    shown = typed("cost", offers, "--sources").stdout
    assert "Bride: 3,000 pieces a year" in shown
    assert "Sources of Invented FR" in shown


def test_assumptions_are_written_edited_and_used(typed, tmp_path):
    path = tmp_path / "mine.toml"
    assert typed("cost", "--write-assumptions", str(path)).exit_code == 0
    text = "[country.CN]\n"
    text += (
        'duty = { low = 0.3, mid = 0.3, high = 0.3, unit = "share", source = "broker", date = 2026-11-01 }\n'
    )
    path.write_text(text, encoding="utf-8")
    answer = json.loads(typed(*QUICK, "--assumptions", str(path), "--json").stdout)
    duty = next(item for item in answer["import"]["items"] if item["code"] == "duty")
    assert duty["mid"] > 3
    assert answer["import"]["factors"]["duty"]["source"] == "broker"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--price", "10"), 2, "A first cost needs --price"),
        (("--price", "10", "--country", "FR", "--quantity", "5"), 2, "is no import"),
        (("--price", "10", "--country", "CN", "--quantity", "0"), 2, "must be above zero"),
        (("--price", "10", "--country", "CN", "--quantity", "9", "--lead-time", "-3"), 2, "cannot be -3"),
        (("--price", "10", "--country", "CN", "--quantity", "9", "--incoterm", "DAT"), 2, "not a rule"),
        (("--price", "10", "--country", "CN", "--quantity", "9", "--currency", "USD"), 5, "--rate USD=0.92"),
        (("--price", "1e300", "--country", "CN", "--quantity", "9"), 2, "no usable price"),
        (("--price", "10", "--country", "CN", "--quantity", "inf"), 2, "must be above zero, not inf"),
        (
            ("--price", "10", "--country", "CN", "--quantity", "9", "--duties", "d.csv"),
            2,
            "needs the customs",
        ),
        (("--price", "10", "--country", "CN", "--quantity", "9", "--rate", "dollar"), 2, "no exchange rate"),
    ],
)
def test_senseless_requests_are_answered_in_words(typed, words, code, said):
    answer = typed("cost", *words)
    assert answer.exit_code == code
    assert said in answer.stderr


def test_a_file_without_quotation_or_quantity_is_said(typed, tmp_path):
    path = tmp_path / "vide.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    assert typed("cost", str(path)).exit_code == 4
    path.write_text("Fournisseur;Prix (€)\nInvented;2\n", encoding="utf-8")
    refused = typed("cost", str(path))
    assert (refused.exit_code, "yearly quantity" in refused.stderr) == (2, True)
    assert typed("cost", str(path), "--quantity", "100").exit_code == 0
