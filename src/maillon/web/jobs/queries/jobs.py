"""The jobs that a viewer may see: those whose result they may ask for themselves."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from maillon.web.jobs.kinds import kinds
from maillon.web.jobs.models import Job
from maillon.web.people.rights import Right
from maillon.web.people.viewer import Viewer


def jobs_for(viewer: Viewer) -> QuerySet[Job]:
    """Return the jobs of each kind in the firms that gave ``viewer`` the right of this kind, newest first."""
    by_right: dict[Right, list[str]] = {}
    for kind in kinds():
        by_right.setdefault(kind.right, []).append(kind.name)
    seen = Q(pk__in=[])
    for right, names in by_right.items():
        seen |= Q(kind__in=names, organisation__in=viewer.firms(right))
    return Job.objects.filter(seen)
