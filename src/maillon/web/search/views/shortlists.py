"""Shortlists of a project: putting firms on them, following what became of each."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillon.web.follow.models import Stage
from maillon.web.follow.queries.chain import chain_of
from maillon.web.follow.queries.projects import project_for
from maillon.web.intake.queries.versions import version_for
from maillon.web.people.rights import Right
from maillon.web.search.forms.lists import EntryForm, KeepForm
from maillon.web.search.models import ListEntry, Shortlist
from maillon.web.search.queries.engine import open_engine
from maillon.web.search.queries.firm_card import card_of
from maillon.web.search.queries.needs import line_for
from maillon.web.search.queries.shortlists import entries_of, shortlists_of
from maillon.web.search.services.shortlists import Chosen, add_entry, change_entry, make_shortlist
from maillon.web.search.views.asking import with_register

PAGE = 50


@require_POST
@with_register
def keep(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a firm of the register on a list of the project."""
    project = project_for(request.viewer, pk, Right.RANKING)
    engine = open_engine()
    form = KeepForm(request.POST)
    card = card_of(engine, form.cleaned_data["siret"]) if form.is_valid() else None
    if card is None:
        messages.error(request, _("Name a list, and choose a firm of the register."))
        return redirect(_back(request, pk))
    number = form.cleaned_data["line"]
    line = line_for(version_for(project, None), number, request.viewer) if number else None
    chosen = Chosen(card.siret, card.name or "", card.facts["commune_name"] or "")
    shortlist = make_shortlist(project, form.cleaned_data["shortlist"], request.viewer)
    entry, new = add_entry(shortlist, chosen, line.pk if line else None, request.viewer)
    said = (
        _("%(firm)s is on the list “%(list)s”.") if new else _("%(firm)s was already on the list “%(list)s”.")
    )
    messages.success(request, said % {"firm": entry, "list": shortlist})
    return redirect(_back(request, pk))


def _back(request: HttpRequest, pk: UUID) -> str:
    """Return the page of this site that the form names, else the project's needs."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if safe and back.startswith("/") else f"/projects/{pk}/needs/"


@require_GET
def shortlist(request: HttpRequest, pk: UUID, shortlist: UUID) -> HttpResponse:
    """Return one list with what became of each firm."""
    project = project_for(request.viewer, pk, Right.RANKING)
    found = get_object_or_404(shortlists_of(project, request.viewer), pk=shortlist)
    page = Paginator(entries_of(found), PAGE).get_page(request.GET.get("page"))
    told = {
        "project": project,
        "chain": chain_of(project, Stage.SEARCH),
        "shortlist": found,
        "page_obj": page,
        "sees_lines": request.viewer.may(Right.BOM, project.organisation_id),
    }
    return render(request, "search/shortlist.html", told)


@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, pk: UUID, entry: UUID) -> HttpResponse:
    """Say what became of a firm: contacted, taken up, declined, struck out, with the reason and notes."""
    project = project_for(request.viewer, pk, Right.RANKING)
    entries = ListEntry.objects.visible_to(request.viewer).filter(shortlist__project=project)
    found = get_object_or_404(entries.select_related("shortlist"), pk=entry)
    form = EntryForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        change_entry(found, given["status"], given["reason"], given["notes"], request.viewer)
        return redirect("search:shortlist", pk=pk, shortlist=found.shortlist_id)
    told = {"project": project, "chain": chain_of(project, Stage.SEARCH), "entry": found, "form": form}
    return render(request, "search/entry.html", told, status=422 if form.errors else 200)


@require_POST
def new_shortlist(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make an empty list."""
    project = project_for(request.viewer, pk, Right.RANKING)
    name = request.POST.get("name", "").strip()[:120]
    if not name:
        messages.error(request, _("Give the list a name."))
        return redirect("search:needs", pk=pk)
    made: Shortlist = make_shortlist(project, name, request.viewer)
    return redirect("search:shortlist", pk=pk, shortlist=made.pk)
