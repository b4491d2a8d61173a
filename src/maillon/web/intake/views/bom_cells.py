"""One line with its history, and the change of one of its cells."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillon.core.errors import InvalidRequest
from maillon.language import render as say
from maillon.web.follow.models import Stage
from maillon.web.follow.queries.chain import chain_of
from maillon.web.intake.forms.lines_cells import CellForm, reader_language, written
from maillon.web.intake.models import Line, LineEdit
from maillon.web.intake.queries.lines_columns import Column, columns_of, value_of
from maillon.web.intake.queries.lines_door import Door, open_lines
from maillon.web.intake.queries.lines_history import history_of
from maillon.web.intake.services.lines_edit import CellConflict, change_cell
from maillon.web.intake.services.lines_undo import undo_batch
from maillon.web.intake.views.lines_back import back_to
from maillon.web.people.rights import Right


@require_GET
def line(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Return all that is known of a line, and who changed what in it."""
    door = open_lines(request.viewer, pk, request.GET)
    found = get_object_or_404(Line, version=door.version, line=number)
    columns = columns_of(door.version, door.prices)
    told = _context(door, found) | {
        "chain": chain_of(door.project, Stage.DIAGNOSE),
        "columns": columns,
        "cells": [(column, value_of(found, name)) for name, column in columns.items()],
        "history": history_of(found, columns),
    }
    return render(request, "intake/line.html", told)


def _context(door: Door, found: Line) -> dict[str, Any]:
    return {"door": door, "project": door.project, "version": door.version, "line": found}


@require_http_methods(["GET", "POST"])
def cell(request: HttpRequest, pk: UUID, number: int, name: str) -> HttpResponse:
    """Return the form of one cell, or change it; 422 with what is wrong, or with what it holds meanwhile."""
    door = open_lines(request.viewer, pk, request.GET, Right.BOM_WRITE)
    if not door.writes:
        raise Http404
    found = get_object_or_404(Line, version=door.version, line=number)
    column = columns_of(door.version, door.prices).get(name)
    if column is None:
        raise Http404
    if request.method == "POST":
        return _change(request, door, found, column)
    if request.htmx and request.GET.get("leave"):
        return _cell(request, door, found, column, 200)
    now = value_of(found, name)
    form = CellForm(column, initial={"value": written(column, now), "seen": now}, auto_id=f"c{number}_%s")
    return _form(request, door, found, column, form)


def _form(
    request: HttpRequest, door: Door, found: Line, column: Column, form: CellForm, status: int = 200
) -> HttpResponse:
    told = _context(door, found) | {"column": column, "form": form, "next": back_to(request, door)}
    told["chain"] = chain_of(door.project, Stage.DIAGNOSE)
    page = "intake/includes/cell_form.html" if request.htmx else "intake/cell.html"
    return render(request, page, told, status=status)


def _change(request: HttpRequest, door: Door, found: Line, column: Column) -> HttpResponse:
    form = CellForm(column, request.POST, auto_id=f"c{found.line}_%s")
    if not form.is_valid():
        return _form(request, door, found, column, form, 422)
    value, seen = form.cleaned_data["value"], form.cleaned_data["seen"]
    try:
        done = change_cell(door.version, found.line, column.name, value, seen, request.user.pk)
    except CellConflict as conflict:
        return _form(request, door, found, column, _met(column, request, found, conflict), 422)
    except InvalidRequest as error:
        form.add_error(None, say(error.what, reader_language()))
        return _form(request, door, found, column, form, 422)
    if request.htmx:
        found.refresh_from_db()
        return _cell(request, door, found, column, 200, done.batch if done.lines else None)
    target = back_to(request, door)
    return redirect(f"{target}{'&' if '?' in target else '?'}done={done.batch}" if done.lines else target)


def _met(column: Column, request: HttpRequest, found: Line, conflict: CellConflict) -> CellForm:
    """Return the form again, both values in it; sending it once more decides for the one typed."""
    data = request.POST.copy()
    form = CellForm(column, data, auto_id=f"c{found.line}_%s")
    data["seen"] = form.fields["seen"].prepare_value(conflict.now)
    now = written(column, conflict.now) or _("unknown")
    form.add_error(
        "value",
        _("Somebody changed it meanwhile to “%(now)s”. Save again to put yours in its place.") % {"now": now},
    )
    return form


def _cell(
    request: HttpRequest, door: Door, found: Line, column: Column, status: int, batch: UUID | None = None
) -> HttpResponse:
    columns = columns_of(door.version, door.prices)
    edits = LineEdit.objects.visible_to(request.viewer).filter(line=found, batch=batch, column__in=columns)
    edits = edits.exclude(column=column.name)
    told = _context(door, found) | {
        "name": column.name, "batch": batch, "next": back_to(request, door), "columns": columns,
        "others": list(edits.order_by("column").values_list("column", flat=True)) if batch else [],
    }  # fmt: skip
    return render(request, "intake/includes/cell_done.html", told, status=status)


@require_POST
def undo(request: HttpRequest, pk: UUID, batch: UUID) -> HttpResponse:
    """Undo what one action changed."""
    door = open_lines(request.viewer, pk, request.GET, Right.BOM_WRITE)
    try:
        undone = undo_batch(door.version, batch, request.user.pk)
    except InvalidRequest as error:
        messages.error(request, say(error.what, reader_language()))
        return redirect(back_to(request, door))
    lines = undone.changed.lines
    if lines or undone.vendors:
        messages.success(
            request,
            ngettext("Undone: %(n)d line is as it was.", "Undone: %(n)d lines are as they were.", lines)
            % {"n": lines},
        )
    if undone.left or not (lines or undone.vendors):
        messages.error(request, _("What was changed since was left as it is."))
    return redirect(back_to(request, door))
