"""One thing done with the data of a firm: appended, chained to the one before, never changed."""

from __future__ import annotations

import hashlib
import json

from django.db import models
from django.utils import timezone

from maillon.web.people.models import Owned
from maillon.web.people.rights import Right


class Event(Owned):
    """Who did what, when, to which object. ``params`` hold counts and codes, never the firm's own data."""

    read_right = Right.JOURNAL
    write_right = Right.JOURNAL

    number = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey("people.User", on_delete=models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=40)
    kind = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    params = models.JSONField(default=dict)
    before = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        """Numbered without a hole inside a firm."""

        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("organisation", "number"), name="one_chain_a_firm"),)

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    def computed(self) -> str:
        """Return the digest of this row and of the one before: a changed byte shows."""
        told = [
            str(self.organisation_id), self.number, self.at.isoformat(), str(self.actor_id or ""),
            self.action, self.kind, self.object_id, self.params, self.before,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(told, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
