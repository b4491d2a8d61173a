"""The application of backups: it has no rows of its own."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    """Backups."""

    name = "maillon.web.backup"
    label = "backup"
