"""A file as the firm gave it: kept under its firm, named by its content."""

from __future__ import annotations

from pathlib import PurePath

from django.db import models

from maillon.web.people.models import Owned
from maillon.web.people.rights import Right


def place_of(upload: Upload, name: str) -> str:
    """Return where the file is kept: the firm's own name for it never becomes a path."""
    return f"{upload.organisation_id}/{upload.pk}{PurePath(name).suffix.lower()[:10]}"


class Upload(Owned):
    """One file. ``erase_at`` is set while no representative of the firm has confirmed (sealed)."""

    read_right = Right.FILES
    write_right = Right.UPLOAD

    project = models.ForeignKey("follow.Project", on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=255)
    file = models.FileField(upload_to=place_of, max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    given_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    erase_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The same content is one file of a project."""

        ordering = ("-given_at", "id")
        constraints = (models.UniqueConstraint(fields=("project", "sha256"), name="one_upload_a_content"),)

    def __str__(self) -> str:
        return self.name
