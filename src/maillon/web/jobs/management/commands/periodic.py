"""``periodic``: what must be done from time to time, whoever is there."""

from __future__ import annotations

import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from maillon.web.jobs.services.run import take_up_lost_jobs

#: Seconds between two looks for jobs whose worker died, and between two cleanings.
LOOK, CLEAN = 15, 3600


class Command(BaseCommand):
    """Takes up lost jobs, forgets old ones and ended sessions."""

    help = "Take up lost jobs; once an hour, clean up."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what the command line may say."""
        parser.add_argument("--once", action="store_true", help="Do everything once and stop.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Go round until stopped."""
        cleaned = -float(CLEAN)
        while True:
            take_up_lost_jobs()
            if time.monotonic() - cleaned >= CLEAN or options["once"]:
                cleaned = time.monotonic()
                call_command("prune_db_task_results", verbosity=0)
                call_command("clearsessions")
                call_command("erase_unconfirmed")
                call_command("erase_drafts")
                call_command("journal", "forget")
                call_command("journal", "anchor")
            if options["once"]:
                return
            time.sleep(LOOK)
