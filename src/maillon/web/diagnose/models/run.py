"""A diagnosis of a version: what its pages show, in both languages, and the documents printed from it."""

from __future__ import annotations

from typing import Any

from django.db import models

from maillon.web.people.models import Owned
from maillon.web.people.rights import Right


class DiagnosisRun(Owned):
    """One computation. ``priced`` and ``unpriced`` hold what pages show to who may see prices, and to others.

    The second is the diagnosis of the same lines without their prices: shares of lines, no amount anywhere.
    """

    project = models.ForeignKey("follow.Project", on_delete=models.CASCADE, related_name="diagnoses")
    version = models.ForeignKey("intake.Version", on_delete=models.CASCADE, related_name="diagnoses")
    #: The version's revision that was read: a later edit makes the run stale.
    revision = models.PositiveIntegerField()
    engine = models.CharField(max_length=20)
    seed = models.BigIntegerField(default=0)
    priced = models.JSONField()
    unpriced = models.JSONField()
    #: Numbers of the lines behind each mark of the charts, by the mark's key in its address.
    marks = models.JSONField(default=dict)
    made_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Newest first."""

        ordering = ("-made_at", "-id")

    def shown(self, prices: bool, language: str) -> dict[str, Any]:
        """Return what pages show to who may see prices, or may not, in French or English."""
        shown: dict[str, Any] = (self.priced if prices else self.unpriced)["en" if language == "en" else "fr"]
        return shown

    def __str__(self) -> str:
        return f"{self.version} {self.made_at:%Y-%m-%d}"


def place_of(document: Document, name: str) -> str:
    """Return where a document is kept: below its firm."""
    return f"{document.organisation_id}/documents/{document.pk}.{document.form}"


class Document(Owned):
    """A document printed from a run; it holds amounts, so that reading it takes the right to prices."""

    read_right = Right.PRICES
    write_right = Right.PRICES

    class Form(models.TextChoices):
        """What it is."""

        PDF = "pdf", "PDF"
        XLSX = "xlsx", "XLSX"
        JSON = "json", "JSON"

    run = models.ForeignKey(DiagnosisRun, on_delete=models.CASCADE, related_name="documents")
    form = models.CharField(max_length=4, choices=Form)
    language = models.CharField(max_length=2)
    file = models.FileField(upload_to=place_of, max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Newest first."""

        ordering = ("-made_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("run", "form", "language"), name="one_document_a_form"),
        )

    def __str__(self) -> str:
        return f"{self.run} {self.form}"
