"""The application as Django registers it."""

from django.apps import AppConfig


class CostConfig(AppConfig):
    """What a part really costs: quick, then with every assumption."""

    name = "maillon.web.cost"
    label = "cost"
