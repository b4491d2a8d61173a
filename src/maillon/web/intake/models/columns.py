"""The columns that a firm has confirmed, replayed when the same header comes back."""

from __future__ import annotations

from django.db import models

from maillon.web.people.models import Owned
from maillon.web.people.rights import Right


class ColumnMemory(Owned):
    """One table's corrected columns: an entry of a ``maillon-mapping/1`` document, by its header's words."""

    read_right = Right.UPLOAD
    write_right = Right.UPLOAD

    signature = models.TextField()
    table = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        """Newest first."""

        ordering = ("-saved_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("organisation", "signature"), name="one_memory_a_header"),
        )

    def __str__(self) -> str:
        return self.signature
