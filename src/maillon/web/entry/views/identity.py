"""To the identity provider and back: leaving for it, coming back from it, signing out of it."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from requests import RequestException

from maillon.web.entry.leaving import LEAVING
from maillon.web.entry.provider import IdentityProvider, VerifyingAdapter

STATE = "identity_left"


def _provider(request: HttpRequest) -> IdentityProvider:
    try:
        found: IdentityProvider = get_adapter().get_provider(request, IdentityProvider.id)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return found


class _Callback(OAuth2CallbackView):
    """Hands what was remembered when the person left to who checks the answer; once only."""

    adapter: VerifyingAdapter

    def _get_state(self, request: HttpRequest, provider: IdentityProvider) -> tuple[Any, Any]:
        state, answer = super()._get_state(request, provider)
        self.adapter.remembered = state if state is not None else {}
        return state, answer


@login_not_required
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Ask by GET, leave for the provider by POST."""
    provider = _provider(request)
    try:
        return OAuth2LoginView.adapter_view(provider.get_oauth2_adapter(request))(request)
    except (OAuth2Error, RequestException) as error:
        return render_authentication_error(request, provider, exception=error)


@login_not_required
@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """Take the provider's answer."""
    adapter = _provider(request).get_oauth2_adapter(request)
    return _Callback.adapter_view(adapter)(request)


@login_not_required
@require_GET
def leave(request: HttpRequest) -> HttpResponse:
    """Lead to the provider, to be signed out there too."""
    token = request.session.pop(LEAVING, None)
    provider = _provider(request)
    end = _end_of_session(provider, request) if token else None
    if not end:
        return redirect("home")
    request.session[STATE] = secrets.token_urlsafe(32)
    back = f"{settings.ENVIRONMENT.origin}{reverse('entry_left')}"
    told = {"id_token_hint": token, "state": request.session[STATE], "post_logout_redirect_uri": back}
    return render(request, "entry/leave.html", {"address": f"{end}?{urlencode(told)}", "name": provider.name})


def _end_of_session(provider: IdentityProvider, request: HttpRequest) -> str | None:
    """Return where the provider signs people out; none where it does not say, or does not answer."""
    try:
        found: str | None = provider.get_oauth2_adapter(request).openid_config.get("end_session_endpoint")
    except (OAuth2Error, RequestException):
        return None
    return found


@login_not_required
@require_GET
def left(request: HttpRequest) -> HttpResponse:
    """Welcome back whoever was signed out at the provider."""
    expected = request.session.pop(STATE, "")
    if expected and constant_time_compare(expected, request.GET.get("state", "")):
        messages.success(request, _("You are signed out, here and at the identity provider."))
    return redirect("home")
