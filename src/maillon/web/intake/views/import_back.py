"""The way back from an import: undone, brought back, and the rows it set apart."""

from __future__ import annotations

import csv
import io
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from maillon.core.errors import InvalidRequest
from maillon.core.message import Message
from maillon.language import render
from maillon.web.follow.queries.projects import project_for
from maillon.web.intake.queries.lines_export import harmless
from maillon.web.intake.queries.rejects import rejected_rows
from maillon.web.intake.queries.versions import version_for
from maillon.web.intake.services.imports import redo_version, undo_version
from maillon.web.journal.services.record import record
from maillon.web.people.rights import Right


@require_POST
def undo(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Take an import back in one click."""
    version = version_for(project_for(request.viewer, pk, Right.BOM_WRITE), number)
    try:
        undo_version(version, request.viewer.user)
    except InvalidRequest as error:
        for told in filter(None, (error.what, error.hint)):
            messages.error(request, render(told, request.LANGUAGE_CODE))
    else:
        messages.success(request, _("The import is undone; it can be brought back from the versions."))
    return redirect("intake:bom_versions", pk=pk)


@require_POST
def redo(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Bring an undone import back."""
    redo_version(version_for(project_for(request.viewer, pk, Right.BOM_WRITE), number), request.viewer.user)
    messages.success(request, _("The import counts again."))
    return redirect("intake:bom_versions", pk=pk)


@require_GET
def rejects(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Return the rows set apart, as written, each with its reason: to be corrected and given again."""
    project = project_for(request.viewer, pk, Right.FILES)
    if not request.viewer.may(Right.PRICES, project.organisation_id):
        raise Http404  # rows as written hold prices
    version = version_for(project, number)

    def say(what: Message) -> str:
        return render(what, request.LANGUAGE_CODE)

    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([_("File"), _("Sheet"), _("Row"), _("Reason"), _("As written")])
    rows = list(rejected_rows(version, say))
    writer.writerows([harmless(cell) if cell is not None else "" for cell in row] for row in rows)
    record("rejects_read", version.organisation_id, request.viewer.user, version, rows=len(rows))
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rejects-{number}.csv"'
    return answer
