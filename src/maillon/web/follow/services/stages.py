"""The stage of a project: moved by a person, or reached by the work itself."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from maillon.web.follow.models import Project, Stage
from maillon.web.journal.services.record import record
from maillon.web.people.viewer import Viewer


@transaction.atomic
def set_stage(project: Project, stage: Stage, viewer: Viewer) -> None:
    """Put a project at ``stage``, forwards or back."""
    before = project.stage
    if before == stage.value:
        return
    project.stage = stage.value
    project.save(update_fields=["stage"])
    record("stage_changed", project.organisation_id, viewer.user, project, before=before, after=stage.value)


def reach_stage(project: Project, stage: Stage, viewer: Viewer) -> None:
    """Put a project at ``stage`` unless it is already further on: for work that begins a step."""
    order = Stage.values
    if order.index(stage.value) > order.index(project.stage):
        set_stage(project, stage, viewer)


@transaction.atomic
def close_project(project: Project, viewer: Viewer) -> None:
    """Close a project: it leaves the desk, and can be opened again."""
    project.closed_at = timezone.now()
    project.save(update_fields=["closed_at"])
    record("project_closed", project.organisation_id, viewer.user, project)


@transaction.atomic
def open_again(project: Project, viewer: Viewer) -> None:
    """Put a closed project back on the desk."""
    project.closed_at = None
    project.save(update_fields=["closed_at"])
    record("project_reopened", project.organisation_id, viewer.user, project)
