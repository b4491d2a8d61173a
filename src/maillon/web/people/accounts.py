"""How accounts come to be: by invitation only, by password, passkey or the State's identity provider."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from maillon.web.entry.leaving import LeavesProvider
from maillon.web.people.models import Invitation

#: Where a session keeps the invitation that was taken up, and the page that its place opens.
SESSION_KEY, LANDING = "invitation", "landing"


class AccountAdapter(LeavesProvider, DefaultAccountAdapter):
    """Lets people sign up with an invitation in hand, under the address that received it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether the visitor took up an invitation that can still be used."""
        return invitation_in_hand(request) is not None

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Return the first page of a new person: the desk of an adviser, the firm's space."""
        return str(request.session.pop(LANDING, None) or super().get_signup_redirect_url(request))


def take_in_hand(request: HttpRequest, invitation: Invitation) -> None:
    """Remember the invitation that this browser took up; its address is known to be the addressee's.

    Only who reads that mailbox holds the link, so that no second mail need confirm the address.
    """
    request.session[SESSION_KEY] = str(invitation.pk)
    AccountAdapter(request).stash_verified_email(request, invitation.email)


def invitation_in_hand(request: HttpRequest) -> Invitation | None:
    """Return the invitation that this browser took up, while it can still be used."""
    taken = request.session.get(SESSION_KEY)
    if not taken:
        return None
    found: Invitation | None = (
        Invitation.objects.open().select_related("organisation").filter(pk=taken).first()
    )
    return found
