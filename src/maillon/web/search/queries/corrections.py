"""Reports of errors by who may see them and decide on them."""

from __future__ import annotations

from django.db.models import QuerySet

from maillon.web.people.viewer import Viewer
from maillon.web.search.models import ProposedCorrection

State = ProposedCorrection.State


def waiting_reports(viewer: Viewer) -> QuerySet[ProposedCorrection]:
    """Return the reports that one may see and that wait, the oldest first."""
    return ProposedCorrection.objects.visible_to(viewer).filter(state=State.WAITING)


def decided_reports(viewer: Viewer) -> QuerySet[ProposedCorrection]:
    """Return the reports that one may see and that are decided, the latest first."""
    reports = ProposedCorrection.objects.visible_to(viewer).exclude(state=State.WAITING)
    return reports.order_by("-decided_at", "id")


def decidable_reports(viewer: Viewer) -> QuerySet[ProposedCorrection]:
    """Return the reports on which one may decide."""
    return ProposedCorrection.objects.decidable_by(viewer)
