"""Projects by who may see them, and the door of every page of a project."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from maillon.core.place import Place
from maillon.web.follow.models import Project
from maillon.web.journal.services.record import record
from maillon.web.people.rights import Right
from maillon.web.people.viewer import Viewer


def project_for(viewer: Viewer, pk: UUID, right: Right, *others: Right) -> Project:
    """Return a project on whose firm ``viewer`` holds ``right``; 404 whether it is unknown or forbidden.

    Where ``others`` are given, any one of the rights is enough.

    What a person from outside the firm opens is written to the firm's journal.
    """
    firms = {firm for each in (right, *others) for firm in viewer.firms(each)}
    projects = Project.objects.filter(organisation__in=firms).select_related("organisation")
    project: Project | None = projects.filter(pk=pk).first()
    if project is None:
        raise Http404
    if project.organisation_id not in viewer.members_of:
        record("opened", project.organisation_id, viewer.user, project, right=right.value)
    return project


def site_of(project: Project) -> Place | None:
    """Return the firm's site, None while it is unknown."""
    fields = {name: project.site.get(name) for name in Place.__dataclass_fields__}
    return Place(**fields) if any(value is not None for value in fields.values()) else None
