"""Pages of projects: the list, a new one, one's own page."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from maillon.web.follow.forms import ProjectForm
from maillon.web.follow.models import Stage
from maillon.web.follow.queries.chain import chain_of
from maillon.web.follow.queries.desk import open_projects
from maillon.web.follow.queries.projects import project_for
from maillon.web.follow.services.projects import open_project
from maillon.web.people.rights import Right


@require_GET
def project_list(request: HttpRequest) -> HttpResponse:
    """Return every open project that the viewer may see, fifty a page."""
    page = Paginator(open_projects(request.viewer), 50).get_page(request.GET.get("page"))
    return render(request, "follow/projects.html", {"page_obj": page, "today": timezone.localdate()})


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
    found = project_for(request.viewer, pk, Right.UPLOAD)
    told = {"project": found, "chain": chain_of(found, Stage(found.stage))}
    return render(request, "follow/project.html", told)
