"""``erase_drafts``: erases imports that nobody finished, with their files."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from maillon.web.intake.services.drafts import erase_drafts


class Command(BaseCommand):
    """Erases drafts whose time is up."""

    help = "Erase imports that were begun and not finished in time."

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase, and say how many."""
        self.stdout.write(
            str(erase_drafts(timezone.now() - dt.timedelta(days=settings.ENVIRONMENT.draft_days)))
        )
