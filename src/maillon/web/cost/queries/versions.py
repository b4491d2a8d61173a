"""The version of a project that costs and plan read."""

from __future__ import annotations

from maillon.web.follow.models import Project
from maillon.web.intake.models import Version


def current_version_of(project: Project) -> Version | None:
    """Return the newest live version; None before the first import."""
    live = Version.objects.filter(project=project, state=Version.State.LIVE)
    found: Version | None = live.first()
    return found
