"""The application as Django registers it."""

from importlib import import_module

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """A firm's files, versions and lines."""

    name = "maillon.web.intake"
    label = "intake"

    def ready(self) -> None:
        """Register the kinds of work on lines, beside those of ``tasks``."""
        import_module("maillon.web.intake.lines_tasks")
