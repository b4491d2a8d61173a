"""Giving, confirming and ending mandates; members' rights; invitations opened."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from maillon.core.errors import InvalidRequest
from maillon.language import render as say
from maillon.web.people.accounts import SESSION_KEY
from maillon.web.people.forms import CodeForm, GrantForm, MandateForm, RoomForm
from maillon.web.people.models import Mandate, Membership, Organisation
from maillon.web.people.queries.organisations import organisation_for, waiting_mandate
from maillon.web.people.rights import Right
from maillon.web.people.services.mandates import (
    ask_in_the_room,
    confirm_by_code,
    give_mandate,
    revoke_mandate,
)
from maillon.web.people.services.members import accept, grant, open_invitation, remove_member


def _owned(request: HttpRequest, pk: UUID, right: Right) -> Organisation:
    found = organisation_for(request.viewer, pk)
    if not request.viewer.may(right, found.pk):
        raise Http404
    return found


@require_POST
def give(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a mandate online."""
    firm = _owned(request, pk, Right.MANDATES)
    form = MandateForm(request.POST)
    if not form.is_valid():
        for error in (e for errors in form.errors.values() for e in errors):
            messages.error(request, error)
        return redirect("people:organisation", pk=pk)
    mandate = form.save(commit=False)
    mandate.organisation, mandate.ends_at = firm, form.end()
    give_mandate(mandate, request.viewer.user)
    messages.success(request, _("The mandate holds from now on."))
    return redirect("people:organisation", pk=pk)


@require_POST
def revoke(request: HttpRequest, pk: UUID, mandate: UUID) -> HttpResponse:
    """End a mandate at once."""
    firm = _owned(request, pk, Right.MANDATES)
    found = get_object_or_404(Mandate.objects.visible_to(request.viewer), pk=mandate, organisation=firm)
    revoke_mandate(found, request.viewer.user)
    messages.success(request, _("The mandate is ended: nothing can be seen any more."))
    return redirect("people:organisation", pk=pk)


def _advised(request: HttpRequest, pk: UUID) -> tuple[Organisation, UUID]:
    """Return a firm of the adviser's territory and the office that advises it."""
    firm, viewer = organisation_for(request.viewer, pk), request.viewer
    if firm.kind == Organisation.Kind.CHAMBER or firm.departement not in viewer.territory:
        raise Http404
    offices = Organisation.objects.visible_to(viewer).filter(pk__in=viewer.offices)
    office = next((o.pk for o in offices if firm.departement in o.territory), None)
    if office is None:
        raise Http404
    return firm, office


@require_POST
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the representative in the room: a code goes to the address given."""
    firm, office = _advised(request, pk)
    form = RoomForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This is no e-mail address."))
        return redirect("people:organisation", pk=pk)
    data = form.cleaned_data
    try:
        ask_in_the_room(firm, office, request.viewer.user, data["email"], prices=data["prices"])
    except InvalidRequest as error:
        for told in filter(None, (error.what, error.hint)):
            messages.error(request, say(told, request.LANGUAGE_CODE))
    else:
        messages.success(
            request, _("The code is on its way. Until it is typed in, you may only bring files in.")
        )
    return redirect("people:organisation", pk=pk)


@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the code that the representative received."""
    firm, _office = _advised(request, pk)
    waiting = waiting_mandate(request.viewer, firm)
    form = CodeForm(request.POST)
    if waiting is None:
        raise Http404
    if form.is_valid() and confirm_by_code(waiting, form.cleaned_data["code"], request.viewer.user):
        messages.success(request, _("The mandate is confirmed."))
    else:
        messages.error(
            request, _("This code does not fit. After five tries or 30 minutes, ask for another one.")
        )
    return redirect("people:organisation", pk=pk)


def _membership(request: HttpRequest, pk: UUID, member: UUID) -> Membership:
    firm = _owned(request, pk, Right.MEMBERS)
    return get_object_or_404(Membership.objects.visible_to(request.viewer), pk=member, organisation=firm)


@require_POST
def rights(request: HttpRequest, pk: UUID, member: UUID) -> HttpResponse:
    """Grant or withdraw lines, prices and files of a member."""
    found = _membership(request, pk, member)
    form = GrantForm(request.POST, instance=found, prefix=str(found.pk))
    if form.is_valid() and found.role == Membership.Role.MEMBER:
        grant(form.save(commit=False), request.viewer.user)
        messages.success(request, _("The rights are changed from now on."))
    return redirect("people:organisation", pk=pk)


@require_POST
def remove(request: HttpRequest, pk: UUID, member: UUID) -> HttpResponse:
    """Take a person out of the firm."""
    found = _membership(request, pk, member)
    try:
        remove_member(found, request.viewer.user)
    except InvalidRequest as error:
        messages.error(request, say(error.what, request.LANGUAGE_CODE))
    return redirect("people:organisation", pk=pk)


@login_not_required
@require_GET
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Open an invitation: accept it when signed in, else sign in or sign up with it."""
    found = open_invitation(token)
    if found is None:
        return render(request, "people/invitation.html", {"invitation": None}, status=404)
    request.session[SESSION_KEY] = str(found.pk)
    return render(request, "people/invitation.html", {"invitation": found, "token": token})


@require_POST
def take(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation as the person signed in."""
    found = open_invitation(token)
    if found is None:
        raise Http404
    try:
        accept(found, request.user)
    except InvalidRequest as error:
        for told in filter(None, (error.what, error.hint)):
            messages.error(request, say(told, request.LANGUAGE_CODE))
        return redirect("people:invitation", token=token)
    return redirect("people:organisation", pk=found.organisation_id)
