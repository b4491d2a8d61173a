"""What was found for one need of a version: many lines of one wording are one need."""

from __future__ import annotations

from django.db import models

from maillon.web.people.models import Owned
from maillon.web.people.rights import Right


class NeedResult(Owned):
    """The candidates kept of a search; the reasons of each are told anew by the page of the need."""

    read_right = Right.RANKING
    write_right = Right.RANKING

    version = models.ForeignKey("intake.Version", on_delete=models.CASCADE, related_name="need_results")
    #: SHA-256 of the wording: lines find their result by it, and it betrays no wording.
    text_hash = models.CharField(max_length=64)
    found = models.PositiveIntegerField()
    shown = models.PositiveIntegerField(default=0)
    #: The best ones: ``siret``, ``name``, ``town``, ``km``, ``points``, ``level`` of evidence.
    candidates = models.JSONField(default=list)
    near = models.CharField(max_length=80, blank=True)
    km = models.PositiveIntegerField(null=True)
    register = models.CharField(max_length=60)
    searched_at = models.DateTimeField(auto_now=True)

    class Meta:
        """One result a wording."""

        ordering = ("-found", "id")
        constraints = (models.UniqueConstraint(fields=("version", "text_hash"), name="one_result_a_need"),)

    def __str__(self) -> str:
        return f"{self.found} for {self.text_hash[:8]}"
