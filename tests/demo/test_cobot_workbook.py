"""The workbook, read back with a library that had no part in writing it."""

import json
from pathlib import Path

import openpyxl
import pytest

TRUTH = json.loads((Path(__file__).parent / "truth.json").read_text(encoding="utf-8"))
LEVEL, NUMBER, REFERENCE, DESIGNATION, QUANTITY, UNIT = 0, 1, 2, 3, 5, 6
PRICE, AMOUNT, LABOUR, SUPPLIER, KIND, SITE, EVIDENCE, PROOF, YEARLY = 7, 8, 9, 11, 13, 17, 18, 19, 20


@pytest.fixture(scope="module")
def rows(examples: dict[str, Path]) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(examples["cobot"])
    assert book.sheetnames == ["Nomenclature", "Récap", "Cadences"]
    return list(book["Nomenclature"].iter_rows(values_only=True))


@pytest.fixture(scope="module")
def lines(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return [row for row in rows[7:] if isinstance(row[LEVEL], int)]


@pytest.fixture(scope="module")
def bought(lines: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return [row for row in lines if row[SUPPLIER] is not None]


def number(cell: object) -> float:
    """Read a cell as a person does: "1 234,50 €", "0,6 m" and 12.5 are all figures."""
    if isinstance(cell, int | float):
        return float(cell)
    text = str(cell).replace("\u202f", "").replace("\xa0", "").replace(",", ".")
    return float("".join(char for char in text if char.isdigit() or char == "."))


def test_titles_stand_above_a_header_of_two_lines(rows):
    assert rows[0][0] == "VALTRENNE ROBOTIQUE"
    assert rows[3][0] == "DONNEES INVENTEES - exemple livré avec Maillon, aucune entreprise réelle"
    assert [cell for cell in rows[5] if cell] == [
        "Article", "Besoin", "Valorisation", "Approvisionnement", "Fabrication", "Prévision",
    ]  # fmt: skip
    assert rows[6][:4] == ("Niv.", "Repère", "Référence", "Désignation")


def test_exactly_2200_bought_lines_on_five_levels(lines, bought):
    assert len(bought) == 2200
    assert len(lines) == TRUTH["bill"]["lines"] == 2298
    assert {row[LEVEL] for row in lines} == {1, 2, 3, 4, 5}


def test_every_row_is_a_line_a_section_a_total_or_blank(rows, lines):
    rest = [row for row in rows[7:] if not isinstance(row[LEVEL], int)]
    sections = [row for row in rest if str(row[0] or "").startswith("--- ")]
    totals = [row for row in rest if str(row[DESIGNATION] or "").startswith(("SOUS-TOTAL", "TOTAL"))]
    blank = [row for row in rest if not any(cell is not None for cell in row)]
    assert (len(sections), len(totals), len(blank)) == (13, 14, 13)
    assert len(rows) == 7 + len(lines) + 13 + 14 + 13 - (rows[4] != (None,) * 21)


def test_level_and_dotted_number_agree_and_parents_come_first(lines):
    seen = set()
    for row in lines:
        parts = row[NUMBER].split(".")
        assert len(parts) == row[LEVEL]
        assert row[LEVEL] == 1 or ".".join(parts[:-1]) in seen
        assert row[NUMBER] not in seen
        seen.add(row[NUMBER])


def test_three_lines_alone_are_documented_in_china_or_japan(bought):
    far = [row for row in bought if row[SITE] and ("Chine" in row[SITE] or "Japon" in row[SITE])]
    assert sorted(row[DESIGNATION] for row in far) == [
        "CAPTEUR DE COUPLE AXE 2 140 NM",
        "CARTE DE CALCUL X86 INDUSTRIELLE 8 COEURS 16GO",
        "REDUCTEUR HARMONIQUE AXE 3 RAPPORT 1/100 T25",
    ]
    assert {row[EVIDENCE] for row in far} == {"documenté"}
    assert all(row[PROOF].startswith("Déclaration d'importation") for row in far)


def test_most_origins_are_unknown(bought):
    levels = [row[EVIDENCE] for row in bought]
    assert (levels.count("documenté"), levels.count("déclaré")) == (23, 46)
    assert levels.count(None) == TRUTH["origins_of_the_bill"]["unknown"]["lines"] == 2131


def test_the_quantities_and_prices_roll_up_to_the_printed_total(rows, lines):
    times: dict[str, float] = {"": 1.0}
    cost = 0.0
    for row in lines:
        above = row[NUMBER].rpartition(".")[0]
        total = times[above] * number(row[QUANTITY])
        times[row[NUMBER]] = total
        cost += total * number(row[PRICE] or row[LABOUR] or 0)
        assert row[YEARLY] == pytest.approx(total * 40)
    grand = next(row for row in rows if row[DESIGNATION] == "TOTAL GENERAL HT")
    assert grand[AMOUNT] == TRUTH["bill"]["total_shown"] == 31511.99
    assert cost == pytest.approx(grand[AMOUNT], abs=0.05)


def test_figures_come_in_many_hands(bought):
    texts = [row[PRICE] for row in bought if isinstance(row[PRICE], str)]
    grouped = [text for text in texts if len(text) > len("123,45 €") and text[1] in " \xa0\u202f"]
    assert [number(text) >= 1000 for text in grouped] == [True] * len(grouped)
    assert len({text[1] for text in grouped}) >= 2
    assert all(text.endswith(" €") for text in texts)
    assert sum(row[PRICE] is None for row in bought) == TRUTH["bill"]["bought_lines_without_price"] == 45
    assert {row[UNIT] for row in bought if isinstance(row[QUANTITY], str)} == {"P", "M", "KG"}


def test_line_amounts_equal_quantity_times_price(bought):
    priced = [row for row in bought if row[PRICE] is not None]
    for row in priced:
        assert row[AMOUNT] == pytest.approx(number(row[QUANTITY]) * number(row[PRICE]), abs=6e-5)


def test_a_supplier_is_typed_in_several_ways(bought):
    typed = {row[SUPPLIER] for row in bought if "talmi" in row[SUPPLIER].lower()}
    assert len(typed) >= 5
    assert {row[KIND] for row in bought} == {"Fabricant", "Distributeur", "Négoce", "S/T"}


def test_recap_and_yearly_quantities_agree(examples):
    book = openpyxl.load_workbook(examples["cobot"])
    recap = list(book["Récap"].iter_rows(min_row=4, values_only=True))
    assert sum(row[1] for row in recap[:-1]) == recap[-1][1] == 2200
    assert round(sum(row[2] for row in recap[:-1]), 2) == recap[-1][2] == 31511.99
    yearly = list(book["Cadences"].iter_rows(min_row=4, values_only=True))
    assert yearly == [("VT-6 standard", 28), ("VT-6 poste mobile", 12), ("Total", 40)]


def test_answers_change_origins_and_nothing_else(examples, rows):
    book = openpyxl.load_workbook(examples["cobot-reponses"])
    after = list(book["Nomenclature"].iter_rows(values_only=True))
    changed = [(old, new) for old, new in zip(rows[2:], after[2:], strict=True) if old != new]
    assert all(old[:SITE] + old[YEARLY:] == new[:SITE] + new[YEARLY:] for old, new in changed)
    assert {(old[EVIDENCE], new[EVIDENCE]) for old, new in changed} == {(None, "déclaré")}
    assert {new[PROOF] for _, new in changed} == {"Réponse du fournisseur du 02/02/2026"}
    assert len(changed) == 2131 - TRUTH["origins_after_answers"]["unknown"]["lines"] == 452
