"""The events of a firm, for who may see them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from maillon.web.intake.queries.lines_export import harmless
from maillon.web.journal.models import Event
from maillon.web.journal.words import ACTIONS
from maillon.web.people.models import Organisation, User
from maillon.web.people.viewer import Viewer

#: What stands for Maillon itself among the persons.
NOBODY = "-"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events are asked for."""

    who: str = ""
    what: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None


def events_of(viewer: Viewer, firm: Organisation, wanted: Wanted | None = None) -> QuerySet[Event]:
    """Return what was done with a firm's data, newest first, with who did it."""
    found: QuerySet[Event] = Event.objects.visible_to(viewer).filter(organisation=firm)
    asked = wanted or Wanted()
    if asked.who:
        found = found.filter(actor=None) if asked.who == NOBODY else found.filter(actor=asked.who)
    if asked.what:
        found = found.filter(action=asked.what)
    if asked.since:
        found = found.filter(at__gte=asked.since)
    if asked.until:
        found = found.filter(at__lt=asked.until)
    return found.select_related("actor")


def people_in(viewer: Viewer, firm: Organisation) -> list[tuple[str, str]]:
    """Return who did something there, by name, and Maillon itself."""
    known = Event.objects.visible_to(viewer).filter(organisation=firm).values("actor")
    people = User.objects.filter(pk__in=known).order_by("name", "email")
    return [*((str(user.pk), str(user)) for user in people), (NOBODY, "Maillon")]


def actions_in(viewer: Viewer, firm: Organisation) -> list[str]:
    """Return what was ever done there."""
    found = Event.objects.visible_to(viewer).filter(organisation=firm)
    return list(found.order_by("action").values_list("action", flat=True).distinct())


def csv_of_events(events: QuerySet[Event]) -> Iterator[str]:
    """Yield a CSV for spreadsheets: UTF-8 with its mark, semicolons, no formula, fingerprints included."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    yield "\ufeff"
    heads = [_("No."), _("When"), _("Who"), _("E-mail address"), _("What"), _("On what"), _("Counts")]
    writer.writerow([*heads, _("Fingerprint")])
    for event in events.iterator(2000):
        writer.writerow([harmless(cell) for cell in _cells(event)])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _cells(event: Event) -> list[object]:
    who = event.actor
    counts = ", ".join(f"{name} {value}" for name, value in sorted(event.params.items()))
    return [
        event.number, timezone.localtime(event.at).isoformat(timespec="seconds"),
        str(who) if who else "Maillon", who.email if who else "",
        str(ACTIONS.get(event.action, event.action)), f"{event.kind} {event.object_id}".strip(),
        counts, event.digest,
    ]  # fmt: skip
