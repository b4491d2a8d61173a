"""The plans of a project, and asking for one."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from maillon.web.cost.queries.runs import latest_costs
from maillon.web.follow.models import Project, Stage
from maillon.web.follow.queries.chain import chain_of
from maillon.web.follow.queries.projects import project_for
from maillon.web.intake.queries.versions import current_version
from maillon.web.people.rights import Right
from maillon.web.people.viewer import Viewer
from maillon.web.plan.forms.wishes import PlanForm
from maillon.web.plan.queries.scenarios import plans_of
from maillon.web.plan.queries.told import say_summary
from maillon.web.plan.services.scenarios import ask_plan


def seen_by(viewer: Viewer, project: Project) -> dict[str, bool]:
    """Return what the viewer may see and do on the pages of this step."""
    firm = project.organisation_id
    return {
        "prices": viewer.may(Right.PRICES, firm),
        "names": viewer.may(Right.BOM, firm),
        "may_write": viewer.may(Right.RESULTS_WRITE, firm),
    }


@require_http_methods(["GET", "POST"])
def plans(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the plans side by side and the form of a new one; start what is asked."""
    right = Right.RESULTS_WRITE if request.method == "POST" else Right.RESULTS
    project = project_for(request.viewer, pk, right)
    seen, version = seen_by(request.viewer, project), current_version(project)
    form = PlanForm(request.POST or None, prices=seen["prices"])
    if request.method == "POST" and version is not None and form.is_valid():
        scenario = ask_plan(project, version, request.viewer, form.wishes())
        return redirect("plan:plan", pk=pk, scenario=scenario.pk)
    page = Paginator(plans_of(project), 50).get_page(request.GET.get("page"))
    told = [(one, say_summary(one)) for one in page]
    context = seen | {
        "project": project,
        "chain": chain_of(project, Stage.PLAN),
        "version": version,
        "costed": latest_costs(project),
        "form": form,
        "page_obj": page,
        "plans": told,
    }
    return render(request, "plan/plans.html", context, status=422 if request.method == "POST" else 200)
