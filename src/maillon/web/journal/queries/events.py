"""The events of a firm, for who may see them."""

from __future__ import annotations

from django.db.models import QuerySet

from maillon.web.journal.models import Event
from maillon.web.people.models import Organisation
from maillon.web.people.viewer import Viewer


def events_of(viewer: Viewer, firm: Organisation) -> QuerySet[Event]:
    """Return everything done with a firm's data, newest first, with who did it."""
    found: QuerySet[Event] = Event.objects.visible_to(viewer).filter(organisation=firm)
    return found.select_related("actor")
