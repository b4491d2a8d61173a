"""Versions of a project: the current one, one by its number."""

from __future__ import annotations

from django.http import Http404

from maillon.web.follow.models import Project
from maillon.web.intake.models import Version


def current_version(project: Project) -> Version | None:
    """Return the latest version that was not undone, None where there is none yet."""
    live: Version | None = Version.objects.filter(project=project, state=Version.State.LIVE).first()
    return live


def version_for(project: Project, number: int | None) -> Version:
    """Return a version by its number, the current one without; 404 where there is none."""
    if number is None:
        found = current_version(project)
    else:
        found = Version.objects.filter(project=project, number=number).first()
    if found is None:
        raise Http404
    return found
