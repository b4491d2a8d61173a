"""The application as Django registers it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who uses the application, and what each may see."""

    name = "maillon.web.people"
    label = "people"

    def ready(self) -> None:
        """Listen to new accounts."""
        import maillon.web.people.arrivals  # noqa: F401, PLC0415 - its models load after the applications
