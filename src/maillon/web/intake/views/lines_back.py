"""Where a change leads back to: the page of lines from which it was asked, and nowhere else."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse

from maillon.web.intake.queries.lines_door import Door


def back_to(request: HttpRequest, door: Door) -> str:
    """Return the address stated by the form, else the page that one comes from, within this project."""
    base = reverse("intake:bom", args=[door.project.pk])
    asked = (
        request.POST.get("next") or request.headers.get("HX-Current-URL") or request.headers.get("Referer")
    )
    parts = urlsplit(asked or "")
    inside = parts.netloc in ("", request.get_host()) and parts.path in (
        base,
        reverse("intake:vendors", args=[door.project.pk]),
    )
    if not inside:
        return base + door.suffix
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
