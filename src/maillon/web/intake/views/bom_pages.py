"""The page of a version's lines, and the same lines as files."""

from __future__ import annotations

import hashlib
from io import BytesIO
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from maillon.web.follow.models import Stage
from maillon.web.follow.queries.chain import chain_of
from maillon.web.follow.queries.projects import project_for
from maillon.web.intake.forms.lines_bulk import BulkForm
from maillon.web.intake.models import Version
from maillon.web.intake.queries.lines_columns import columns_of
from maillon.web.intake.queries.lines_door import Door, open_lines
from maillon.web.intake.queries.lines_export import AT_ONCE, csv_of, json_of, write_xlsx
from maillon.web.intake.queries.lines_filter import lines_of, read_filter
from maillon.web.intake.queries.lines_page import facets_of, page_of
from maillon.web.intake.queries.lines_tree import DEEPEST, DEPTH
from maillon.web.intake.queries.versions import current_version
from maillon.web.intake.views.lines_filters import chips_of, choices_of
from maillon.web.jobs.models import Job
from maillon.web.jobs.services.run import start_job
from maillon.web.people.rights import Right


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise


@require_GET
def bom(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the lines of a version: a tree, or the list that passes the filters of the address."""
    project = project_for(request.viewer, pk, Right.BOM)
    if "version" not in request.GET and current_version(project) is None:
        empty = {"project": project, "chain": chain_of(project, Stage.DIAGNOSE)}
        return render(request, "intake/bom_empty.html", empty)
    door = open_lines(request.viewer, pk, request.GET)
    told = _lines(request, door)
    if request.htmx:
        answer = render(request, "intake/includes/bom_lines.html", told)
        answer["HX-Push-Url"] = f"{request.path}?{_tidy(request.GET)}".removesuffix("?")
        return answer
    told["facets"] = choices_of(facets_of(door.version))
    told["chain"] = chain_of(door.project, Stage.DIAGNOSE)
    told["bulk"] = BulkForm(door.version, auto_id="bulk_%s") if door.writes else None
    return render(request, "intake/bom.html", told)


def _lines(request: HttpRequest, door: Door) -> dict[str, object]:
    asked = read_filter(request.GET, door.prices)
    depth = _whole(request.GET.get("depth", ""), DEPTH)
    flipped = {int(n) for n in request.GET.get("flip", "").split(",") if n.isdecimal()}
    found = page_of(door.version, asked, request.GET.get("page", "1"), depth, flipped)
    return {
        "door": door, "project": door.project, "version": door.version, "asked": asked, "found": found,
        "page_obj": found.page, "depth": min(depth, DEEPEST), "flipped": flipped,
        "chips": chips_of(request.GET, asked), "done": request.GET.get("done", ""),
        "levels": range(1, found.levels + 1), "columns": columns_of(door.version, door.prices),
        "query": _tidy(request.GET, "page", "done"),
    }  # fmt: skip


def _tidy(query: QueryDict, *without: str) -> str:
    """Return a query without what is empty."""
    kept = query.copy()
    for name in list(kept):
        values = [value for value in kept.getlist(name) if value and name not in without]
        if values:
            kept.setlist(name, values)
        else:
            del kept[name]
    return kept.urlencode()


@require_GET
def bom_export(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """Return the lines that pass the filters as a file; a large workbook is written as a job."""
    door = open_lines(request.viewer, pk, request.GET)
    columns = list(columns_of(door.version, door.prices).values())
    lines = lines_of(door.version, read_filter(request.GET, door.prices))
    name = f"lines-v{door.version.number}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if form == "csv":
        return HttpResponse(
            "".join(csv_of(lines.iterator(2000), columns)), "text/csv; charset=utf-8", headers=headers
        )
    if form == "json":
        return HttpResponse(
            "".join(json_of(lines.iterator(2000), columns)), "application/json", headers=headers
        )
    if form != "xlsx":
        raise Http404
    if lines.count() > AT_ONCE:
        return _export_later(request, door)
    book = BytesIO()
    write_xlsx(lines.iterator(2000), columns, book)
    return HttpResponse(book.getvalue(), _XLSX, headers=headers)


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _export_later(request: HttpRequest, door: Door) -> HttpResponse:
    query = _tidy(request.GET, "page", "done")
    asked = hashlib.sha256(f"{door.prices} {query}".encode()).hexdigest()[:32]
    key = f"{door.version.pk}:{door.version.revision}:{asked}"
    job = start_job(
        "lines-export", door.project.organisation_id, request.user.pk, key,
        version=str(door.version.pk), query=query,
    )  # fmt: skip
    return redirect("jobs:job", pk=job.pk)


@require_GET
def bom_file(request: HttpRequest, pk: UUID, job: UUID) -> FileResponse:
    """Return a workbook that a job wrote, to who may see all that it holds."""
    project = project_for(request.viewer, pk, Right.BOM)
    found = get_object_or_404(Job, pk=job, kind="lines-export", organisation_id=project.organisation_id)
    version = get_object_or_404(Version, project=project, pk=found.params["version"])
    prices = request.viewer.may(Right.PRICES, project.organisation_id)
    names = [
        f"{project.organisation_id}/exports/{found.pk}{end}.xlsx"
        for end in (["-prices", ""] if prices else [""])
    ]
    name = next((name for name in names if default_storage.exists(name)), None)
    if name is None:
        raise Http404
    shown = f"lines-v{version.number}.xlsx"
    return FileResponse(default_storage.open(name), as_attachment=True, filename=shown, content_type=_XLSX)
