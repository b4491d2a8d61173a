"""An error of the register that somebody reports: it waits for an adviser, and is never applied silently."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillon.web.people.identifiers import new_id

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from maillon.web.people.viewer import Viewer

#: The columns of the register and the kinds of capability that people may report, with their names.
CORRECTABLE: Mapping[str, _StrPromise] = {
    "active": _("is it open? (true or false)"),
    "name": _("name"),
    "naf": _("activity (NAF code)"),
    "headcount_band": _("size (INSEE band)"),
    "commune": _("town (INSEE code)"),
    "process": _("process it runs"),
    "machine": _("machine"),
    "material": _("material it works"),
    "certificate": _("certificate"),
    "size": _("largest part, in mm"),
    "tolerance": _("finest tolerance, in mm"),
    "lot": _("lots: fewest/ideal/most"),
    "product": _("product"),
}


class ProposedCorrectionQuerySet(models.QuerySet["ProposedCorrection"]):
    """Reports by who may decide on them."""

    def visible_to(self, viewer: Viewer) -> ProposedCorrectionQuerySet:
        """Return one's own reports, those of one's territory, and all of them for the administrator."""
        if viewer.platform:
            return self
        mine = Q(reported_by=viewer.user) if viewer.user else Q(pk__in=())
        return self.filter(mine | Q(departement__in=viewer.territory))

    def decidable_by(self, viewer: Viewer) -> ProposedCorrectionQuerySet:
        """Return the reports on which one may decide: as adviser of the territory, or as administrator."""
        return self if viewer.platform else self.filter(departement__in=viewer.territory)


class ProposedCorrection(models.Model):
    """One thing said to be wrong, and what was decided."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("waiting for an adviser")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    siret = models.CharField("SIRET", max_length=14)
    name = models.CharField(max_length=200, blank=True)
    departement = models.CharField(max_length=3, blank=True, db_index=True)
    column = models.CharField(_("what is wrong"), max_length=20, choices=list(CORRECTABLE.items()))
    value = models.CharField(_("what is right"), max_length=200, blank=True)
    note = models.CharField(_("how you know"), max_length=500)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    reported_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    reported_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = ProposedCorrectionQuerySet.as_manager()

    class Meta:
        """Oldest first: a queue."""

        ordering = ("reported_at", "id")

    def __str__(self) -> str:
        return f"{self.siret} {self.column}"
