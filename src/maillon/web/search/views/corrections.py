"""Reporting an error of the register, and deciding on the reports of one's territory."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillon.core.errors import InvalidRequest
from maillon.web.search.forms.corrections import CorrectionForm
from maillon.web.search.models import ProposedCorrection
from maillon.web.search.queries.choices import language
from maillon.web.search.queries.corrections import decidable_reports, decided_reports, waiting_reports
from maillon.web.search.queries.engine import open_engine
from maillon.web.search.queries.firm_card import card_of
from maillon.web.search.services.corrections import decide_correction, propose_correction
from maillon.web.search.views.asking import with_register


@require_http_methods(["GET", "POST"])
@with_register
def report(request: HttpRequest, siret: str) -> HttpResponse:
    """Report that something on a card is wrong; it waits for an adviser."""
    engine = open_engine()
    card = card_of(engine, siret)
    if card is None:
        raise Http404
    about = ProposedCorrection(siret=siret, name=card.name or "", departement=card.facts["departement"] or "")
    form = CorrectionForm(request.POST or None, instance=about)
    if request.method == "POST" and form.is_valid():
        try:
            propose_correction(form.save(commit=False), request.viewer)
        except InvalidRequest as error:
            from maillon.language import render as say  # noqa: PLC0415 - Babel loads here

            form.add_error("value", say(error.what, language()))
        else:
            messages.success(request, _("Thank you: an adviser of this territory will check it."))
            return redirect("search:firm", siret=siret)
    told = {"form": form, "card": card}
    return render(request, "search/report.html", told, status=422 if form.errors else 200)


@require_GET
def correction_queue(request: HttpRequest) -> HttpResponse:
    """Return the reports that one may see, those waiting first."""
    waiting, decided = waiting_reports(request.viewer)[:100], decided_reports(request.viewer)[:50]
    there = [one.pk for one in waiting]
    may = set(decidable_reports(request.viewer).filter(pk__in=there).values_list("pk", flat=True))
    told = {"waiting": waiting, "decided": decided, "decidable": may}
    return render(request, "search/corrections.html", told)


@require_POST
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm or refuse a report."""
    found = get_object_or_404(decidable_reports(request.viewer), pk=pk)
    decide_correction(found, request.viewer, confirmed=request.POST.get("decision") == "confirm")
    return redirect("search:corrections")
