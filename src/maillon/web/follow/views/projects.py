"""Pages of projects: the list, a new one, one's own page, its stage, closing it."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillon.web.follow.forms import ProjectForm, StageForm, TaskForm
from maillon.web.follow.models import Project, Stage, Task
from maillon.web.follow.queries.chain import chain_of
from maillon.web.follow.queries.desk import closed_projects, open_projects
from maillon.web.follow.queries.projects import project_for
from maillon.web.follow.queries.steps import steps_of
from maillon.web.follow.services.projects import open_project
from maillon.web.follow.services.stages import close_project, open_again, set_stage
from maillon.web.people.rights import Right


@require_GET
def project_list(request: HttpRequest) -> HttpResponse:
    """Return every open project that the viewer may see, or the closed ones, fifty a page."""
    closed = request.GET.get("state") == "closed"
    listed = closed_projects(request.viewer) if closed else open_projects(request.viewer)
    page = Paginator(listed, 50).get_page(request.GET.get("page"))
    told = {"page_obj": page, "today": timezone.localdate(), "closed": closed}
    return render(request, "follow/projects.html", told)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a project of a firm."""
    form = ProjectForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        project = open_project(form.save(commit=False), request.viewer)
        return redirect("follow:project", pk=project.pk)
    return render(request, "follow/new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def project(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return where a project stands and what comes next."""
    return project_page(request, project_for(request.viewer, pk, Right.UPLOAD, Right.RESULTS))


def project_page(request: HttpRequest, found: Project, status: int = 200, **forms: Form) -> HttpResponse:
    """Return the page of a project, with what was typed in a form that could not be taken."""
    tasks = Task.objects.visible_to(request.viewer).filter(project=found)
    told = {
        "project": found,
        "chain": chain_of(found, Stage(found.stage)),
        "steps": steps_of(found, request.viewer),
        "tasks": list(tasks.filter(done_at=None)),
        "done": list(tasks.filter(done_at__isnull=False).order_by("-done_at")[:10]),
        "task_form": forms.get("task") or TaskForm(),
        "stage_form": forms.get("stage") or StageForm(initial={"stage": found.stage}),
        "follows": request.viewer.may(Right.RESULTS, found.organisation_id),
        "prices": request.viewer.may(Right.PRICES, found.organisation_id),
        "today": timezone.localdate(),
    }
    return render(request, "follow/project.html", told, status=status)


@require_POST
def stage(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a project at another step of the method."""
    found = project_for(request.viewer, pk, Right.RESULTS)
    form = StageForm(request.POST)
    if not form.is_valid():
        return project_page(request, found, 422, stage=form)
    set_stage(found, Stage(form.cleaned_data["stage"]), request.viewer)
    return redirect("follow:project", pk=pk)


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a project, or open it again."""
    found = project_for(request.viewer, pk, Right.RESULTS)
    if request.POST.get("undo"):
        open_again(found, request.viewer)
    else:
        close_project(found, request.viewer)
    return redirect("follow:project", pk=pk)
