"""Costs and a plan of a project as rows: for tests of who may open what, not of figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django_scopes import scopes_disabled

from maillon.core.quotation import PriceBreak, Quotation
from maillon.web.cost.models import CostLine, CostQuotation, CostRun, CostScenario
from maillon.web.cost.offers import offer_to_json
from maillon.web.follow.models import Project
from maillon.web.intake.models import Version
from maillon.web.plan.models import PlanScenario

MAKER = "11000001000011"
DAY = dt.date(2026, 11, 23)
CASE = {"price": 10.0, "currency": "EUR", "country": "CN", "annual_quantity": 100.0, "today": "2026-11-23"}
#: What a list and a table of scenarios show; one figure stands for all.
FIGURES = {
    "total": [11.0, 15.0, 25.0], "local_total": None, "break_even": [9.0, 12.0, 20.0],
    "margin": [-0.1, 0.2, 1.0], "saving": None, "payback": None, "one_off": [0.0, 100.0, 200.0],
    "co2": [0.1, 0.2, 0.3], "local_co2": None, "apart": ["duty"], "layers": {},
}  # fmt: skip


def make_costs(project: Project, canary: str = "") -> tuple[CostRun, CostScenario]:
    """Create a run with one costed line, number 1, and a scenario of it."""
    with scopes_disabled():
        version = Version.objects.filter(project=project).first()
        owned: dict[str, Any] = {"organisation": project.organisation}
        run = CostRun.objects.create(
            **owned, project=project, version=version, revision=version.revision, today=DAY,
            products_assumed=False, left_out=0,
        )  # fmt: skip
        CostLine.objects.create(
            **owned, run=run, line=1, designation=f"carter {canary}".strip(),
            supplier=f"Beta {canary}".strip(), country="CN", spend=1000.0, margin=0.2,
            case=CASE, figures=FIGURES,
        )  # fmt: skip
        scenario = CostScenario.objects.create(
            **owned, project=project, line=1, name="devis", case=CASE, figures=FIGURES
        )
    return run, scenario


def make_quotation(project: Project) -> CostQuotation:
    """Create a quotation for line 1."""
    offer = Quotation("Ateliers du Lion", "", (PriceBreak(0, 9.0),), "EUR", country="FR", date=DAY)
    with scopes_disabled():
        return CostQuotation.objects.create(
            organisation=project.organisation, project=project, line=1, supplier=offer.supplier,
            offer=offer_to_json(offer),
        )  # fmt: skip


def make_plan(project: Project, canary: str = "") -> PlanScenario:
    """Create a plan that keeps its one line where it is bought."""
    today, part = f"Beta {canary}".strip(), "1"
    plan = {
        "status": "proven optimal", "costs": None, "objective": 1500.0, "bound": 1500.0, "seconds": 0.1,
        "one_off": 0.0, "cvar": 0.0, "co2": None, "local_share": 0.0, "opened": {}, "losses": {},
        "moves": {"part": []},
        "shares": {"part": [part], "supplier": [today], "share": [1.0], "annual_cost": [1500.0]},
    }  # fmt: skip
    problem = {
        "parts": {"part": [part], "label": [f"carter {canary}".strip()], "spend": [1000.0]},
        "offers": {
            "part": [part, part],
            "supplier": [today, "11000001000011"],
            "annual_cost": [1500.0, 1600.0],
        },
        "names": {
            today: {"name": today, "maker": False, "evidence": False},
            MAKER: {"name": "TAILLAGE DU LION", "maker": True, "evidence": True},
        },
    }
    outcome = {"plan": plan, "gap": 0.0, "today": {"cost": 1500.0, "local_share": 0.0}, "moves": []}
    with scopes_disabled():
        version = Version.objects.filter(project=project).first()
        return PlanScenario.objects.create(
            organisation=project.organisation, project=project, version=version, revision=version.revision,
            today=DAY, key="invented", name="plan", problem=problem, outcome=outcome,
            wishes={"seconds": 10, "points": 0, "dual": True},
        )  # fmt: skip


def clear_costs() -> None:
    """Remove every cost and plan: for tests that count their own."""
    with scopes_disabled():
        for model in (PlanScenario, CostScenario, CostQuotation, CostRun):
            model.objects.all().delete()
