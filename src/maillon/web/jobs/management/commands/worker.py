"""``worker``: does the long work that is queued, until it is stopped."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Runs jobs one after the other; start several for more at once."""

    help = "Do the long work that is queued."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until stopped; the job at hand is finished first."""
        call_command("db_worker", interval=0.5, reload=False)
