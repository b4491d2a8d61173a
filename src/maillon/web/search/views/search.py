"""The public search: one box for a need, a part, a process, a firm's number or a town."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from maillon.core.errors import InvalidRequest
from maillon.web.search.queries.asked import LAST_PAGE, PAGE, Asked, read_asked
from maillon.web.search.queries.candidates import gap_sentences, nearly_shown, shown_candidates
from maillon.web.search.queries.choices import chips_of, facets_of, reaches_of
from maillon.web.search.queries.departement_map import areas_of
from maillon.web.search.queries.engine import Engine, open_engine
from maillon.web.search.queries.finding import Found, Known, find_suppliers
from maillon.web.search.queries.known import known_of, lists_naming
from maillon.web.search.queries.readings import reading_of
from maillon.web.search.queries.understood import SIRET, firm_numbered, number_typed, town_typed
from maillon.web.search.views.asking import with_register


@login_not_required
@require_GET
@vary_on_headers("HX-Request")
@with_register
def search(request: HttpRequest) -> HttpResponse:
    """Return who can make what is asked; a number opens the firm's card, a town asks what for."""
    engine = open_engine()
    asked = read_asked(request.GET)
    told: dict[str, Any] = {"asked": asked, "engine": engine, "action": request.path}
    number = number_typed(asked)
    if number is not None:
        return _firm_numbered(request, engine, number, told)
    if not asked.words:
        return answer(request, told)
    if not asked.near and (town := town_typed(asked)) is not None:
        return answer(request, told | {"town": asked.words, "place": town})
    return answer(request, told | results_of(request, engine, asked, known_of(request.viewer)))


def _firm_numbered(request: HttpRequest, engine: Engine, number: str, told: dict[str, Any]) -> HttpResponse:
    """Open the card of a number; while it is being typed, nine digits may be the start of fourteen."""
    firm = firm_numbered(engine, number)
    if firm.siret is None:
        return answer(request, told | {"unknown_number": number}, status=404)
    if not request.htmx:
        return redirect("search:firm", siret=firm.siret)
    if len(number) == SIRET:
        return HttpResponse(headers={"HX-Redirect": reverse("search:firm", args=[firm.siret])})
    return answer(request, told | {"numbered": firm})


def answer(request: HttpRequest, told: dict[str, Any], status: int = 200) -> HttpResponse:
    """Return the page, or the results alone to a page that has the rest; the address follows."""
    fragment = bool(request.htmx) and not request.htmx.history_restore_request
    name = "search/includes/found.html" if fragment else "search/search.html"
    frame = "ui/project.html" if "project" in told else "ui/base.html"
    code = 422 if "refused" in told else status
    response = render(request, name, told | {"frame": frame}, status=code)
    if fragment:
        response["HX-Push-Url"] = f"{request.path}?{told['asked'].query}"
    return response


def results_of(request: HttpRequest, engine: Engine, asked: Asked, known: Known) -> dict[str, Any]:
    """Return what the results are drawn from; ``refused`` holds what makes no sense."""
    try:
        found = find_suppliers(engine, asked, known)
    except InvalidRequest as error:
        return {"refused": error}
    return shown_results(request, found, known)


def shown_results(request: HttpRequest, found: Found, known: Known) -> dict[str, Any]:
    """Return candidates, facets, chips, near matches and gaps of a search as the template takes them."""
    asked, result = found.asked, found.faceted.result
    pages = min(-(-result.found // PAGE), LAST_PAGE)
    wants_map = request.GET.get("view") == "map"
    return {
        "found": found,
        "result": result,
        "reading": reading_of(found.need),
        "candidates": shown_candidates(
            result, asked.shown.start + 1, known.suppliers, lists_naming(request.viewer)
        ),
        "nearly": nearly_shown(result.near_matches),
        "gap": gap_sentences(result),
        "facets": facets_of(found, buys=bool(known.suppliers)),
        "reaches": reaches_of(found),
        "chips": chips_of(asked),
        "pages": pages,
        "areas": areas_of(found) if wants_map else [],
        "left_out": next((one.firms for one in result.removed if one.condition == "excluded"), 0),
    }
