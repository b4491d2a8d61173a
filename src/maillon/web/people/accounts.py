"""How accounts come to be: by invitation only, by password, passkey or the State's identity provider."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from maillon.web.entry.leaving import LeavesProvider
from maillon.web.people.models import Invitation

SESSION_KEY = "invitation"


class AccountAdapter(LeavesProvider, DefaultAccountAdapter):
    """Lets people sign up with an invitation in hand."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether the visitor has opened an invitation that can still be used."""
        invited = request.session.get(SESSION_KEY)
        return bool(invited) and Invitation.objects.open().filter(pk=invited).exists()
