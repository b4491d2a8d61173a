"""The dearest imports of a project, and having them costed."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from maillon.web.cost.forms.run import RunForm
from maillon.web.cost.models import CostRun
from maillon.web.cost.queries.runs import is_stale, latest_costs, lines_of
from maillon.web.cost.services.runs import ask_costs
from maillon.web.cost.views.workbook import attached
from maillon.web.follow.models import Project, Stage
from maillon.web.follow.queries.chain import chain_of
from maillon.web.follow.queries.projects import project_for
from maillon.web.intake.queries.versions import current_version
from maillon.web.journal.services.record import record
from maillon.web.people.rights import Right
from maillon.web.people.viewer import Viewer


@require_GET
def costs(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the dearest imports, each with what a local source may cost."""
    project = project_for(request.viewer, pk, Right.RESULTS)
    return render(request, "cost/costs.html", _page(request, project))


def _page(request: HttpRequest, project: Project) -> dict[str, object]:
    viewer, run, version = request.viewer, latest_costs(project), current_version(project)
    told: dict[str, object] = {
        **seen_by(viewer, project),
        "project": project,
        "chain": chain_of(project, Stage.COST),
        "version": version,
        "run": run,
        "run_form": RunForm(initial={"per_year": project.per_year}),
    }
    if run is not None:
        lines, order = lines_of(run, viewer, request.GET.get("order", ""))
        found = list(lines)
        above = sum(line.margin > 0 for line in found)
        told |= {"lines": found, "order": order, "above": above, "stale": is_stale(run, version)}
    return told


def seen_by(viewer: Viewer, project: Project) -> dict[str, bool]:
    """Return what the viewer may see and do on the pages of this step."""
    firm = project.organisation_id
    return {
        "prices": viewer.may(Right.PRICES, firm),
        "names": viewer.may(Right.BOM, firm),
        "may_write": viewer.may(Right.RESULTS_WRITE, firm),
        "may_edit": viewer.may(Right.RESULTS_WRITE, firm) and viewer.may(Right.PRICES, firm),
    }


@require_POST
def run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the current version costed."""
    project = project_for(request.viewer, pk, Right.RESULTS_WRITE)
    version = current_version(project)
    form = RunForm(request.POST)
    if version is None or not form.is_valid():
        return render(request, "cost/costs.html", _page(request, project) | {"run_form": form}, status=422)
    priced = request.viewer.may(Right.PRICES, project.organisation_id)
    per_year = form.cleaned_data["per_year"] if priced else None
    job = ask_costs(project, version, request.viewer, per_year)
    return redirect("jobs:job", pk=job.pk)


@require_GET
def costs_json(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the costed lines for machines: it holds amounts, so that it needs the right to prices."""
    project = project_for(request.viewer, pk, Right.PRICES)
    found = latest_costs(project)
    record("costs_exported", project.organisation_id, request.viewer.user, found)
    content = json.dumps(costs_document(found), ensure_ascii=False, indent=1)
    return attached(content.encode(), "application/json", "costs.json")


def costs_document(found: CostRun | None) -> dict[str, object]:
    """Return a run as plain data."""
    if found is None:
        return {"lines": []}
    lines = [
        {"line": one.line, "designation": one.designation, "supplier": one.supplier, "country": one.country}
        | {"spend": one.spend, "case": one.case, "figures": one.figures}
        for one in found.lines.all()
    ]
    return {
        "date": found.today.isoformat(),
        "products_per_year": found.products_per_year,
        "products_assumed": found.products_assumed,
        "left_out": found.left_out,
        "lines": lines,
    }
