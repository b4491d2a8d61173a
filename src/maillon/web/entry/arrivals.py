"""What follows when somebody came in by the identity provider."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import user_logged_in, user_signed_up
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.dispatch import receiver
from django.http import HttpRequest

from maillon.core.errors import InvalidRequest
from maillon.web.entry.queries.persons import invitations_of
from maillon.web.entry.services.refusals import record_in_places
from maillon.web.people.models import User
from maillon.web.people.services.members import accept

#: Where a session keeps what the provider said: a second factor or not, and the token to leave by.
IDENTITY = "identity"


@receiver(user_logged_in)
def remember_identity(request: HttpRequest, sociallogin: SocialLogin | None = None, **_more: Any) -> None:
    """Keep what leaving will need, and whether a second factor was asked for, for this session only."""
    told = sociallogin.state if sociallogin is not None else {}
    if "id_token" in told:
        request.session[IDENTITY] = {name: told[name] for name in ("id_token", "second_factor")}


@receiver(user_signed_up)
def take_place(user: User, sociallogin: SocialLogin | None = None, **_more: Any) -> None:
    """Give a new person the places to which this address, vouched for, was invited."""
    if sociallogin is None:
        return
    for invitation in invitations_of(user.email):
        try:
            accept(invitation, user)
        except InvalidRequest:
            continue  # a place that this person may not hold: the invitation stays, and is explained there


@receiver(social_account_added)
def note_link(sociallogin: SocialLogin, **_more: Any) -> None:
    """Write to the journals that an account can now be opened by the provider."""
    record_in_places("identity_linked", sociallogin.user)


@receiver(social_account_removed)
def note_end_of_link(socialaccount: Any, **_more: Any) -> None:
    """Write to the journals that it no longer can."""
    record_in_places("identity_unlinked", socialaccount.user)
