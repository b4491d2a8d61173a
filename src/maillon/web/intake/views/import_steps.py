"""The three steps of an import: files, columns, check; then what was written."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from maillon.core.errors import MaillonError
from maillon.web.follow.models import Project, Stage
from maillon.web.follow.queries.chain import chain_of
from maillon.web.follow.queries.projects import project_for
from maillon.web.intake.forms.import_columns import ROLES, chosen_tables, rows_to_choose
from maillon.web.intake.models import Import, Version
from maillon.web.intake.queries.understood import OPEN, SURE, doubts_in_words, set_apart, undecided
from maillon.web.intake.queries.versions import current_version
from maillon.web.intake.services.imports import begin_import, correct_columns
from maillon.web.intake.services.uploads import store_uploads
from maillon.web.jobs.services.run import start_job
from maillon.web.people.rights import Right

_METHODS = ["GET", "POST"]


def _current(project: Project, request: HttpRequest) -> Version | None:
    """Return the current version for who may read lines: even its name is the firm's own."""
    return current_version(project) if request.viewer.may(Right.BOM, project.organisation_id) else None


def _frame(project: Project, step: int, **more: object) -> dict[str, object]:
    return {"project": project, "chain": chain_of(project, Stage.DIAGNOSE), "step": step, **more}


@require_http_methods(_METHODS)
def files(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Step one: take files as they are and start to read them."""
    project = project_for(request.viewer, pk, Right.UPLOAD)
    if request.method == "POST":
        given = request.FILES.getlist("files")
        try:
            uploads = store_uploads(project, given, request.viewer)
        except MaillonError as error:
            return render(request, "intake/import_files.html", _frame(project, 1, error=error), status=422)
        if uploads:
            return _read(begin_import(project, uploads, request.viewer), request)
    told = _frame(project, 1, current=_current(project, request), none=request.method == "POST")
    return render(request, "intake/import_files.html", told, status=422 if told["none"] else 200)


def _read(importing: Import, request: HttpRequest) -> HttpResponse:
    key = f"{importing.pk}:{importing.turn}"
    job = start_job(
        "read_files", importing.organisation_id, request.viewer.user, key, importing=str(importing.pk)
    )
    return redirect("jobs:job", pk=job.pk)


def _import(request: HttpRequest, pk: UUID, importing: UUID) -> tuple[Project, Import]:
    project = project_for(request.viewer, pk, Right.UPLOAD)
    found = get_object_or_404(Import.objects.changeable_by(request.viewer), pk=importing, project=project)
    return project, found


@require_http_methods(_METHODS)
def columns(request: HttpRequest, pk: UUID, importing: UUID) -> HttpResponse:
    """Step two: what each column is; a correction has the files read anew."""
    project, found = _import(request, pk, importing)
    if found.understood is None:
        return _read(found, request)
    twice: set[str] = set()
    if request.method == "POST":
        tables, twice = chosen_tables(found.understood, request.POST)
        if not twice:
            correct_columns(found, tables, remember="remember" in request.POST)
            return _read(found, request)
    told = _frame(project, 2, **_columns(found, request, twice))
    return render(request, "intake/import_columns.html", told, status=422 if twice else 200)


def _columns(importing: Import, request: HttpRequest, twice: set[str]) -> dict[str, Any]:
    may = request.viewer.may
    firm = importing.organisation_id
    tables = list(
        rows_to_choose(importing.understood, texts=may(Right.BOM, firm), prices=may(Right.PRICES, firm))
    )
    return {
        "importing": importing,
        "tables": tables,
        "roles": ROLES,
        "open": undecided(importing.understood),
        "sure_from": SURE,
        "open_below": OPEN,
        "twice": [ROLES[role] for role in sorted(twice)],
        "columns_count": sum(len(table["columns"]) for table in tables),
        "known_count": sum(bool(column["role"]) for table in tables for column in table["columns"]),
    }


@require_http_methods(_METHODS)
def check(request: HttpRequest, pk: UUID, importing: UUID) -> HttpResponse:
    """Step three: what importing would do; nothing is written before the person says so."""
    project, found = _import(request, pk, importing)
    if found.understood is None:
        return _read(found, request)
    if request.method == "POST":
        key = f"{found.pk}:{found.turn}"
        user = request.viewer.user
        job = start_job("import_files", found.organisation_id, user, key, importing=str(found.pk))
        return redirect("jobs:job", pk=job.pk)
    told = _frame(
        project, 3, importing=found, understood=doubts_in_words(found.understood),
        current=_current(project, request),
        texts=request.viewer.may(Right.BOM, project.organisation_id),
    )  # fmt: skip
    return render(request, "intake/import_check.html", told)


@require_GET
def imported(request: HttpRequest, pk: UUID, importing: UUID) -> HttpResponse:
    """Say what was written, and offer what comes next and the way back."""
    project, found = _import(request, pk, importing)
    if found.version is None:
        return redirect("intake:check", pk=pk, importing=importing)

    def may(right: Right) -> bool:
        return request.viewer.may(right, project.organisation_id)

    told = _frame(
        project, 3, importing=found, version=found.version, apart=set_apart(found.version.account),
        sealed=not may(Right.BOM), may_undo=may(Right.BOM_WRITE),
        may_rejects=may(Right.FILES) and may(Right.PRICES),
        already=found.version.made_at < found.begun_at, current=_current(project, request),
    )  # fmt: skip
    return render(request, "intake/imported.html", told)
