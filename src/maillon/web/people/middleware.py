"""At each request: who looks, the scope of the queries, and the second factor of those who need one."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_scopes import scope

from maillon.web.people.queries.viewers import viewer_of

Answer = Callable[[HttpRequest], HttpResponse]


class ViewerScope:
    """Sets ``request.viewer`` and lets queries reach the firms of this viewer only."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = viewer_of(request.user)
        with scope(organisation=list(request.viewer.rights)):
            return self.get_response(request)


class SecondFactor:
    """Sends advisers, managers and administrators to set a second factor before anything else."""

    #: Where one may go without it: setting it up, leaving, and what pages are made of.
    OPEN = (
        "/accounts/2fa/",
        "/accounts/reauthenticate/",
        "/accounts/logout/",
        "/accounts/identity/",
        "/static/",
        "/health/",
        "/language/",
        "/jsi18n/",
    )

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.lacking(request):
            return redirect("mfa_index")
        return self.get_response(request)

    def lacking(self, request: HttpRequest) -> bool:
        """Whether this person must set a second factor first. An invented territory only offers it."""
        viewer = request.viewer
        if settings.DEMO or not (viewer.advises or viewer.platform) or request.path.startswith(self.OPEN):
            return False
        told = request.session.get("identity", {})
        if settings.ENVIRONMENT.oidc_second_factor and told.get("second_factor"):
            return False  # the identity provider asked for it when this session began
        from allauth.mfa.models import Authenticator  # noqa: PLC0415 - its tables load after this module

        kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        return not Authenticator.objects.filter(user=viewer.user, type__in=kinds).exists()
