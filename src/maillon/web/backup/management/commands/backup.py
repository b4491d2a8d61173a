"""``backup``: the database and the files of the firms into a new folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from maillon.web.backup.services.making import make_backup
from maillon.web.backup.services.manifest import RefusedBackup


class Command(BaseCommand):
    """Makes a backup while the application runs."""

    help = "Write a backup into a new folder below TO, while the application runs."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what the command line may say."""
        parser.add_argument("to", type=Path)
        parser.add_argument("--with-secrets", action="store_true", help="The secret key too: guard it well.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it; print where it lies."""
        try:
            self.stdout.write(str(make_backup(options["to"], secrets=options["with_secrets"])))
        except RefusedBackup as refused:
            raise CommandError(str(refused)) from refused
