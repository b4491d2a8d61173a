"""Appending to the journal of a firm."""

from __future__ import annotations

from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django_scopes import scope

from maillon.web.journal.models import Event, Head
from maillon.web.people.models import Organisation


@transaction.atomic
def record(
    action: str, organisation: UUID, actor: UUID | None, about: models.Model | None = None, **params: object
) -> Event:
    """Append what was done. The firm's row is locked, so that two events never share a number."""
    with scope(organisation=organisation):
        head = locked_head(organisation)
        event = Event(
            organisation_id=organisation,
            number=head.number + 1,
            at=timezone.now(),
            actor_id=actor,
            action=action,
            kind=about._meta.model_name or "" if about is not None else "",
            object_id=str(about.pk) if about is not None else "",
            params=params,
            before=head.digest,
        )
        event.digest = event.computed()
        event.save(force_insert=True)
        head.number, head.digest = event.number, event.digest
        head.close()
        head.save(force_insert=head._state.adding, force_update=not head._state.adding)
    return event


def locked_head(organisation: UUID) -> Head:
    """Return where the firm's journal ends, locked until the transaction does; a new one is not saved yet."""
    firms = Organisation.objects.select_related("journal_head").select_for_update(of=("self",))
    firm = firms.get(pk=organisation)
    head: Head | None = getattr(firm, "journal_head", None)
    return head if head is not None else Head(organisation_id=organisation)
