"""What is due across all the projects one may see, by kind and lateness."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from maillon.web.follow.models import Task
from maillon.web.people.viewer import Viewer

WEEK = dt.timedelta(days=7)
WHENS = ("late", "week", "later", "undated", "done")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asked for: a kind, a time; empty means any."""

    kind: str = ""
    when: str = ""

    @classmethod
    def read(cls, query: dict[str, str]) -> Wanted:
        """Return what an address asks for; what it does not know is left out."""
        kind, when = query.get("kind", ""), query.get("when", "")
        return cls(kind if kind in Task.Kind.values else "", when if when in WHENS else "")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, with the number of tasks that choosing it gives."""

    value: str
    label: str
    count: int


def due_tasks(viewer: Viewer, wanted: Wanted) -> QuerySet[Task]:
    """Return the tasks asked for, the first due first; those done only where they are asked for."""
    return (
        _tasks(viewer)
        .filter(_time(wanted.when), _kind(wanted.kind))
        .select_related("project", "organisation")
    )


def count_tasks(viewer: Viewer, wanted: Wanted) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many tasks each kind and each time would give, the other filter kept. One query."""
    kinds = {f"k_{kind}": Count("pk", _kind(kind) & _time(wanted.when)) for kind in Task.Kind.values}
    whens = {f"w_{when}": Count("pk", _time(when) & _kind(wanted.kind)) for when in WHENS}
    told = _tasks(viewer).order_by().aggregate(**kinds, **whens)
    return (
        {kind: told[f"k_{kind}"] for kind in Task.Kind.values},
        {when: told[f"w_{when}"] for when in WHENS},
    )


def task_for(viewer: Viewer, pk: UUID) -> Task:
    """Return a task that the viewer may change; 404 whether it is unknown or forbidden."""
    found: Task | None = Task.objects.changeable_by(viewer).select_related("project").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _tasks(viewer: Viewer) -> QuerySet[Task]:
    found: QuerySet[Task] = Task.objects.visible_to(viewer).filter(project__closed_at=None)
    return found


def _kind(kind: str) -> Q:
    return Q(kind=kind) if kind else Q()


def _time(when: str) -> Q:
    if when == "done":
        return Q(done_at__isnull=False)
    today = timezone.localdate()
    times = {
        "late": Q(due__lt=today),
        "week": Q(due__gte=today, due__lte=today + WEEK),
        "later": Q(due__gt=today + WEEK),
        "undated": Q(due=None),
    }
    return Q(done_at=None) & times.get(when, Q())
