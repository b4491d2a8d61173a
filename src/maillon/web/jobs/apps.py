"""The application as Django registers it."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Long work: started, followed, cancelled, taken up again."""

    name = "maillon.web.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Let every app register its kinds of work."""
        autodiscover_modules("tasks")
