"""A plan asked for: its rules, how far the search is, and what it found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillon.web.people.models import Owned


class PlanScenario(Owned):
    """One request for a plan. ``outcome`` is null until the search has ended.

    ``wishes`` are the rules as asked, ``problem`` what there was to choose, ``live`` the best plan so far
    while the search goes on.
    """

    project = models.ForeignKey("follow.Project", on_delete=models.CASCADE, related_name="plans")
    version = models.ForeignKey("intake.Version", on_delete=models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField()
    today = models.DateField()
    #: What was asked of which lines: the same request is the same scenario.
    key = models.CharField(max_length=64)
    name = models.CharField(_("name"), max_length=80, blank=True)
    wishes = models.JSONField()
    problem = models.JSONField(default=dict)
    live = models.JSONField(default=dict)
    #: The reader has seen enough: the best plan so far is kept.
    stop_asked = models.BooleanField(default=False)
    outcome = models.JSONField(null=True)
    #: The figures of the outcome that a list shows.
    summary = models.JSONField(null=True)
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    made_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Newest first."""

        ordering = ("-made_at", "-id")
        constraints = (models.UniqueConstraint(fields=("project", "key"), name="one_plan_a_request"),)

    def __str__(self) -> str:
        return self.name or str(self.today)
