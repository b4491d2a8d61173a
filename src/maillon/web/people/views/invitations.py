"""Invitations: opened by their link, taken up by a new person, accepted by one who has an account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from maillon.core.errors import InvalidRequest
from maillon.language import render as say
from maillon.web.entry.queries.persons import person_of
from maillon.web.people.accounts import take_in_hand
from maillon.web.people.services.members import accept, is_spent, open_invitation


@login_not_required
@require_GET
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation and the ways to take it up. Nothing is written: scanners of mail open links."""
    found = open_invitation(token)
    if found is None:
        unusable = {"invitation": None, "spent": is_spent(token)}
        return render(request, "people/invitation.html", unusable, status=404)
    person = request.user
    addressed = person.is_authenticated and person.email.lower() == found.email
    told = {"invitation": found, "token": token, "addressed": addressed}
    return render(request, "people/invitation.html", told)


@login_not_required
@require_POST
def start(request: HttpRequest, token: str) -> HttpResponse:
    """Take an invitation up: on to a new account, or to the log-in of who has one."""
    found = open_invitation(token)
    if found is None:
        raise Http404
    page = reverse("people:invitation", args=[token])
    if request.user.is_authenticated:
        return redirect(page)
    if person_of(found.email):
        return redirect(f"{reverse('account_login')}?{urlencode({'next': page})}")
    take_in_hand(request, found)
    return redirect("account_signup")


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
