"""Sourcing plans of a project, and why a supplier is not in one."""

from maillon.web.plan.models.answer import WhyNotAnswer
from maillon.web.plan.models.scenario import PlanScenario

__all__ = ["PlanScenario", "WhyNotAnswer"]
