"""The page on the representative's own phone: who asks for what, and the code that says yes."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_scopes import scope

from maillon.web.people.forms import CodeForm
from maillon.web.people.queries.room import asked_mandate
from maillon.web.people.services.mandates import confirm_by_code


@login_not_required
@require_http_methods(["GET", "POST"])
def room(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked for; with the code that was mailed, the mandate holds."""
    mandate = asked_mandate(token)
    if mandate is None:
        return render(request, "people/room.html", {"mandate": None}, status=404)
    form = CodeForm(request.POST or None)
    told = {"mandate": mandate, "form": form, "done": False}
    if request.method == "GET":
        return render(request, "people/room.html", told)
    with scope(organisation=mandate.organisation_id):
        if form.is_valid() and confirm_by_code(mandate, form.cleaned_data["code"], None):
            return render(request, "people/room.html", told | {"done": True})
    form.add_error("code", _("This code does not fit. After five tries or 30 minutes, ask for another one."))
    return render(request, "people/room.html", told, status=422)
