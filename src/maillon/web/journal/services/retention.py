"""Forgetting the events whose time is up: the one deletion that the journal knows."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django_scopes import scope, scopes_disabled

from maillon.web.journal.models import Event
from maillon.web.journal.services.record import locked_head, record


def forget_before(day: dt.datetime) -> int:
    """Forget what happened before ``day`` in every firm; return how many events."""
    with scopes_disabled():
        firms = list(
            Event.objects.filter(at__lt=day).values_list("organisation", flat=True).distinct().order_by()
        )
    return sum(_forget(firm, day) for firm in firms)


@transaction.atomic
def _forget(organisation: UUID, day: dt.datetime) -> int:
    """Move the beginning of the chain first: the database lets go only of what lies before it."""
    with scope(organisation=organisation):
        head = locked_head(organisation)
        kept = Event.objects.filter(organisation=organisation, at__gte=day).order_by("number").first()
        old = Event.objects.filter(
            organisation=organisation, number__lt=kept.number if kept else head.number + 1
        )
        last = old.order_by("-number").first()
        if last is None:
            return 0
        head.forgotten, head.forgotten_digest = last.number, last.digest
        head.close()
        head.save(force_update=True)
        count: int = old.delete()[0]
        record("journal_forgotten", organisation, None, events=count)
    return count
