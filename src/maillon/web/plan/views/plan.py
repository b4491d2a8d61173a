"""One plan: its search as it goes, its moves, its trade-offs, questions."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from maillon.web.cost.views.workbook import XLSX, attached
from maillon.web.follow.models import Project, Stage
from maillon.web.follow.queries.chain import chain_of
from maillon.web.follow.queries.projects import project_for
from maillon.web.jobs.said import messages_from_json
from maillon.web.jobs.services.run import cancel_job
from maillon.web.journal.services.record import record
from maillon.web.people.rights import Right
from maillon.web.plan.forms.wishes import NameForm, WhyNotForm
from maillon.web.plan.models import PlanScenario
from maillon.web.plan.queries.frontier import draw_points, points_of
from maillon.web.plan.queries.scenarios import plan_of
from maillon.web.plan.queries.told import offers_left, tell_answers, tell_outcome
from maillon.web.plan.queries.workbook import write_plan_workbook
from maillon.web.plan.services.questions import ask_why_not
from maillon.web.plan.services.scenarios import name_scenario, remove_scenario, restart, stop_search
from maillon.web.plan.views.plans import seen_by
from maillon.web.ui.templatetags.maillon import language


@require_GET
def plan(request: HttpRequest, pk: UUID, scenario: UUID) -> HttpResponse:
    """Return a plan: the best so far while it is searched, else all of it."""
    project = project_for(request.viewer, pk, Right.RESULTS)
    found = plan_of(project, scenario)
    return _shown(request, project, found)


def _shown(
    request: HttpRequest, project: Project, found: PlanScenario, status: int = 200, **more: object
) -> HttpResponse:
    context = seen_by(request.viewer, project) | {
        "project": project,
        "chain": chain_of(project, Stage.PLAN),
        "scenario": found,
        "named": NameForm(initial={"name": found.name}),
    }
    if found.outcome is None:
        told = {"said": messages_from_json(found.job.said) if found.job else {}}
        page = "plan/includes/search.html" if request.htmx else "plan/search.html"
        return render(request, page, context | told)
    context |= _outcome(request, found, context) | more
    page = "plan/includes/point.html" if request.htmx else "plan/plan.html"
    if request.htmx and "point" not in request.GET:
        return HttpResponse(headers={"HX-Redirect": request.path})
    return render(request, page, context, status=status)


def _outcome(request: HttpRequest, found: PlanScenario, seen: dict[str, object]) -> dict[str, object]:
    rights = {"prices": bool(seen["prices"]), "names": bool(seen["names"])}
    chosen = _point(request, found)
    points = points_of(found, chosen)
    told: dict[str, object] = {
        "told": tell_outcome(found, **rights, point=chosen),
        "whole": tell_outcome(found, **rights),
        "points": points,
        "chosen": chosen,
        "drawing": draw_points(found, points, language()) if points else "",
    }
    if found.outcome["plan"]["shares"]["part"]:
        told["answers"] = tell_answers(found, **rights)
        told["why_not"] = WhyNotForm(offers=offers_left(found, names=rights["names"]))
    return told


def _point(request: HttpRequest, found: PlanScenario) -> int | None:
    """Return the trade-off that the address names; None for the plan itself."""
    text = request.GET.get("point", "")
    points = len(found.outcome.get("frontier", []))
    return int(text) if text.isdecimal() and len(text) < 4 and int(text) < points else None


def _to_change(request: HttpRequest, pk: UUID, scenario: UUID) -> tuple[Project, PlanScenario]:
    project = project_for(request.viewer, pk, Right.RESULTS_WRITE)
    return project, plan_of(project, scenario)


@require_POST
def stop(request: HttpRequest, pk: UUID, scenario: UUID) -> HttpResponse:
    """End a search with the best plan so far."""
    _project, found = _to_change(request, pk, scenario)
    stop_search(found)
    return redirect("plan:plan", pk=pk, scenario=scenario)


@require_POST
def cancel(request: HttpRequest, pk: UUID, scenario: UUID) -> HttpResponse:
    """End a search and keep nothing of it."""
    _project, found = _to_change(request, pk, scenario)
    if found.job is not None and not found.job.over:
        cancel_job(found.job)
    return redirect("plan:plan", pk=pk, scenario=scenario)


@require_POST
def again(request: HttpRequest, pk: UUID, scenario: UUID) -> HttpResponse:
    """Search again for a plan whose search was cancelled or failed."""
    _project, found = _to_change(request, pk, scenario)
    if found.outcome is None:
        restart(found, request.viewer)
    return redirect("plan:plan", pk=pk, scenario=scenario)


@require_POST
def why_not(request: HttpRequest, pk: UUID, scenario: UUID) -> HttpResponse:
    """Ask why an offer is not in the plan."""
    project, found = _to_change(request, pk, scenario)
    if found.outcome is None or not found.outcome["plan"]["shares"]["part"]:
        raise Http404
    names = request.viewer.may(Right.BOM, project.organisation_id)
    form = WhyNotForm(request.POST, offers=offers_left(found, names=names))
    if not form.is_valid():
        return _shown(request, project, found, status=422, why_not=form)
    job = ask_why_not(found, *form.asked, request.viewer)
    return redirect("jobs:job", pk=job.pk)


@require_POST
def rename(request: HttpRequest, pk: UUID, scenario: UUID) -> HttpResponse:
    """Give a plan a name."""
    project, found = _to_change(request, pk, scenario)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _shown(request, project, found, status=422, named=form)
    name_scenario(found, form.cleaned_data["name"], request.viewer)
    return redirect("plan:plan", pk=pk, scenario=scenario)


@require_POST
def remove(request: HttpRequest, pk: UUID, scenario: UUID) -> HttpResponse:
    """Delete a plan."""
    _project, found = _to_change(request, pk, scenario)
    remove_scenario(found, request.viewer)
    return redirect("plan:plans", pk=pk)


def _to_export(request: HttpRequest, pk: UUID, scenario: UUID) -> PlanScenario:
    """Return a plan for who may take its amounts away."""
    project = project_for(request.viewer, pk, Right.PRICES)
    found = plan_of(project, scenario)
    if found.outcome is None:
        raise Http404
    record("plan_exported", project.organisation_id, request.viewer.user, found)
    return found


@require_GET
def plan_json(request: HttpRequest, pk: UUID, scenario: UUID) -> HttpResponse:
    """Return a plan for machines: what was asked, what there was to choose, what was found."""
    found = _to_export(request, pk, scenario)
    document = {"asked": found.wishes, "date": found.today.isoformat(), "problem": found.problem}
    text = json.dumps(document | {"outcome": found.outcome}, ensure_ascii=False, indent=1)
    return attached(text.encode(), "application/json", "plan.json")


@require_GET
def plan_workbook(request: HttpRequest, pk: UUID, scenario: UUID) -> HttpResponse:
    """Return a plan as a workbook: moves by quarter, and the trade-offs."""
    found = _to_export(request, pk, scenario)
    return attached(write_plan_workbook(found, language()), XLSX, "plan.xlsx")
