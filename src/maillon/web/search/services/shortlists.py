"""Shortlists: made, filled, their entries moved on. Each change is told to the firm's journal."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from maillon.web.follow.models import Project
from maillon.web.journal.services.record import record
from maillon.web.people.viewer import Viewer
from maillon.web.search.models import ListEntry, Shortlist


@dataclass(frozen=True, slots=True)
class Chosen:
    """A firm chosen from a search."""

    siret: str
    name: str
    town: str


@transaction.atomic
def make_shortlist(project: Project, name: str, viewer: Viewer) -> Shortlist:
    """Return the list of that name, made if there was none."""
    made, new = Shortlist.objects.get_or_create(
        project=project,
        name=name,
        defaults={"organisation_id": project.organisation_id, "made_by_id": viewer.user},
    )
    if new:
        record("shortlist_made", project.organisation_id, viewer.user, made)
    return made


@transaction.atomic
def add_entry(shortlist: Shortlist, firm: Chosen, line: int | None, viewer: Viewer) -> tuple[ListEntry, bool]:
    """Put a firm on a list; return its entry and whether it is new. One already there stays as it is."""
    entry, new = ListEntry.objects.get_or_create(
        shortlist=shortlist,
        siret=firm.siret,
        defaults={
            "organisation_id": shortlist.organisation_id,
            "name": firm.name,
            "town": firm.town,
            "line_id": line,
            "added_by_id": viewer.user,
        },
    )
    if new:
        record("shortlisted", shortlist.organisation_id, viewer.user, entry)
    return entry, new


@transaction.atomic
def change_entry(entry: ListEntry, status: str, reason: str, notes: str, viewer: Viewer) -> None:
    """Move an entry on; the reason of an earlier state is not kept beside a state that needs none."""
    entry.status = status
    entry.reason = reason if status in ListEntry.REASONED else ""
    entry.notes = notes
    entry.save(update_fields=["status", "reason", "notes", "changed_at"])
    record("shortlist_changed", entry.organisation_id, viewer.user, entry, status=status)
