"""``restore``: an installation from a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from maillon.web.backup.services.manifest import RefusedBackup
from maillon.web.backup.services.restoring import restore_backup


class Command(BaseCommand):
    """Restores a backup; the application is stopped meanwhile."""

    help = "Make this installation from the backup in FOLDER. Stop the application first."
    requires_system_checks: ClassVar[list[str]] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what the command line may say."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--replace", action="store_true", help="Take the place of what is there.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore; say what came back, and whether the journals are as they were written."""
        try:
            manifest = restore_backup(options["folder"], replace=options["replace"])
        except RefusedBackup as refused:
            raise CommandError(str(refused)) from refused
        told = {"day": manifest.made_at, "rows": sum(manifest.rows.values()), "files": len(manifest.files)}
        self.stdout.write(_("Restored as of %(day)s: %(rows)d rows, %(files)d files.") % told)
        call_command("journal", "verify", stdout=self.stdout)
