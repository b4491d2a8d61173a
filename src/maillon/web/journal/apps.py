"""The application as Django registers it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class JournalConfig(AppConfig):
    """What was done with the data of a firm, and by whom."""

    name = "maillon.web.journal"
    label = "journal"

    def ready(self) -> None:
        """Have the database guard the journal once its tables are there."""
        from maillon.web.journal.services.guard import guard_journal  # noqa: PLC0415 - after the models

        post_migrate.connect(guard_journal, sender=self)
