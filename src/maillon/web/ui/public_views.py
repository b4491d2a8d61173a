"""Public pages about the application itself: accessibility, data and licences, a page by its name."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from maillon.core.errors import MissingData, RefusedFile
from maillon.reference.provenance import sources as shipped_tables
from maillon.reference.register.manifest import Manifest, read_manifest
from maillon.web.ui.audit import last_audit
from maillon.web.ui.pages_known import places_named


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """Return what was checked of the pages, when, what is known to lack, and whom to write to."""
    told = {"audit": last_audit(), "contact": settings.ENVIRONMENT.contact_email}
    return render(request, "ui/accessibility.html", told)


@login_not_required
@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """Return every source of figures with its publisher, edition, date and licence."""
    return render(request, "ui/sources.html", {"register": _manifest(), "tables": shipped_tables()})


def _manifest() -> Manifest | None:
    from maillon.reference.register.folders import find_snapshot  # noqa: PLC0415 - only this page needs it

    try:
        return read_manifest(find_snapshot())
    except (MissingData, RefusedFile):
        return None


@login_not_required
@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """Return pages and projects of a name: under the search box, or as a page of its own."""
    text = request.GET.get("q", "")[:100]
    told = {"q": text, "query": urlencode({"q": text}), "hits": places_named(text, request.viewer)}
    return render(request, "ui/includes/hits.html" if request.htmx else "ui/hits.html", told)
