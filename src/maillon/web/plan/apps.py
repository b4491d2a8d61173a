"""The application as Django registers it."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """What to relocate first: plans compared and saved."""

    name = "maillon.web.plan"
    label = "plan"
