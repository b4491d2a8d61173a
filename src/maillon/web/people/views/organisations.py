"""Pages of people: one's account, an organisation with its people and mandates, who sees what."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillon.core.errors import InvalidRequest
from maillon.language import render as say
from maillon.web.people.forms import AccountForm, CodeForm, GrantForm, InviteForm, MandateForm, RoomForm
from maillon.web.people.models import Membership, Organisation
from maillon.web.people.queries.organisations import (
    mandates_of,
    may_invite,
    members_of,
    organisation_for,
    waiting_mandate,
)
from maillon.web.people.queries.room import room_address, room_picture
from maillon.web.people.rights import Right
from maillon.web.people.services.members import invite


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Return one's account and organisations; how one is named and reads is changed here."""
    form = AccountForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        answer = redirect("people:account")
        answer.set_cookie("language", form.cleaned_data["language"], samesite="Lax")
        answer.set_cookie("legible", "1" if form.cleaned_data["legible"] else "0", samesite="Lax")
        return answer
    viewer = request.viewer
    mine = Organisation.objects.visible_to(viewer).filter(
        pk__in=[*viewer.members_of, *viewer.offices, *viewer.regions]
    )
    told = {"form": form, "organisations": mine, "opens": bool(viewer.offices and viewer.territory)}
    return render(request, "people/account.html", told, status=422 if form.errors else 200)


@require_GET
def organisation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return an organisation: its card, its people, who holds a mandate on its data."""
    return organisation_page(request, organisation_for(request.viewer, pk))


def organisation_page(
    request: HttpRequest, found: Organisation, status: int = 200, **forms: Any
) -> HttpResponse:
    """Return the page of an organisation, with what was typed in a form that could not be taken."""
    viewer = request.viewer
    gives = viewer.may(Right.MANDATES, found.pk)
    advises = bool(viewer.offices) and found.departement in viewer.territory
    roles = may_invite(viewer, found)
    members = members_of(viewer, found)
    waiting = waiting_mandate(viewer, found) if advises else None
    told = {
        "organisation": found,
        "members": members,
        "manages": viewer.may(Right.MEMBERS, found.pk),
        "grants": _grants(members, forms.get("grant")),
        "mandates": mandates_of(viewer, found),
        "mandate_form": forms.get("mandate") or (MandateForm() if gives else None),
        "invite_form": forms.get("invite") or (InviteForm(roles=roles) if roles else None),
        "waiting": waiting,
        "picture": room_picture(room_address(waiting)) if waiting else None,
        "room_form": forms.get("room") or (RoomForm() if advises and not gives else None),
        "code_form": forms.get("code") or CodeForm(),
        "journal": viewer.may(Right.JOURNAL, found.pk),
        "advises": advises and found.kind != Organisation.Kind.CHAMBER,
    }
    return render(request, "people/organisation.html", told, status=status)


def _grants(members: list[Membership], typed: GrantForm | None) -> dict[UUID, GrantForm]:
    found = {m.pk: GrantForm(instance=m, prefix=str(m.pk)) for m in members if m.role == "member"}
    return found | ({typed.instance.pk: typed} if typed else {})


@require_POST
def send_invitation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Invite a person to an organisation."""
    found = organisation_for(request.viewer, pk)
    roles = may_invite(request.viewer, found)
    if not roles:
        raise Http404
    form = InviteForm(request.POST, roles=roles)
    if not form.is_valid():
        return organisation_page(request, found, 422, invite=form)
    data = form.cleaned_data
    try:
        invite(found, data["email"], data["role"], request.viewer.user, settings.ENVIRONMENT.origin)
    except InvalidRequest as error:
        form.add_error("email", say(error.what, request.LANGUAGE_CODE))
        return organisation_page(request, found, 422, invite=form)
    messages.success(request, _("The invitation is on its way."))
    return redirect("people:organisation", pk=pk)
