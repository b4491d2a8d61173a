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

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


def _rejected(request: HttpRequest, pk: UUID, number: int) -> list[list[object]]:
    """Return the heading and the rows set apart, harmless in a spreadsheet; rows as written hold prices."""
    project = project_for(request.viewer, pk, Right.FILES)
    if not request.viewer.may(Right.PRICES, project.organisation_id):
        raise Http404
    version = version_for(project, number)

    def say(what: Message) -> str:
        return render(what, request.LANGUAGE_CODE)

    rows = [
        [harmless(cell) if cell is not None else "" for cell in row] for row in rejected_rows(version, say)
    ]
    record("rejects_read", version.organisation_id, request.viewer.user, version, rows=len(rows))
    return [[_("File"), _("Sheet"), _("Row"), _("Reason"), _("As written")], *rows]


def _attached(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_GET
def rejects(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Return the rows set apart, as written, each with its reason: to be corrected and given again."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(_rejected(request, pk, number))
    return _attached(
        ("\ufeff" + text.getvalue()).encode(), "text/csv; charset=utf-8", f"rejects-{number}.csv"
    )


@require_GET
def rejects_workbook(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Return the same rows as a workbook."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - loads when a workbook is asked

    content = io.BytesIO()
    with Workbook(
        content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(_rejected(request, pk, number)):
            sheet.write_row(place, 0, [cell if isinstance(cell, int | float) else str(cell) for cell in row])
    return _attached(content.getvalue(), _XLSX, f"rejects-{number}.xlsx")
