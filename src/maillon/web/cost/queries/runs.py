"""The latest costs of a project, and what was made of a line since."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from maillon.web.cost.models import CostLine, CostQuotation, CostRun, CostScenario
from maillon.web.follow.models import Project
from maillon.web.intake.models import Version
from maillon.web.people.rights import Right
from maillon.web.people.viewer import Viewer

#: Orders of the list by their name in the address; what is told by prices needs the right to them.
ORDERS = {"line": "line", "country": "country", "margin": "-margin"}
PRICE_ORDERS = {"spend": "-spend"}


def latest_costs(project: Project) -> CostRun | None:
    """Return the newest run of a project on a version that is live."""
    live = CostRun.objects.filter(project=project, version__state=Version.State.LIVE)
    found: CostRun | None = live.select_related("version", "made_by").first()
    return found


def is_stale(run: CostRun, current: Version | None) -> bool:
    """Say whether lines have changed since, or another version is the current one."""
    return current is not None and (current.pk != run.version_id or current.revision != run.revision)


def lines_of(run: CostRun, viewer: Viewer, order: str) -> tuple[QuerySet[CostLine], str]:
    """Return the lines of a run in an order that the viewer may ask for, and the name of that order."""
    priced = viewer.may(Right.PRICES, run.organisation_id)
    allowed = PRICE_ORDERS | ORDERS if priced else ORDERS
    kept = order if order in allowed else next(iter(allowed))
    lines: QuerySet[CostLine] = CostLine.objects.filter(run=run)
    return lines.order_by(allowed[kept], "line"), kept


def line_of(project: Project, number: int) -> CostLine:
    """Return one line of the newest run; 404 where it was not costed."""
    run = latest_costs(project)
    found = run and CostLine.objects.filter(run=run, line=number).select_related("run").first()
    if not found:
        raise Http404
    return found


def scenarios_of(project: Project, number: int) -> list[CostScenario]:
    """Return the scenarios of a line, oldest first."""
    kept = CostScenario.objects.filter(project=project, line=number)
    return list(kept.select_related("made_by"))


def quotations_of(project: Project, number: int | None = None) -> list[CostQuotation]:
    """Return the quotations of a project, or of one of its lines, oldest first."""
    kept = CostQuotation.objects.filter(project=project)
    return list(kept if number is None else kept.filter(line=number))
