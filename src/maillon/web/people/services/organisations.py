"""Opening the space of a firm, a startup, a school: a card with a name and a town, without anybody yet."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from maillon.web.journal.services.record import record
from maillon.web.people.models import Organisation


@transaction.atomic
def open_space(organisation: Organisation, by: UUID | None) -> Organisation:
    """Save a new organisation and write it to its journal."""
    organisation.save()
    record("space_opened", organisation.pk, by, organisation)
    return organisation
