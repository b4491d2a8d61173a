"""Where a form returns to: the page it was on, never another site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def back_to(request: HttpRequest, otherwise: str) -> HttpResponse:
    """Redirect to the page that the form names, if it is one of ours."""
    named = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(named, {request.get_host()}, require_https=request.is_secure())
    return redirect(named if safe else otherwise)
