"""An import under way: the files given, what was understood of them, what the person decided."""

from __future__ import annotations

from django.db import models

from maillon.web.people.models import Owned
from maillon.web.people.rights import Right


class Import(Owned):
    """Steps one to three. Nothing of it counts before the person imports, which makes a ``Version``."""

    read_right = Right.UPLOAD
    write_right = Right.UPLOAD

    project = models.ForeignKey("follow.Project", on_delete=models.CASCADE, related_name="imports")
    uploads = models.ManyToManyField("intake.Upload", related_name="+")
    #: A ``maillon-mapping/1`` document: the person's corrections of the columns.
    mapping = models.JSONField(null=True)
    #: What was understood with this mapping; see ``intake.queries.understood``.
    understood = models.JSONField(null=True)
    remember = models.BooleanField(default=True)
    #: Raised by each correction: a reading of older columns is not taken for the present one.
    turn = models.PositiveIntegerField(default=0)
    version = models.ForeignKey("intake.Version", on_delete=models.SET_NULL, null=True, related_name="+")
    begun_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Newest first."""

        ordering = ("-begun_at", "id")

    def __str__(self) -> str:
        return f"{self.project} {self.begun_at:%Y-%m-%d}"
