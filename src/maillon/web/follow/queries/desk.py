"""The desk: what is due in all the projects that one may see, and the projects themselves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from maillon.web.follow.models import Project, Task
from maillon.web.people.rights import Right
from maillon.web.people.viewer import Viewer

#: Projects and tasks that the desk shows; the lists hold them all.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Desk:
    """Projects with their open tasks, and how many tasks are late or due within a week."""

    projects: list[Project]
    tasks: list[Task]
    late: int
    soon: int
    today: dt.date
    #: Whether there are more projects than those shown.
    more: bool


def open_projects(viewer: Viewer) -> QuerySet[Project]:
    """Return the projects not closed, each with its open tasks in ``open_tasks``, the first due first."""
    readable = Task.objects.filter(organisation__in=viewer.firms(Right.RESULTS), done_at=None)
    projects: QuerySet[Project] = Project.objects.filter(organisation__in=_firms(viewer), closed_at=None)
    return projects.select_related("organisation").prefetch_related(
        Prefetch("tasks", readable, to_attr="open_tasks")
    )


def closed_projects(viewer: Viewer) -> QuerySet[Project]:
    """Return the closed projects, the last closed first."""
    projects: QuerySet[Project] = Project.objects.filter(organisation__in=_firms(viewer))
    return projects.exclude(closed_at=None).select_related("organisation").order_by("-closed_at", "id")


def _firms(viewer: Viewer) -> set[UUID]:
    """Return the firms whose projects are listed: where one brings files, or may see results."""
    return {*viewer.firms(Right.UPLOAD), *viewer.firms(Right.RESULTS)}


def desk_of(viewer: Viewer) -> Desk:
    """Return what is on one person's desk today. Four queries, whatever the number of projects."""
    today = timezone.localdate()
    tasks = Task.objects.visible_to(viewer).filter(done_at=None, project__closed_at=None)
    projects = list(open_projects(viewer)[: SHOWN + 1])
    return Desk(
        projects=projects[:SHOWN],
        tasks=list(tasks.select_related("project", "organisation")[:SHOWN]),
        late=tasks.filter(due__lt=today).count(),
        soon=tasks.filter(due__gte=today, due__lte=today + dt.timedelta(days=7)).count(),
        today=today,
        more=len(projects) > SHOWN,
    )
