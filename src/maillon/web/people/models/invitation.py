"""An invitation: a link sent by mail, kept as a hash, used once."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillon.web.people.identifiers import new_id
from maillon.web.people.models.organisation import Membership

if TYPE_CHECKING:
    from maillon.web.people.viewer import Viewer

VALID = dt.timedelta(days=14)


def hash_token(token: str) -> str:
    """Return what is kept of a secret link or code."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by state and by who may see them."""

    def open(self) -> InvitationQuerySet:
        """Return those that can still be used."""
        return self.filter(accepted_at=None, expires_at__gt=timezone.now())

    def visible_to(self, viewer: Viewer) -> InvitationQuerySet:
        """Return those one sent, and those of the organisations one belongs to."""
        mine = models.Q(organisation__in=viewer.members_of | viewer.offices | viewer.regions)
        return self.filter(mine | models.Q(invited_by=viewer.user))


class Invitation(models.Model):
    """Who is invited where, as what, by whom, until when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=8, choices=Membership.Role)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering = ("-sent_at", "id")

    def __str__(self) -> str:
        return f"{self.email} → {self.organisation}"
