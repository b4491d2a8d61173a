"""Who hosts, who answers for the data, who sees what, how long: said from the settings and the rules."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from maillon.web.people.models.invitation import VALID
from maillon.web.people.models.mandate import USUAL
from maillon.web.people.queries.who_sees import roles, who_sees_what


@login_not_required
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """Say in plain words who hosts, who sees what, who processes, how long data is kept."""
    told = {
        "environment": settings.ENVIRONMENT,
        "roles": [name for name, _rights in roles()],
        "rows": who_sees_what(),
        "mandate_days": USUAL.days,
        "invitation_days": VALID.days,
        "session_days": settings.SESSION_COOKIE_AGE // 86400,
    }
    return render(request, "people/privacy.html", told)
