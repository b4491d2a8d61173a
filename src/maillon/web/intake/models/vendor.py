"""The vendors of a version matched with the company register, and what persons decided of them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillon.web.people.models import Owned
from maillon.web.people.rights import Right


class VendorMatch(Owned):
    """One vendor of a version, as its lines write it: its candidates in the register, and the answer given.

    Lines of one name at two sites are two vendors: homonyms are never taken for one another.
    """

    read_right = Right.BOM
    write_right = Right.BOM_WRITE

    class Said(models.TextChoices):
        """What the comparison with the register says; in the order in which a person looks at them."""

        REVIEW = "review", _("to look at")
        NONE = "none", _("not found in the register")
        ACCEPT = "accept", _("found, sure")
        FOREIGN = "foreign", _("abroad")

    class Answer(models.TextChoices):
        """What a person, or a decision remembered, made of it."""

        OPEN = "", _("not decided")
        KEPT = "kept", _("establishment chosen")
        NONE = "none", _("none of them")

    version = models.ForeignKey("intake.Version", on_delete=models.CASCADE, related_name="vendors")
    name = models.TextField()
    site = models.TextField(blank=True)
    #: What decisions are filed under: see ``maillon.method.search.resolve.vendor_key``.
    key = models.TextField()
    #: Number of lines, and their amounts added up where all are in one currency; null is unknown.
    lines_count = models.PositiveIntegerField()
    spend = models.FloatField(null=True)
    currency = models.CharField(max_length=3, null=True)
    said = models.CharField(max_length=7, choices=Said)
    p = models.FloatField(default=0.0)
    #: Establishments, likeliest first, each with its reasons: see ``intake.services.vendors_resolve``.
    candidates = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    answer = models.CharField(max_length=4, choices=Answer, default=Answer.OPEN, blank=True)
    siret = models.CharField(max_length=14, blank=True)
    by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    #: The edits of lines that the answer caused share this batch, and are undone with it.
    batch = models.UUIDField(null=True)

    class Meta:
        """The largest first."""

        ordering = ("-spend", "-lines_count", "name", "site")
        constraints = (
            models.UniqueConstraint(fields=("version", "name", "site"), name="one_match_a_vendor"),
        )

    def __str__(self) -> str:
        return self.name


class VendorDecision(Owned):
    """What a firm said a vendor is, applied to its later versions; the last one counts.

    An empty SIRET is none of the register. Rows are appended; undoing takes those of its batch away, so that
    the decision before counts again.
    """

    read_right = Right.BOM
    write_right = Right.BOM_WRITE

    key = models.TextField()
    siret = models.CharField(max_length=14, blank=True)
    batch = models.UUIDField(db_index=True)
    by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Oldest first: reading them in order, the last one of a key wins."""

        ordering = ("at", "id")
        indexes = (models.Index(fields=("organisation", "key"), name="vendor_decision_key"),)

    def __str__(self) -> str:
        return self.key
