"""One computation of what the dearest imports of a version cost, and a row for each of its lines."""

from __future__ import annotations

from django.db import models

from maillon.web.people.models import Owned


class CostRun(Owned):
    """The dearest lines made abroad, costed on ``today`` from one state of a version."""

    project = models.ForeignKey("follow.Project", on_delete=models.CASCADE, related_name="cost_runs")
    version = models.ForeignKey("intake.Version", on_delete=models.CASCADE, related_name="+")
    #: The version's revision that was read: a later edit makes the run stale.
    revision = models.PositiveIntegerField()
    today = models.DateField()
    #: Null where amounts are those of a year already; ``products_assumed``: nobody told it.
    products_per_year = models.FloatField(null=True)
    products_assumed = models.BooleanField()
    left_out = models.PositiveIntegerField()
    made_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Newest first."""

        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return f"{self.project} {self.today}"


class CostLine(Owned):
    """A line of a run: what it was computed from (``case``) and what came out (``figures``)."""

    run = models.ForeignKey(CostRun, on_delete=models.CASCADE, related_name="lines")
    line = models.PositiveIntegerField()
    designation = models.TextField(blank=True)
    supplier = models.TextField(null=True)
    country = models.CharField(max_length=2)
    spend = models.FloatField()
    #: By how much a local price may exceed the import's: 0.18 for 18 % more.
    margin = models.FloatField()
    case = models.JSONField()
    figures = models.JSONField()

    class Meta:
        """Dearest first."""

        ordering = ("run", "-spend", "line")
        constraints = (models.UniqueConstraint(fields=("run", "line"), name="one_cost_a_line"),)

    def __str__(self) -> str:
        return f"{self.line} {self.designation}".strip()
