"""One line: its quick cost, all assumptions, scenarios side by side."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillon.core.errors import MaillonError
from maillon.web.cost.cases import Case, compare_case
from maillon.web.cost.forms.assumptions import Assumptions, read_assumptions
from maillon.web.cost.forms.quick import QuickCostForm
from maillon.web.cost.forms.scenario import ScenarioForm
from maillon.web.cost.models import CostLine, CostScenario
from maillon.web.cost.queries.runs import line_of, scenarios_of
from maillon.web.cost.queries.told import tell_comparison, weigh_sureness
from maillon.web.cost.services.scenarios import choose_for_plan, keep_scenario, remove_scenario
from maillon.web.cost.views.costs import seen_by
from maillon.web.cost.views.workbook import workbook_of
from maillon.web.follow.models import Project, Stage
from maillon.web.follow.queries.chain import chain_of
from maillon.web.follow.queries.projects import project_for
from maillon.web.journal.services.record import record
from maillon.web.people.rights import Right
from maillon.web.ui.templatetags.maillon import language


def _case(request: HttpRequest, project: Project, found: CostLine) -> tuple[Case, CostScenario | None]:
    """Return the case that a page starts from: a scenario named in the address, else today's purchase."""
    chosen = request.GET.get("scenario")
    for scenario in scenarios_of(project, found.line) if chosen else []:
        if str(scenario.pk) == chosen:
            return Case(**scenario.case), scenario
    return Case(**found.case), None


def project_to_edit(request: HttpRequest, pk: UUID) -> Project:
    """Return the project of who may change results and see prices: every input here is one."""
    project = project_for(request.viewer, pk, Right.RESULTS_WRITE)
    if not request.viewer.may(Right.PRICES, project.organisation_id):
        raise Http404
    return project


@require_http_methods(["GET", "POST"])
def line(request: HttpRequest, pk: UUID, line: int) -> HttpResponse:
    """Return what a line costs in all; what is typed is computed and kept only under a name."""
    posted = request.method == "POST"
    project = project_to_edit(request, pk) if posted else project_for(request.viewer, pk, Right.RESULTS)
    found = line_of(project, line)
    before, scenario = _case(request, project, found)
    if not posted:
        return _shown(request, project, found, _unchanged(before) | {"scenario": scenario})
    form, named = QuickCostForm(request.POST), ScenarioForm(request.POST)
    typed = read_assumptions(before, request.POST)
    context: dict[str, object] = {"form": form, "named": named, "table": typed, "scenario": scenario}
    keep = "keep" in request.POST
    if not form.is_valid() or typed.wrong or (keep and not named.is_valid()):
        return _shown(request, project, found, context, status=422)
    case = _typed_case(form, before, typed, request)
    try:
        result = compare_case(case)
    except MaillonError as error:
        return _shown(request, project, found, context | {"refused": error}, status=422)
    if keep:
        kept = keep_scenario(project, found.line, named.cleaned_data["name"], case, request.viewer, result)
        address = f"{request.path}?scenario={kept.pk}"
        # a redirection that a script follows would be put inside the page
        return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)
    context |= {"case": case, "told": tell_comparison(result, case, language())}
    return _shown(request, project, found, context | {"table": read_assumptions(case)})


def _typed_case(form: QuickCostForm, before: Case, typed: Assumptions, request: HttpRequest) -> Case:
    """Return the case as typed. Assumptions of a country follow the country that is typed with them."""
    case = form.changed_case(before)
    if case.country == before.country:
        return replace(case, assumed=typed.replaced)
    kept = {side: ranges for side, ranges in typed.replaced.items() if side != "import"}
    return replace(case, assumed=kept, lead_time=case.lead_time, supplier="", share=None)


def _unchanged(case: Case) -> dict[str, object]:
    initial = {name: value for name, value in case.to_json().items() if value is not None}
    return {
        "form": QuickCostForm(initial=initial),
        "named": ScenarioForm(),
        "table": read_assumptions(case),
        "case": case,
        "told": tell_comparison(compare_case(case), case, language()),
    }


def _shown(
    request: HttpRequest, project: Project, found: CostLine, context: dict[str, object], status: int = 200
) -> HttpResponse:
    told = seen_by(request.viewer, project) | {
        "project": project,
        "chain": chain_of(project, Stage.COST),
        "line": found,
        "scenarios": scenarios_of(project, found.line),
    }
    page = "cost/includes/bench.html" if request.htmx else "cost/line.html"
    return render(request, page, told | context, status=status)


@require_GET
def likely(request: HttpRequest, pk: UUID, line: int) -> HttpResponse:
    """Return how sure the cost of a line is, and what to narrow first."""
    project = project_for(request.viewer, pk, Right.RESULTS)
    found = line_of(project, line)
    case, scenario = _case(request, project, found)
    context = seen_by(request.viewer, project) | {
        "project": project,
        "chain": chain_of(project, Stage.COST),
        "line": found,
        "scenario": scenario,
        "sure": weigh_sureness(compare_case(case)),
    }
    page = "cost/includes/likely.html" if request.htmx else "cost/likely.html"
    return render(request, page, context)


@require_GET
def workbook(request: HttpRequest, pk: UUID, line: int) -> HttpResponse:
    """Return the workbook with live formulas of a line, or of one of its scenarios."""
    project = project_for(request.viewer, pk, Right.PRICES)
    found = line_of(project, line)
    case, _scenario = _case(request, project, found)
    record("cost_exported", project.organisation_id, request.viewer.user, found)
    return workbook_of(compare_case(case), f"cost-{found.line}.xlsx")


def _scenario_to_change(request: HttpRequest, pk: UUID, scenario: UUID) -> CostScenario:
    project = project_to_edit(request, pk)
    changeable = CostScenario.objects.changeable_by(request.viewer).filter(project=project)
    found: CostScenario = get_object_or_404(changeable, pk=scenario)
    return found


@require_POST
def choose(request: HttpRequest, pk: UUID, scenario: UUID) -> HttpResponse:
    """Let the plan use the local source of a scenario, or no longer."""
    found = _scenario_to_change(request, pk, scenario)
    choose_for_plan(found, request.viewer)
    return redirect("cost:line", pk=pk, line=found.line)


@require_POST
def remove(request: HttpRequest, pk: UUID, scenario: UUID) -> HttpResponse:
    """Delete a scenario."""
    found = _scenario_to_change(request, pk, scenario)
    remove_scenario(found, request.viewer)
    return redirect("cost:line", pk=pk, line=found.line)
