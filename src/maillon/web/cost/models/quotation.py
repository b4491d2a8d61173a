"""A quotation for a line: typed in, or read from a file."""

from __future__ import annotations

from django.db import models

from maillon.web.people.models import Owned
from maillon.web.people.rights import Right


class CostQuotation(Owned):
    """What a supplier asks: the fields of ``core.quotation.Quotation``. All of it is prices."""

    read_right = Right.PRICES

    project = models.ForeignKey("follow.Project", on_delete=models.CASCADE, related_name="quotations")
    line = models.PositiveIntegerField()
    supplier = models.CharField(max_length=200)
    offer = models.JSONField()
    made_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """In the order they came."""

        ordering = ("project", "line", "made_at", "id")

    def __str__(self) -> str:
        return f"{self.supplier} {self.line}"
