"""A project (dossier) of a firm: one product or one year of purchases on its way through the method."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillon.web.people.models import Owned
from maillon.web.people.rights import Right


class Stage(models.TextChoices):
    """The links of the method, in order. ``values.index`` is the number shown."""

    TARGET = "target", _("Target")
    SELECT = "select", _("Select")
    DIAGNOSE = "diagnose", _("Diagnose")
    SEARCH = "search", _("Search")
    COST = "cost", _("Cost")
    PLAN = "plan", _("Plan")
    DIVERSIFY = "diversify", _("Diversify")
    MEET = "meet", _("Meet")
    FOLLOW = "follow", _("Follow")


class Project(Owned):
    """What the firm wants to relocate; an adviser not yet confirmed sees only its name."""

    read_right = Right.UPLOAD
    write_right = Right.UPLOAD

    class Kind(models.TextChoices):
        """The seven kinds of project; each has its own backward plan."""

        CAPACITY = "capacity", _("create a missing capacity")
        RETURN = "return", _("bring a product back")
        KEEP = "keep", _("keep a French operation competitive")
        MARKET = "market", _("find a route to market")
        FILL = "fill", _("fill a workshop")
        SHORT = "short", _("open a short-circuit workshop")
        PURCHASES = "purchases", _("relocate purchases made abroad")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind of project"), max_length=9, choices=Kind, default=Kind.PURCHASES)
    stage = models.CharField(_("stage"), max_length=9, choices=Stage, default=Stage.DIAGNOSE)
    #: The firm's site as it is known: the fields of ``core.place.Place``, and ``name`` as people write it.
    site = models.JSONField(default=dict, blank=True)
    per_year = models.FloatField(_("products made in a year"), null=True, blank=True)
    opened_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    #: Example data, which one click removes.
    example = models.BooleanField(default=False)

    class Meta:
        """Newest first."""

        ordering = ("-opened_at", "id")

    def __str__(self) -> str:
        return self.name
