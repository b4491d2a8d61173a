"""The needs of a project: its lines bought abroad, one searched at a time or all together."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from maillon.web.follow.models import Project, Stage
from maillon.web.follow.queries.chain import chain_of
from maillon.web.follow.queries.projects import project_for
from maillon.web.intake.models import Line
from maillon.web.intake.queries.versions import current_version, version_for
from maillon.web.jobs.services.run import start_job
from maillon.web.people.rights import Right
from maillon.web.search.forms.lists import BatchForm
from maillon.web.search.queries.asked import Asked, read_asked
from maillon.web.search.queries.engine import open_engine
from maillon.web.search.queries.known import known_of
from maillon.web.search.queries.needs import ORIGINS, PAGE, bought_lines, line_for, with_results
from maillon.web.search.queries.shortlists import listed_in, shortlists_of
from maillon.web.search.services.need_results import KIND
from maillon.web.search.views.asking import with_register
from maillon.web.search.views.search import answer, results_of


@require_GET
def needs(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return what is bought abroad, the heaviest first, with what was found for each."""
    project = project_for(request.viewer, pk, Right.RANKING)
    version = current_version(project)
    origin = request.GET.get("origin", "abroad")
    origin = origin if origin in ORIGINS else "abroad"
    told: dict[str, object] = {
        "project": project,
        "chain": chain_of(project, Stage.SEARCH),
        "version": version,
        "origin": origin,
        "town": town_of(project),
        "shortlists": shortlists_of(project, request.viewer),
        "sees_lines": request.viewer.may(Right.BOM, project.organisation_id),
        "sees_prices": request.viewer.may(Right.PRICES, project.organisation_id),
    }
    if version is not None and told["sees_lines"]:
        lines = Paginator(bought_lines(version, request.viewer, origin), PAGE)
        page = lines.get_page(request.GET.get("page"))
        told |= {"page_obj": page, "needs": with_results(version, page, request.viewer)}
    return render(request, "search/needs.html", told)


@require_GET
@with_register
def need(request: HttpRequest, pk: UUID, line: int) -> HttpResponse:
    """Return who can make one line, around the firm's site unless another town is asked."""
    project = project_for(request.viewer, pk, Right.RANKING)
    found = _line(request, project, line)
    engine = open_engine()
    asked = _asked(request, project, found)
    told = {
        "project": project,
        "chain": chain_of(project, Stage.SEARCH),
        "line": found,
        "asked": asked,
        "engine": engine,
        "action": request.path,
        "shortlists": shortlists_of(project, request.viewer),
        "listed": listed_in(project),
    }
    known = known_of(request.viewer, [project.organisation_id])
    return answer(request, told | results_of(request, engine, asked, known))


def _line(request: HttpRequest, project: Project, number: int) -> Line:
    return line_for(version_for(project, None), number, request.viewer)


def _asked(request: HttpRequest, project: Project, line: Line) -> Asked:
    """Return what the address asks; at first the line's own words around the firm's site."""
    query = request.GET.copy()
    if "q" not in query:
        query["q"] = line.designation or ""
    if "near" not in query:
        query["near"] = town_of(project)
    return read_asked(query)


def town_of(project: Project) -> str:
    """Return the town of a project's site as the search box takes it; empty while it is unknown."""
    from maillon.reference.places.communes import commune  # noqa: PLC0415 - the table of communes loads here

    found = commune(project.site.get("commune") or project.organisation.commune_code or "")
    if found is not None:
        return f"{found.name} ({found.departement})"
    return project.organisation.commune


@require_POST
@with_register
def search_all(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Start the search of every line as a job."""
    project = project_for(request.viewer, pk, Right.RESULTS_WRITE)
    version = version_for(project, None)
    engine = open_engine()
    form = BatchForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This town is not known, or the distance is no number of km."))
        return redirect("search:needs", pk=pk)
    near, km = form.cleaned_data["near"], form.cleaned_data["km"]
    asked = {"near": near, "km": km if near else None, "origin": form.cleaned_data["origin"] or "abroad"}
    state = f"{version.pk}:{version.revision}:{engine.register.manifest.name}:{asked}"
    key = hashlib.sha256(state.encode()).hexdigest()
    job = start_job(KIND, project.organisation_id, request.viewer.user, key, version=str(version.pk), **asked)
    return redirect("jobs:job", pk=job.pk)
