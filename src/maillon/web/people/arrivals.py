"""What follows when somebody opened an account with an invitation in hand."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import user_signed_up
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse

from maillon.web.people.accounts import LANDING, SESSION_KEY, invitation_in_hand
from maillon.web.people.models import Organisation, User
from maillon.web.people.services.members import accept


@receiver(user_signed_up)
def take_invited_place(request: HttpRequest, user: User, **_more: Any) -> None:
    """Give a new person the place of the invitation, which the address of the account proves."""
    taken = invitation_in_hand(request)
    if taken is not None and taken.email == user.email.lower():
        accept(taken, user)
        del request.session[SESSION_KEY]
        if taken.organisation.kind != Organisation.Kind.CHAMBER:
            place = reverse("people:organisation", args=[taken.organisation_id])
            request.session[LANDING] = place
