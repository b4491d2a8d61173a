"""The journal of a firm: who did what with its data, and whether anything was changed afterwards."""

from __future__ import annotations

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from maillon.web.journal.forms import EventFilter
from maillon.web.journal.queries.chain import breaks_of
from maillon.web.journal.queries.events import actions_in, csv_of_events, events_of, people_in
from maillon.web.journal.services.record import record
from maillon.web.journal.words import ACTIONS, FAULTS
from maillon.web.people.models import Organisation
from maillon.web.people.queries.organisations import organisation_for
from maillon.web.people.rights import Right

#: Events whose chain is checked when the page opens; ``journal verify`` checks all of them.
CHECKED = 2_000


def _firm(request: HttpRequest, pk: UUID) -> Organisation:
    firm = organisation_for(request.viewer, pk)
    if not request.viewer.may(Right.JOURNAL, firm.pk):
        raise Http404
    return firm


def _asked(request: HttpRequest, firm: Organisation) -> EventFilter:
    viewer = request.viewer
    return EventFilter(request.GET, people=people_in(viewer, firm), actions=actions_in(viewer, firm))


@require_GET
def journal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the journal, a hundred events a page, filtered by its address, its chain checked."""
    firm = _firm(request, pk)
    form = _asked(request, firm)
    page = Paginator(events_of(request.viewer, firm, form.wanted()), 100).get_page(request.GET.get("page"))
    told = {
        "organisation": firm,
        "form": form,
        "page_obj": page,
        "events": [{"event": event, "action": ACTIONS.get(event.action, event.action)} for event in page],
        "broken": [(found.number, FAULTS[found.fault]) for found in breaks_of(firm.pk, CHECKED)],
        "checked": CHECKED,
    }
    return render(request, "journal/journal.html", told, status=422 if form.errors else 200)


@require_GET
def export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return what is shown, whole, as CSV, to its owner who has just proved to be there."""
    firm = _firm(request, pk)
    return _export(request, firm)


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def _export(request: HttpRequest, firm: Organisation) -> HttpResponse:
    events = events_of(request.viewer, firm, _asked(request, firm).wanted())
    record("journal_exported", firm.pk, request.viewer.user, firm)
    answer = StreamingHttpResponse(csv_of_events(events), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="journal.csv"'
    return answer
