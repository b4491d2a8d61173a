"""A version: what one import made of a file. Versions are compared, the latest live one is current."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillon.web.people.models import Owned
from maillon.web.people.rights import Right


class Version(Owned):
    """The lines of one import. Rolled back, it is kept for a month and shown nowhere else."""

    read_right = Right.BOM
    write_right = Right.BOM_WRITE

    class Kind(models.TextChoices):
        """What the lines are."""

        BOM = "bom", _("bill of materials")
        LEDGER = "ledger", _("purchase ledger")

    class State(models.TextChoices):
        """Whether it counts."""

        LIVE = "live", _("live")
        UNDONE = "undone", _("undone")

    project = models.ForeignKey("follow.Project", on_delete=models.CASCADE, related_name="versions")
    uploads = models.ManyToManyField("intake.Upload", related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.BOM)
    state = models.CharField(max_length=6, choices=State, default=State.LIVE)
    #: What was imported, by content and mapping: importing the same twice changes nothing.
    key = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    #: Counts of rows by what became of them, doubts and rejected rows: see ``intake.services.account``.
    account = models.JSONField(default=dict)
    lines_count = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    #: Raised by each edit, so that results computed from older lines are known to be stale.
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        """Newest first."""

        ordering = ("-number", "id")
        constraints = (
            models.UniqueConstraint(fields=("project", "number"), name="numbered_versions"),
            models.UniqueConstraint(fields=("project", "key"), name="one_version_a_content"),
        )

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"
