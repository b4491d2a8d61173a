"""Who may come in by the identity provider: people already linked, known by their address, or invited."""

from __future__ import annotations

import logging
from typing import Any

import requests
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.crypto import get_random_string

from maillon.web.entry.queries.persons import is_invited, may_link_by_address, person_of
from maillon.web.entry.services.refusals import record_refusal
from maillon.web.people.models import User

log = logging.getLogger(__name__)
#: ProConnect takes no state shorter than 32 signs.
STATE_LENGTH = 43


class IdentityAdapter(DefaultSocialAccountAdapter):
    """The rules of ``docs/decisions/015``; whoever is refused reads why, and the journal says it."""

    def get_requests_session(self) -> requests.Session:
        """Return a session that follows no redirect: the provider's addresses are those it publishes."""
        session: requests.Session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def generate_state_param(self, state: dict[str, Any]) -> str:
        """Return what binds the answer to this browser."""
        return get_random_string(STATE_LENGTH)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Take the address and the name."""
        user: User = sociallogin.user
        user.email, user.name = str(data.get("email") or "").lower(), data.get("name", "")
        return user

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """Return the account of this address, where an address is enough to open it."""
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            return None
        for address in (a.email for a in sociallogin.email_addresses if a.verified):
            user = person_of(address)
            if user is not None and may_link_by_address(user, address):
                return user, address
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse an account that an address does not open, and a link to somebody else's address."""
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            addresses = [a.email for a in sociallogin.email_addresses if a.verified]
            held = EmailAddress.objects.filter(user_id=request.user.pk, verified=True)
            if not any(held.filter(email__iexact=address).exists() for address in addresses):
                self._refuse(request, "other_address", request.user)
        elif not sociallogin.is_existing:
            user = person_of(sociallogin.user.email)
            if user is not None:
                self._refuse(request, "link_first", user)
            if not self.is_open_for_signup(request, sociallogin):
                self._refuse(request, "not_invited", None)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Whether somebody invited this very address, which the provider vouches for."""
        return any(is_invited(a.email) for a in sociallogin.email_addresses if a.verified)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: object,
        error: object = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Note why an answer was not believed; the page says only that it was not."""
        if error != AuthError.CANCELLED:
            code = getattr(exception, "code", None) or (type(exception).__name__ if exception else "state")
            record_refusal(code, None)

    def _refuse(self, request: HttpRequest, code: str, user: User | None) -> None:
        record_refusal(code, user)
        raise ImmediateHttpResponse(render(request, "entry/refused.html", {"code": code}, status=403))
