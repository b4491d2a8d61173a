"""Sign-ins that were refused: to the log always, to the journals of the firms of a known person."""

from __future__ import annotations

import logging

from maillon.web.journal.services.record import record
from maillon.web.people.models import Membership, User

log = logging.getLogger("maillon.web.entry")


def record_refusal(code: str, user: User | None) -> None:
    """Write that a sign-in was refused and why, without anything that was claimed."""
    log.warning("sign-in refused", extra={"kind": code, "user": str(user.pk) if user else None})
    if user is not None:
        record_in_places("sign_in_refused", user, reason=code)


def record_in_places(action: str, user: User, **counts: object) -> None:
    """Write what concerns a person's account to the journal of each organisation he or she belongs to."""
    for place in Membership.objects.filter(user=user).values_list("organisation_id", flat=True):
        record(action, place, user.pk, user, **counts)
