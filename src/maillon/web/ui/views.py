"""Home, health, and how the reader wants to read."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from maillon.web.follow.queries.desk import desk_of

YEAR = 365 * 24 * 3600
#: Searches that show what may be asked; a register of any territory has some answer to them.
EXAMPLES = (_("aluminium casting"), _("machining of steel parts"), _("surface treatment"))


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Return the search box and, for a signed-in person, what is due."""
    told = desk_of(request.viewer) if request.user.is_authenticated else None
    return render(request, "ui/home.html", {"desk": told, "examples": EXAMPLES})


@login_not_required
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Return 200 while the database answers: for the machine that watches this one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@login_not_required
@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    """Keep the language, theme or font chosen in a cookie and return to the page."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = redirect(back)
    choices = {"language": dict(settings.LANGUAGES), "theme": ("light", "dark"), "legible": ("0", "1")}
    for name, allowed in choices.items():
        value = request.POST.get(name)
        if value in allowed:
            response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=settings.ENVIRONMENT.secure)
    return response
