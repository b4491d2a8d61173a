"""A scenario of a line's cost: the figures that somebody put in, and what came out."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillon.web.people.models import Owned


class CostScenario(Owned):
    """Named inputs of one line. ``figures`` are the result on the day it was saved."""

    project = models.ForeignKey("follow.Project", on_delete=models.CASCADE, related_name="cost_scenarios")
    line = models.PositiveIntegerField()
    name = models.CharField(_("name"), max_length=80)
    case = models.JSONField()
    figures = models.JSONField()
    #: The plan takes this local source instead of the assumed price.
    in_plan = models.BooleanField(default=False)
    made_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """In the order they were made."""

        ordering = ("project", "line", "made_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("project", "line", "name"), name="named_cost_scenarios"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def changed(self) -> int:
        """How many assumptions differ from those shipped."""
        return sum(len(ranges) for ranges in self.case.get("assumed", {}).values())
