"""A mandate: a firm lets an adviser see its data, for a purpose, until a date, and may end it at once."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from maillon.web.people.models.owned import Owned, OwnedQuerySet
from maillon.web.people.rights import Right

USUAL = dt.timedelta(days=365)


class MandateQuerySet(OwnedQuerySet):
    """Mandates by state."""

    def alive(self, at: dt.datetime | None = None) -> MandateQuerySet:
        """Return those neither revoked nor ended at ``at``, confirmed or not."""
        at = at or timezone.now()
        return self.filter(revoked_at=None, starts_at__lte=at, ends_at__gt=at)


class Mandate(Owned):
    """Who may see what of a firm, why and until when. Without ``confirmed_at`` nothing is shown yet."""

    read_right = Right.MANDATES
    write_right = Right.MANDATES

    class Given(models.TextChoices):
        """How the firm said yes."""

        ONLINE = "online", _("online, by the firm's owner")
        CODE = "code", _("in the room, by a one-time code")
        FORM = "form", _("in the room, by a signed form")

    #: The office that holds the mandate; ``adviser`` narrows it to one person.
    office = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    adviser = models.ForeignKey(
        "people.User", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    purpose = models.CharField(_("purpose"), max_length=300)
    prices = models.BooleanField(_("prices and volumes"), default=False)
    files = models.BooleanField(_("original files"), default=False)
    given = models.CharField(_("given"), max_length=6, choices=Given, default=Given.ONLINE)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(_("end"))
    confirmed_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    #: The representative who confirms in the room, and the hash of the code sent to this address.
    representative = models.EmailField(_("representative's e-mail address"), blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    signed_form = models.FileField(upload_to="mandates", blank=True)

    objects = ScopedManager(
        organisation="organisation", _manager_class=models.Manager.from_queryset(MandateQuerySet)
    )

    class Meta:
        """Newest first."""

        ordering = ("-starts_at", "id")

    def __str__(self) -> str:
        return f"{self.organisation} → {self.adviser or self.office}"
