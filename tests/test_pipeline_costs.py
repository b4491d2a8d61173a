"""From a file to costs and a plan: what is costed, on which hypotheses, and what the plan may not do."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from factories.register import capabilities_frame, establishments_frame, siret_of, write_snapshot
from maillon.dossier import Dossier
from maillon.pipeline import Request, run
from maillon.pipeline.costing import MOST_LINES, PER_YEAR
from maillon.reference.places import locate
from maillon.reference.register import open_register
from maillon.reference.register.index import build_index
from maillon.reference.register.names import build_names
from maillon.solve import Status

HEADER = "Désignation;Qté;PU HT (€);Fournisseur;Ville;Lieu de fabrication"
GEARS = "PIGNON CONIQUE 42CRMO4 MODULE 2;4;50,00;Beta;Shenzhen, Chine;Shenzhen, Chine"
MAKER, OTHER = siret_of(11_000_001), siret_of(11_000_002)


def write_csv(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "nomenclature.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    firms = establishments_frame(
        {"siret": MAKER, "siren": MAKER[:9], "name": "TAILLAGE DU LION", "naf": "28.15Z"},
        {"siret": OTHER, "siren": OTHER[:9], "name": "ATELIERS DE LA SAVOUREUSE", "naf": "28.15Z"},
    )
    told = capabilities_frame(
        {"siret": MAKER, "kind": "process", "code": "gear-cutting", "text": "taillage d'engrenages coniques"}
    )
    folder = write_snapshot(tmp_path_factory.mktemp("register") / "snapshot", firms, told)
    build_index(folder)
    build_names(folder)
    return open_register(folder)


def dossier_of(path: Path, **asked: object) -> Dossier:
    return run([path], Request(site=locate("Belfort"), today=dt.date(2026, 11, 23), **asked))


def test_lines_made_abroad_are_costed_and_others_are_not(tmp_path):
    path = write_csv(
        tmp_path,
        GEARS,
        "CARTER ALU;1;60,00;Alpha;Besançon (25);Besançon (25)",
        "VIS CHC M5X16;20;0,50;Gamma;Lyon;",
    )
    costs = dossier_of(path).costs
    assert costs is not None
    assert [(line.line, line.country) for line in costs.lines] == [(1, "CN")]
    assert (costs.left_out, costs.products_per_year, costs.products_assumed) == (0, PER_YEAR, True)
    (line,) = costs.lines
    assert (line.spend, line.quantity) == pytest.approx((200.0 * PER_YEAR, 4 * PER_YEAR))
    assert line.comparison.imported.per_unit.mid > 50.0
    assert line.local.item("price").estimate.mid == pytest.approx(50.0 * line.local_price.mid, rel=0.02)


def test_the_products_of_a_year_are_those_asked_for(tmp_path):
    costs = dossier_of(write_csv(tmp_path, GEARS), per_year=12.0).costs
    assert costs is not None
    assert (costs.products_per_year, costs.products_assumed) == (12.0, False)
    assert costs.lines[0].quantity == pytest.approx(48.0)


def test_nothing_made_abroad_with_a_price_is_no_cost(tmp_path):
    path = write_csv(
        tmp_path, "CARTER ALU;1;60,00;Alpha;Besançon;Besançon", "MOTEUR;1;;Beta;Pékin;Shenzhen, Chine"
    )
    dossier = dossier_of(path)
    assert (dossier.costs, dossier.planned) == (None, None)


def test_only_the_dearest_lines_are_costed_and_the_rest_is_counted(tmp_path):
    rows = [f"PIECE {n};1;{n},00;Beta;Shenzhen, Chine;Shenzhen, Chine" for n in range(1, MOST_LINES + 4)]
    costs = dossier_of(write_csv(tmp_path, *rows)).costs
    assert costs is not None
    assert (len(costs.lines), costs.left_out) == (MOST_LINES, 3)
    assert costs.lines[0].designation == f"PIECE {MOST_LINES + 3}"


def test_visits_of_a_supplier_are_shared_by_what_is_bought_there(tmp_path):
    alone = dossier_of(write_csv(tmp_path, GEARS)).costs
    both = dossier_of(
        write_csv(tmp_path, GEARS, GEARS.replace("PIGNON", "ROUE").replace("50,00", "150,00"))
    ).costs
    assert alone is not None
    assert both is not None
    audits = [
        line.comparison.imported.item("travel_audit").estimate.mid for line in (*alone.lines, *both.lines)
    ]
    assert audits == pytest.approx([audits[0], 0.75 * audits[0], 0.25 * audits[0]])


def test_without_a_register_there_is_a_cost_and_no_plan(tmp_path):
    dossier = dossier_of(write_csv(tmp_path, GEARS))
    assert dossier.costs is not None
    assert dossier.planned is None


def test_the_plan_chooses_among_today_and_the_makers_found(tmp_path, register):
    planned = dossier_of(write_csv(tmp_path, GEARS), register=register).planned
    assert planned is not None
    assert planned.plan.status is Status.OPTIMAL
    assert set(planned.makers) == {MAKER, OTHER}
    assert set(planned.problem.offers["supplier"]) == {"Beta", MAKER, OTHER}
    assert planned.plan.shares["share"].sum() == pytest.approx(1.0)
    today = planned.problem.offers.filter(pl.col("supplier") == "Beta")
    assert today["qualification_cost"].to_list() == [0.0]


def test_a_maker_that_nothing_proves_costs_more_to_look_at(tmp_path, register):
    planned = dossier_of(write_csv(tmp_path, GEARS), register=register).planned
    assert planned is not None
    opening = dict(planned.problem.suppliers.select("supplier", "opening_cost").iter_rows())
    assert opening["Beta"] == 0.0 < opening[MAKER] < opening[OTHER]


def test_a_firm_that_hardly_can_is_never_planned_for(tmp_path, register):
    hull = "COQUE DE BATEAU POLYESTER;1;900,00;Beta;Shenzhen, Chine;Shenzhen, Chine"
    dossier = dossier_of(write_csv(tmp_path, hull), register=register)
    assert dossier.costs is not None
    assert dossier.planned is None


def test_a_budget_of_nothing_cannot_give_a_critical_part_its_second_source(tmp_path, register):
    planned = dossier_of(write_csv(tmp_path, GEARS), register=register, budget=0.0).planned
    assert planned is not None
    assert planned.problem.parts["critical"].to_list() == [True]
    assert planned.plan.status is Status.INFEASIBLE
    assert not planned.plan.found


def test_a_local_target_moves_what_it_takes(tmp_path, register):
    planned = dossier_of(write_csv(tmp_path, GEARS), register=register, local_target=0.5).planned
    assert planned is not None
    assert planned.plan.local_share >= 0.5 - 1e-9


def test_what_is_paid_once_counts_once(tmp_path, register):
    dossier = dossier_of(write_csv(tmp_path, GEARS), register=register)
    assert dossier.planned is not None
    assert dossier.costs is not None
    (line,) = dossier.costs.lines
    offer = dossier.planned.problem.offers.filter(pl.col("supplier") == MAKER).row(0, named=True)
    spread = sum(line.local.item(code).estimate.mid for code in ("tooling", "prototype", "travel_startup"))
    recurring = line.local.per_unit.mid - spread - line.local.item("disruption").estimate.mid
    assert offer["annual_cost"] == pytest.approx(recurring * line.quantity)
    assert (
        offer["qualification_cost"] == line.local.factors["tooling"].mid + line.local.factors["prototype"].mid
    )


def test_stops_of_supply_are_one_a_country_and_never_surer_than_sure(tmp_path, register):
    planned = dossier_of(write_csv(tmp_path, GEARS), register=register).planned
    assert planned is not None
    assert planned.problem.scenarios["scenario"].to_list() == ["CN", "FR"]
    assert 0 < planned.problem.scenarios["probability"].sum() <= 1
    assert planned.problem.losses["lost_share"].is_between(0, 1).all()
