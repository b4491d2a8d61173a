"""The versions of a project's lines, and two of them compared."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from maillon.web.follow.models import Stage
from maillon.web.follow.queries.chain import chain_of
from maillon.web.follow.queries.projects import project_for
from maillon.web.intake.models import Version
from maillon.web.intake.queries.versions import version_for
from maillon.web.intake.queries.versions_compare import compare_versions
from maillon.web.people.rights import Right

#: Lines of each kind that the page shows; the counts tell them all.
SHOWN = 100


@require_GET
def versions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the versions, newest first, and what changed between the two that the address names."""
    project = project_for(request.viewer, pk, Right.BOM)
    told: dict[str, object] = {
        "project": project,
        "chain": chain_of(project, Stage.DIAGNOSE),
        "versions": Version.objects.visible_to(request.viewer)
        .filter(project=project)
        .select_related("made_by"),
        "shown": SHOWN,
    }
    if "before" in request.GET and "after" in request.GET:
        before, after = (_named(project, request.GET[name]) for name in ("before", "after"))
        prices = request.viewer.may(Right.PRICES, project.organisation_id)
        told |= {
            "before": before, "after": after, "compared": compare_versions(before, after, prices),
        }  # fmt: skip
    return render(request, "intake/bom_versions.html", told)


def _named(project: object, text: str) -> Version:
    if not text.isdecimal() or len(text) > 9:
        raise Http404
    return version_for(project, int(text))
