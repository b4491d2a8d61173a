"""The section of true costs and of the plan: what it shows, in both languages, and what it never hides."""

import datetime as dt
import json
from dataclasses import replace

import openpyxl
import pytest

from factories.register import capabilities_frame, establishments_frame, siret_of, write_snapshot
from maillon.dossier import Dossier
from maillon.pipeline import Request, run
from maillon.reference.places import locate
from maillon.reference.register import open_register
from maillon.reference.register.index import build_index
from maillon.reference.register.names import build_names
from maillon.report import dossier_json
from maillon.report.page import dossier_html
from maillon.report.relocation import HEADS, draw_dearest, list_costs
from maillon.report.workbook import write_workbook

GEARS = siret_of(31)


@pytest.fixture(scope="module")
def dossier(tmp_path_factory) -> Dossier:
    folder = write_snapshot(
        tmp_path_factory.mktemp("register") / "s",
        establishments_frame(
            {"siret": GEARS, "siren": GEARS[:9], "name": "TAILLAGE DU LION", "naf": "28.15Z"}
        ),
        capabilities_frame({"siret": GEARS, "kind": "process", "code": "gear-cutting", "text": "taillage"}),
    )
    build_index(folder)
    build_names(folder)
    bill = tmp_path_factory.mktemp("bill") / "bill.csv"
    lines = (
        "Désignation;Qté;PU HT (€);Fournisseur;Lieu de fabrication",
        "PIGNON CONIQUE 42CrMo4 MODULE 2;4;50,00;=Import <Demo>;Shenzhen, Chine",
        "COQUE POLYESTER;1;90,00;Import Demo;Osaka, Japon",
        "CARTER ALU;1;60,00;Alpha;Besançon",
    )
    bill.write_text("\n".join(lines) + "\n", encoding="utf-8")
    request = Request(
        name="Essai", site=locate("Belfort"), register=open_register(folder), today=dt.date(2026, 11, 23)
    )
    return run([bill], request)


def test_the_dearest_imports_come_first_with_range_margin_and_move(dossier: Dossier) -> None:
    listing = list_costs(dossier, "en")
    assert listing is not None
    gears, hull = listing.rows
    assert len(gears) == len(HEADS)
    assert gears[0].startswith("PIGNON")
    assert gears[1] == "=Import <Demo>, China"
    assert gears[2] == "€20,000"
    assert "to" in gears[3]
    assert "up to" in gears[4]
    assert "TAILLAGE DU LION" in gears[6]
    assert (hull[6], hull[7]) == ("stays", "")


def test_every_guess_is_named_and_the_verdict_comes_with_it(dossier: Dossier) -> None:
    notes = " ".join(list_costs(dossier, "en").notes)
    assert "100 products a year" in notes
    assert "Hypothesis of" in notes
    assert "for want of quotations" in notes
    assert "Proven optimal." in notes
    french = " ".join(list_costs(dossier, "fr").notes)
    assert "Hypothèse" in french
    assert "Optimum prouvé" in french


def test_without_a_plan_the_costs_stay_and_say_so(dossier: Dossier) -> None:
    listing = list_costs(replace(dossier, planned=None), "en")
    assert listing is not None
    assert {row[6] for row in listing.rows} == {"no plan"}
    assert any("No sourcing plan" in note for note in listing.notes)


def test_without_costs_there_is_no_section(dossier: Dossier) -> None:
    bare = replace(dossier, costs=None, planned=None)
    assert (list_costs(bare, "fr"), draw_dearest(bare, "fr")) == (None, None)
    assert 'id="costs"' not in dossier_html(bare, "fr")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_holds_table_drawing_and_its_data(dossier: Dossier, language: str) -> None:
    page = dossier_html(dossier, language)
    section = page[page.index('id="costs"') :]
    assert "TAILLAGE DU LION" in section
    assert "<svg" in section
    assert "<Demo>" not in page
    assert "&lt;Demo&gt;" in section


def test_the_workbook_holds_every_import_and_no_formula_of_others(dossier: Dossier, tmp_path) -> None:
    write_workbook(dossier, tmp_path / "d.xlsx", "en")
    sheet = openpyxl.load_workbook(tmp_path / "d.xlsx")["Total cost and plan"]
    rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert [row[1][:6] for row in rows] == ["PIGNON", "COQUE "]
    assert rows[0][2] == "=Import <Demo>"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    low, mid, high = rows[0][7:10]
    assert low < mid < high


def test_machines_get_ranges_status_and_moves(dossier: Dossier) -> None:
    told = json.loads(json.dumps(dossier_json(dossier)))
    line = told["costs"]["lines"][0]
    assert line["total_cost"]["unit"] == "EUR/unit"
    assert line["break_even_price"]["low"] <= line["break_even_price"]["mid"]
    assert sum(layer["mid"] for layer in line["layers"].values()) == pytest.approx(line["total_cost"]["mid"])
    assert told["plan"]["status"] == "proven optimal"
    assert {move["supplier"] for move in told["plan"]["moves"]} == {"=Import <Demo>", GEARS}
