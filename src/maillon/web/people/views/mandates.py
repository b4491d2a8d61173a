"""Giving, confirming and ending mandates; members' rights."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from maillon.core.errors import InvalidRequest
from maillon.language import render as say
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
from maillon.web.people.services.members import grant, remove_member
from maillon.web.people.views.organisations import organisation_page


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
        return organisation_page(request, firm, 422, mandate=form)
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
    if form.is_valid():
        data = form.cleaned_data
        try:
            ask_in_the_room(firm, office, request.viewer.user, data["email"], prices=data["prices"])
        except InvalidRequest as error:
            for told in filter(None, (error.what, error.hint)):
                form.add_error("email", say(told, request.LANGUAGE_CODE))
    if form.errors:
        return organisation_page(request, firm, 422, room=form)
    messages.success(request, _("The code is on its way. Until it is typed in, you may only bring files in."))
    return redirect("people:organisation", pk=pk)


@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the code that the representative received."""
    firm, _office = _advised(request, pk)
    waiting = waiting_mandate(request.viewer, firm)
    form = CodeForm(request.POST)
    if waiting is None:
        raise Http404
    if not (form.is_valid() and confirm_by_code(waiting, form.cleaned_data["code"], request.viewer.user)):
        refused = _("This code does not fit. After five tries or 30 minutes, ask for another one.")
        form.add_error("code", refused)
        return organisation_page(request, firm, 422, code=form)
    messages.success(request, _("The mandate is confirmed."))
    return redirect("people:organisation", pk=pk)


def _membership(request: HttpRequest, pk: UUID, member: UUID) -> Membership:
    firm = _owned(request, pk, Right.MEMBERS)
    return get_object_or_404(Membership.objects.visible_to(request.viewer), pk=member, organisation=firm)


@require_POST
def rights(request: HttpRequest, pk: UUID, member: UUID) -> HttpResponse:
    """Grant or withdraw lines, prices and files of a member."""
    found = _membership(request, pk, member)
    form = GrantForm(request.POST, instance=found, prefix=str(found.pk))
    if found.role != Membership.Role.MEMBER:
        raise Http404
    if not form.is_valid():
        return organisation_page(request, found.organisation, 422, grant=form)
    if form.has_changed():
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
