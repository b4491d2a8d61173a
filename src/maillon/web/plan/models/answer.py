"""Why a supplier is not in a plan."""

from __future__ import annotations

from django.db import models

from maillon.web.people.models import Owned


class WhyNotAnswer(Owned):
    """One question about an offer that a plan does not take; ``answer`` is null until it is found."""

    scenario = models.ForeignKey("plan.PlanScenario", on_delete=models.CASCADE, related_name="questions")
    part = models.CharField(max_length=20)
    supplier = models.TextField()
    answer = models.JSONField(null=True)
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Newest first."""

        ordering = ("-asked_at", "-id")

    def __str__(self) -> str:
        return f"{self.part} {self.supplier}"
