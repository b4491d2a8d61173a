"""The application as Django registers it."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """What was done with the data of a firm, and by whom."""

    name = "maillon.web.journal"
    label = "journal"
