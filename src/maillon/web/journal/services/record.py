"""Appending to the journal of a firm, and checking its chain."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django_scopes import scope

from maillon.web.journal.models import Event
from maillon.web.people.models import Organisation

FIRST = "0" * 64


@transaction.atomic
def record(
    action: str, organisation: UUID, actor: UUID | None, about: models.Model | None = None, **params: object
) -> Event:
    """Append what was done. The firm's row is locked, so that two events never share a number."""
    Organisation.objects.select_for_update().only("pk").get(pk=organisation)
    with scope(organisation=organisation):
        last = Event.objects.order_by("-number").first()
        event = Event(
            organisation_id=organisation,
            number=last.number + 1 if last else 1,
            at=timezone.now(),
            actor_id=actor,
            action=action,
            kind=about._meta.model_name or "" if about is not None else "",
            object_id=str(about.pk) if about is not None else "",
            params=params,
            before=last.digest if last else FIRST,
        )
        event.digest = event.computed()
        event.save(force_insert=True)
    return event


def broken_links(organisation: UUID) -> Iterator[int]:
    """Yield the numbers of events that were changed or whose predecessor is missing."""
    before, number = FIRST, 0
    with scope(organisation=organisation):
        for event in Event.objects.order_by("number").iterator(1000):
            number += 1
            if event.number != number or event.before != before or event.computed() != event.digest:
                yield event.number
                number = event.number
            before = event.digest
