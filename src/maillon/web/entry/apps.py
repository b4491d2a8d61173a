"""The application as Django registers it."""

from django.apps import AppConfig


class EntryConfig(AppConfig):
    """How people come in."""

    name = "maillon.web.entry"
    label = "entry"

    def ready(self) -> None:
        """Listen to who came in by the identity provider."""
        from maillon.web.entry import arrivals  # noqa: F401, PLC0415 - its receivers need loaded models
