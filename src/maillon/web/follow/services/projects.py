"""Opening and closing projects."""

from __future__ import annotations

from django.db import transaction

from maillon.web.follow.models import Project
from maillon.web.journal.services.record import record
from maillon.web.people.viewer import Viewer


@transaction.atomic
def open_project(project: Project, viewer: Viewer) -> Project:
    """Save a new project, its site taken from the firm's town, and write it to the journal."""
    if not project.site:
        project.site = _site_of_firm(project)
    project.opened_by_id = viewer.user
    project.save()
    record("project_opened", project.organisation_id, viewer.user, project)
    return project


def _site_of_firm(project: Project) -> dict[str, object]:
    firm = project.organisation
    return {"departement": firm.departement, "commune": firm.commune_code} if firm.departement else {}
