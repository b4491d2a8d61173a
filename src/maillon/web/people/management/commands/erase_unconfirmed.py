"""``erase_unconfirmed``: erases what was brought in for firms that never said yes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from maillon.web.people.services.sealed import erase_unconfirmed


class Command(BaseCommand):
    """Erases sealed files whose time is up."""

    help = "Erase sealed files that no representative confirmed in time."

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase, and say how many."""
        self.stdout.write(str(erase_unconfirmed()))
