"""Shortlists of a project, and what they say of a firm."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from maillon.web.follow.models import Project
from maillon.web.people.viewer import Viewer
from maillon.web.search.models import ListEntry, Shortlist


def shortlists_of(project: Project, viewer: Viewer) -> QuerySet[Shortlist]:
    """Return the lists of a project with the number of their entries."""
    lists: QuerySet[Shortlist] = Shortlist.objects.visible_to(viewer).filter(project=project)
    return lists.annotate(n_entries=Count("entries"))


def entries_of(shortlist: Shortlist) -> QuerySet[ListEntry]:
    """Return the entries of a list with the line that each is for."""
    entries: QuerySet[ListEntry] = ListEntry.objects.filter(shortlist=shortlist).select_related("line")
    return entries


def listed_in(project: Project) -> dict[str, ListEntry]:
    """Return the entry of each SIRET on a list of the project; the latest changed where it is on several."""
    entries = ListEntry.objects.filter(shortlist__project=project).select_related("shortlist")
    return {entry.siret: entry for entry in entries.order_by("changed_at")}
