"""Where a firm's journal ends, and where it begins since old events were forgotten: sealed with our key."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac

from maillon.web.people.models import Owned
from maillon.web.people.rights import Right

#: What stands for the event before the first.
FIRST = "0" * 64


def seal_of(told: tuple[object, ...], key: str) -> str:
    """Return the seal of what a head says, made with a key of the installation."""
    text = "|".join(map(str, told))
    return salted_hmac("maillon.journal.head", text, key, algorithm="sha256").hexdigest()


class Head(Owned):
    """The last event of a firm, so that taking the last ones away shows too.

    The seal needs the key of the installation: who can only write to the database cannot make one.
    """

    read_right = Right.JOURNAL
    write_right = Right.JOURNAL

    organisation = models.OneToOneField(
        "people.Organisation", on_delete=models.CASCADE, related_name="journal_head"
    )
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=FIRST)
    #: The last event that was forgotten when its time was up.
    forgotten = models.PositiveBigIntegerField(default=0)
    forgotten_digest = models.CharField(max_length=64, default=FIRST)
    seal = models.CharField(max_length=64)

    class Meta:
        """One a firm."""

        ordering = ("organisation",)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.number}"

    def _sealed_with(self, key: str) -> str:
        told = (self.organisation_id, self.number, self.digest, self.forgotten, self.forgotten_digest)
        return seal_of(told, key)

    def close(self) -> None:
        """Seal what the row says now."""
        self.seal = self._sealed_with(settings.SECRET_KEY)

    def is_sealed(self) -> bool:
        """Whether the row says what this installation sealed, with the present key or a former one."""
        keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        return any(hmac.compare_digest(self.seal, self._sealed_with(key)) for key in keys)
