"""Leaving: whoever came in by the identity provider is signed out there too."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from maillon.web.entry.arrivals import IDENTITY

#: Where the session that follows keeps the token, until the page that leads to the provider took it.
LEAVING = "identity_leaving"


class LeavesProvider:
    """For the adapter of accounts: keeps the provider's token over the end of the session."""

    request: HttpRequest

    def logout(self, request: HttpRequest) -> None:
        """End the session; what leaving needs goes on into the next, which belongs to nobody."""
        told = request.session.get(IDENTITY)
        super().logout(request)
        if told:
            request.session[LEAVING] = told["id_token"]

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Return the way by the provider, where it opened the session."""
        if IDENTITY in request.session:
            return reverse("entry_leave")
        return str(super().get_logout_redirect_url(request))
