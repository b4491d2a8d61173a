"""The lines behind a mark of a chart, and the table of a chart as a file."""

from __future__ import annotations

import csv
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from maillon.web.diagnose.models import DiagnosisRun
from maillon.web.diagnose.queries.runs import is_stale
from maillon.web.follow.models import Stage
from maillon.web.follow.queries.chain import chain_of
from maillon.web.follow.queries.projects import project_for
from maillon.web.intake.models import Line
from maillon.web.people.rights import Right

PAGE = 100
#: Charts whose table is a file too.
FIGURES = ("pareto", "flows", "suppliers", "map")
#: What makes a spreadsheet take a text for a formula (CWE-1236).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_GET
def behind(request: HttpRequest, pk: UUID, run: UUID) -> HttpResponse:
    """Return the lines behind the mark that the address names, a hundred a page; without one, all lines."""
    project = project_for(request.viewer, pk, Right.BOM)
    runs = DiagnosisRun.objects.visible_to(request.viewer).defer("priced", "unpriced")
    found = get_object_or_404(runs.select_related("version"), pk=run, project=project)
    if "mark" not in request.GET:
        return redirect(f"{reverse('intake:bom', args=[pk])}?version={found.version.number}")
    numbers = found.marks.get(request.GET["mark"])
    if numbers is None:
        raise Http404
    page = Paginator(numbers, PAGE).get_page(request.GET.get("page"))
    lines = (
        Line.objects.visible_to(request.viewer)
        .filter(version=found.version, line__in=list(page.object_list))
        .order_by("line")
    )
    told = {
        "project": project, "chain": chain_of(project, Stage.DIAGNOSE), "run": found,
        "version": found.version, "stale": is_stale(found), "page_obj": page, "lines": lines,
        "prices": request.viewer.may(Right.PRICES, project.organisation_id),
    }  # fmt: skip
    return render(request, "diagnose/lines.html", told)


@require_GET
def table(request: HttpRequest, pk: UUID, run: UUID, name: str) -> HttpResponse:
    """Return the table of a chart as CSV, with amounts only for who may see prices."""
    project = project_for(request.viewer, pk, Right.RESULTS)
    runs = DiagnosisRun.objects.visible_to(request.viewer).defer("marks")
    found = get_object_or_404(runs, pk=run, project=project)
    prices = request.viewer.may(Right.PRICES, project.organisation_id)
    figure = found.shown(prices, request.LANGUAGE_CODE).get(name) if name in FIGURES else None
    if not figure:
        raise Http404
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(answer, delimiter=";")
    writer.writerow(figure["headers"])
    writer.writerows([_harmless(cell) for cell in row] for row in figure["rows"])
    return answer


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
