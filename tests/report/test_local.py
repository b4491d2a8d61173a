"""Who near the firm could make it: from a register to the page, the workbook and the machine's document."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from factories.register import capabilities_frame, establishments_frame, siret_of, write_snapshot
from maillon.dossier import Dossier
from maillon.pipeline import Request, run
from maillon.reference.places import locate
from maillon.reference.register import open_register
from maillon.reference.register.index import build_index
from maillon.reference.register.names import build_names
from maillon.report.actions import propose_three
from maillon.report.local import draw_candidates, list_gaps, list_local, sourced_needs
from maillon.report.machine import dossier_json
from maillon.report.page import dossier_html
from maillon.report.workbook import write_workbook

TURNER, TRADER, FAR = siret_of(1), siret_of(2), siret_of(3)
MARSEILLE = {
    "commune": "13055",
    "commune_name": "MARSEILLE",
    "departement": "13",
    "region": "93",
    "lat": 43.3,
    "lon": 5.4,
}


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    folder = write_snapshot(
        tmp_path_factory.mktemp("register"),
        establishments_frame(
            {"siret": TURNER, "name": "DECOLLETAGE DU LION", "naf": "25.62A"},
            {"siret": TRADER, "name": "NEGOCE DU LION", "naf": "46.69B"},
            {"siret": FAR, "name": "TOURNAGE DU PORT", "naf": "25.62B", **MARSEILLE},
        ),
        capabilities_frame({"siret": TURNER, "kind": "process", "code": "turning", "text": "tournage"}),
    )
    build_index(folder)
    build_names(folder)
    return open_register(folder)


@pytest.fixture
def dossier(tmp_path: Path, register) -> Dossier:
    bill = tmp_path / "bill.csv"
    lines = (
        "Désignation;Qté;PU HT (€);Fournisseur;SIRET fournisseur;Lieu de fabrication",
        "AXE TOURNE 42CrMo4;10;60,00;Import Demo;;Shenzhen, Chine",
        "AXE TOURNE 42CrMo4;5;61,00;;;",
        "POMPE HYDRAULIQUE;1;30,00;Import Demo;;Osaka, Japon",
        f"DOUILLE TOURNEE;2;5,00;Décolletage du Lion SARL;{TURNER};Besançon (25)",
    )
    bill.write_text("\n".join(lines) + "\n", encoding="utf-8")
    request = Request(name="Essai", site=locate("Belfort"), register=register, today=dt.date(2026, 11, 23))
    return run([bill], request)


def test_lines_alike_are_one_need_and_french_lines_are_none(dossier: Dossier) -> None:
    first, second = sourced_needs(dossier)
    assert (first.designation, first.lines, first.spend) == ("AXE TOURNE 42CrMo4", (1, 2), 905.0)
    assert first.countries == ("CN",)
    assert [one.siret for one in first.result.candidates] == [TURNER]
    assert first.shown is not None
    assert second.lines == (3,)
    assert second.result.gap is not None


def test_the_page_names_the_candidate_and_the_gap(dossier: Dossier) -> None:
    makers, gaps = list_local(dossier, "fr"), list_gaps(dossier, "fr")
    assert makers is not None
    assert makers.caption.startswith("À moins de 100\u00a0km de Belfort\u00a0: 1 des 2 pièces")
    assert makers.rows[0][4] == "DECOLLETAGE DU LION, Belfort, 0\u00a0km, déjà fournisseur"
    assert makers.rows[0][5].startswith("Déclare faire\u00a0: tournage.")
    assert gaps is not None
    assert [row[0] for row in gaps.rows] == ["POMPE HYDRAULIQUE"]
    page = dossier_html(dossier, "en")
    assert "DECOLLETAGE DU LION" in page
    assert "NEGOCE DU LION" not in page
    assert "TOURNAGE DU PORT" not in page


def test_the_next_actions_ask_whom_the_plan_chose_up_to_what_it_is_worth(dossier: Dossier) -> None:
    asked = [action for action in propose_three(dossier) if action.anchor == "costs"]
    assert [str(action.what) for action in asked] == [
        "Ask DECOLLETAGE DU LION for a quotation for AXE TOURNE 42CrMo4."
    ]
    assert "It pays up to" in str(asked[0].why)


def test_the_next_actions_name_whom_to_consult_where_nothing_is_planned(dossier: Dossier) -> None:
    bare = replace(dossier, costs=None, planned=None)
    consulted = [action for action in propose_three(bare) if action.anchor == "makers"]
    assert [str(action.what) for action in consulted] == [
        "Consult DECOLLETAGE DU LION for AXE TOURNE 42CrMo4."
    ]


def test_the_map_counts_each_firm_once(dossier: Dossier) -> None:
    figure = draw_candidates(dossier, "en")
    assert figure is not None
    assert figure.rows == (("Territoire de Belfort", "1"),)


def test_the_workbook_holds_every_candidate_and_gap(dossier: Dossier, tmp_path: Path) -> None:
    write_workbook(dossier, tmp_path / "x.xlsx", "en")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    found = list(book["Local sources"].iter_rows(min_row=4, values_only=True))
    assert [(row[1], row[4], row[6]) for row in found] == [("1, 2", 1, TURNER)]
    assert [row[0] for row in book["Gaps"].iter_rows(min_row=4, values_only=True)] == ["POMPE HYDRAULIQUE"]


def test_the_document_sums_its_reasons(dossier: Dossier) -> None:
    local = dossier_json(dossier)["local"]
    assert (local["register"], local["built"], local["establishments"]) == (
        "register-20261101-invented",
        "2026-11-01",
        3,
    )
    need = local["needs"][0]
    assert need["lines"] == [1, 2]
    candidate = need["candidates"][0]
    assert sum(reason["weight"] for reason in candidate["reasons"]) == pytest.approx(candidate["score"])


def test_without_a_register_nothing_is_searched(tmp_path: Path) -> None:
    bill = tmp_path / "bill.csv"
    bill.write_text("Désignation;Qté\nAXE TOURNE;10\nVIS M6;5\n", encoding="utf-8")
    dossier = run([bill], Request())
    assert dossier.local is None
    assert dossier_json(dossier)["local"] is None
    assert 'id="makers"' not in dossier_html(dossier, "fr")
