"""What every page knows: the method's links, who hosts, how the reader wants to read."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from maillon.web.follow.models import Stage

THEMES = ("light", "dark")


def page(request: HttpRequest) -> dict[str, object]:
    """Return the context of the layout."""
    theme = request.COOKIES.get("theme", "")
    return {
        "stages": list(Stage),
        "theme": theme if theme in THEMES else "",
        "legible": request.COOKIES.get("legible") == "1",
        "demo": settings.DEMO,
        "host": settings.ENVIRONMENT.host_name,
        "viewer": getattr(request, "viewer", None),
    }
