"""Cards of firms, and up to five of them side by side."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from maillon.web.search.queries.asked import read_asked
from maillon.web.search.queries.comparing import MOST, compare_firms
from maillon.web.search.queries.engine import open_engine
from maillon.web.search.queries.firm_card import card_of, similar_firms
from maillon.web.search.queries.known import known_of, lists_naming
from maillon.web.search.views.asking import with_register


@login_not_required
@require_GET
@with_register
def firm(request: HttpRequest, siret: str) -> HttpResponse:
    """Return the card of one establishment."""
    engine = open_engine()
    card = card_of(engine, siret)
    if card is None:
        raise Http404
    told = {
        "card": card,
        "engine": engine,
        "similar": similar_firms(engine, card),
        "supplier": card.siren in known_of(request.viewer).suppliers,
        "lists": lists_naming(request.viewer).get(card.siren, []),
    }
    return render(request, "search/firm.html", told)


@login_not_required
@require_GET
@with_register
def compare(request: HttpRequest) -> HttpResponse:
    """Return up to five firms side by side, what differs marked; the firms stand in the address."""
    engine = open_engine()
    asked = read_asked(request.GET)
    sirets = list(dict.fromkeys(s for s in request.GET.getlist("firm") if len(s) == 14 and s.isdigit()))
    compared = compare_firms(engine, sirets[:MOST], asked, known_of(request.viewer))
    told = {
        "compared": compared,
        "asked": asked,
        "engine": engine,
        "too_many": len(sirets) > MOST,
        "most": MOST,
    }
    return render(request, "search/compare.html", told)
