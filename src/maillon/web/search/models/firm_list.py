"""Lists of firms that people bring: those a firm never wants to see, those an office knows by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillon.web.people.identifiers import new_id
from maillon.web.people.models import Owned
from maillon.web.people.rights import Right

if TYPE_CHECKING:
    from maillon.web.people.viewer import Viewer


class ListFields(models.Model):
    """What every list has: numbers found in the file, and the rows in which none was found."""

    name = models.CharField(_("name"), max_length=120)
    numbers = models.JSONField(default=list)
    unresolved = models.JSONField(default=list)
    rows_count = models.PositiveIntegerField(default=0)
    given_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A base, no table."""

        abstract = True

    def __str__(self) -> str:
        return self.name


class FirmList(ListFields, Owned):
    """The firms that a firm never wants among its candidates."""

    read_right = Right.RANKING
    write_right = Right.RANKING

    class Meta:
        """Newest first."""

        ordering = ("-given_at", "id")


class OfficeListQuerySet(models.QuerySet["OfficeList"]):
    """Lists of offices, by who may see them."""

    def visible_to(self, viewer: Viewer) -> OfficeListQuerySet:
        """Return the lists of the offices where one advises."""
        return self.filter(office__in=viewer.offices)


class OfficeList(ListFields):
    """An office's own list: exhibitors of a fair, makers that it knows."""

    class Kind(models.TextChoices):
        """What being on it says of a firm."""

        EXHIBITOR = "exhibitor", _("exhibitor")
        MAKER = "maker", _("known maker")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.MAKER)

    objects = OfficeListQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering = ("-given_at", "id")
