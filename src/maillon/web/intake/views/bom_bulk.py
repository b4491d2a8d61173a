"""Setting columns of many lines at once, and searching sources for them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from maillon.core.errors import InvalidRequest
from maillon.language import render as say
from maillon.web.follow.models import Stage
from maillon.web.follow.queries.chain import chain_of
from maillon.web.intake.forms.lines_bulk import BulkForm
from maillon.web.intake.forms.lines_cells import reader_language
from maillon.web.intake.models import Line
from maillon.web.intake.queries.lines_door import Door, open_lines
from maillon.web.intake.queries.lines_filter import LineFilter, lines_of, read_filter
from maillon.web.intake.services.lines_edit import change_lines
from maillon.web.intake.views.lines_back import back_to
from maillon.web.people.rights import Right

#: Lines that one search takes; more are searched from the page of needs itself.
SEARCHED = 100


@require_POST
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set the filled columns on the lines ticked, or on all that the page's filters give."""
    door = open_lines(request.viewer, pk, request.GET, Right.BOM_WRITE)
    if not door.writes:
        raise Http404
    lines = _chosen(request, door)
    form = BulkForm(door.version, request.POST, auto_id="bulk_%s")
    if not form.is_valid():
        return _again(request, door, form)
    if not lines.exists():
        form.add_error(None, _("No line is ticked. Tick some, or choose all the lines of the filter."))
        return _again(request, door, form)
    try:
        done = change_lines(door.version, lines, form.values, request.user.pk)
    except InvalidRequest as error:
        form.add_error(None, say(error.what, reader_language()))
        return _again(request, door, form)
    target = back_to(request, door)
    if not done.lines:
        messages.info(request, _("Nothing changed: the lines held this already."))
        return redirect(target)
    return redirect(f"{target}{'&' if '?' in target else '?'}done={done.batch}")


def _chosen(request: HttpRequest, door: Door) -> QuerySet[Line]:
    if request.POST.get("all"):
        return lines_of(door.version, read_filter(QueryDict(request.POST.get("filter", "")), door.prices))
    numbers = tuple(int(n) for n in request.POST.getlist("line") if n.isdecimal() and len(n) < 10)
    return lines_of(door.version, LineFilter(numbers=numbers)) if numbers else Line.objects.none()


def _again(request: HttpRequest, door: Door, form: BulkForm) -> HttpResponse:
    told = {
        "door": door, "project": door.project, "version": door.version, "bulk": form,
        "ticked": request.POST.getlist("line"), "all": request.POST.get("all"),
        "filter": request.POST.get("filter", ""), "query": "", "next": back_to(request, door),
        "chain": chain_of(door.project, Stage.DIAGNOSE),
    }  # fmt: skip
    return render(request, "intake/bulk.html", told, status=422)


@require_POST
def search(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go to the search of local sources with the lines chosen. Nothing is written."""
    door = open_lines(request.viewer, pk, request.GET)
    numbers = list(_chosen(request, door).values_list("line", flat=True)[: SEARCHED + 1])
    if not numbers:
        messages.error(request, _("No line is ticked. Tick some, or choose all the lines of the filter."))
        return redirect(back_to(request, door))
    if len(numbers) > SEARCHED:
        told = _("The first %(n)d lines are searched; narrow the filter for the others.") % {"n": SEARCHED}
        messages.info(request, told)
    query = QueryDict(mutable=True)
    query.setlist("line", [str(n) for n in numbers[:SEARCHED]])
    return redirect(f"{reverse('search:needs', args=[pk])}?{query.urlencode()}")
