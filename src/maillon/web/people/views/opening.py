"""The page that opens the space of a firm: look it up in the register, or write it by hand."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from maillon.web.people.opening import SIREN, LookForm, OpenForm
from maillon.web.people.queries.organisations import organisation_for
from maillon.web.people.queries.registered import SHOWN, establishments_of, space_of
from maillon.web.people.services.organisations import open_space


@require_http_methods(["GET", "POST"])
def open_organisation(request: HttpRequest) -> HttpResponse:
    """Open a space, for an adviser; the button that looks up gives back what was typed."""
    viewer = request.viewer
    if not (viewer.offices and viewer.territory):
        raise Http404
    if "look" in request.POST:
        return _look(request)
    form = OpenForm(request.POST or None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        opened = open_space(form.save(commit=False), viewer.user)
        return redirect("people:organisation", pk=opened.pk)
    told = {"form": form, "here": _already_here(request, form)}
    return render(request, "people/open.html", told, status=422 if form.errors else 200)


def _look(request: HttpRequest) -> HttpResponse:
    asked = LookForm({"number": request.POST["look"] or request.POST.get("number", "")})
    typed = {name: request.POST.get(name, "") for name in ("kind", "number", "name", "town")}
    if not asked.is_valid():
        form = OpenForm(initial=typed, viewer=request.viewer)
        told = {"form": form, "looked": True, "wrong": asked.errors["number"]}
        return render(request, "people/open.html", told, status=422)
    number = asked.cleaned_data["number"]
    found = establishments_of(number)
    chosen = found[0] if len(found) == 1 else None
    if chosen:
        named = {"number": chosen.siret, "name": chosen.name or typed["name"], "town": chosen.commune_name}
        typed |= named
    told = {
        "form": OpenForm(initial=typed, viewer=request.viewer),
        "looked": True,
        "chosen": chosen,
        "several": found[:SHOWN] if not chosen else [],
        "more": max(0, len(found) - SHOWN),
    }
    return render(request, "people/open.html", told)


def _already_here(request: HttpRequest, form: OpenForm) -> object | None:
    """Return the space that a refused number has here, where the viewer may open its card."""
    number = form.cleaned_data.get("number") if form.errors else None
    number = number or (str(form.data.get("number", "")).replace(" ", "") if form.errors else "")
    found = space_of(number[:SIREN])
    if found is None:
        return None
    try:
        return organisation_for(request.viewer, found.pk)
    except Http404:
        return None
