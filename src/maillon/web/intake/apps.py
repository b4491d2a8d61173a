"""The application as Django registers it."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """A firm's files, versions and lines."""

    name = "maillon.web.intake"
    label = "intake"
