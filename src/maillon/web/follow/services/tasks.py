"""What is due: written down, put off, done, and not done after all."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from maillon.web.follow.models import Project, Task
from maillon.web.journal.services.record import record
from maillon.web.people.viewer import Viewer


@transaction.atomic
def add_task(task: Task, project: Project, viewer: Viewer) -> Task:
    """Save a new task of a project."""
    task.project, task.organisation_id = project, project.organisation_id
    task.save()
    record("task_added", project.organisation_id, viewer.user, task, kind=task.kind)
    return task


@transaction.atomic
def finish_task(task: Task, viewer: Viewer) -> None:
    """Mark a task as done; one already done stays as it was."""
    if Task.objects.filter(pk=task.pk, done_at=None).update(done_at=timezone.now()):
        record("task_done", task.organisation_id, viewer.user, task)


@transaction.atomic
def reopen_task(task: Task, viewer: Viewer) -> None:
    """Take “done” back."""
    if Task.objects.filter(pk=task.pk, done_at__isnull=False).update(done_at=None):
        record("task_reopened", task.organisation_id, viewer.user, task)


@transaction.atomic
def postpone_task(task: Task, days: int, viewer: Viewer) -> dt.date:
    """Put a task off by ``days``, counted from its day or from today where that day has passed."""
    today = timezone.localdate()
    due = max(task.due or today, today) + dt.timedelta(days=days)
    Task.objects.filter(pk=task.pk).update(due=due)
    record("task_postponed", task.organisation_id, viewer.user, task, days=days)
    return due
