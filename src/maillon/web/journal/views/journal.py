"""The journal of a firm: who did what with its data, and whether anything was changed afterwards."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from maillon.web.journal.queries.events import events_of
from maillon.web.journal.services.record import broken_links
from maillon.web.journal.words import ACTIONS
from maillon.web.people.queries.organisations import organisation_for
from maillon.web.people.rights import Right


@require_GET
def journal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the journal, a hundred events a page, its chain checked."""
    firm = organisation_for(request.viewer, pk)
    if not request.viewer.may(Right.JOURNAL, firm.pk):
        raise Http404
    page = Paginator(events_of(request.viewer, firm), 100).get_page(request.GET.get("page"))
    events = [{"event": event, "action": ACTIONS.get(event.action, event.action)} for event in page]
    told = {"organisation": firm, "page_obj": page, "events": events, "broken": list(broken_links(firm.pk))}
    return render(request, "journal/journal.html", told)
