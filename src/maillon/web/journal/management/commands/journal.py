"""``journal``: checks that the journals are as they were written, and notes their ends outside."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections import defaultdict
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django_scopes import scopes_disabled

from maillon.web.journal.faults import Fault
from maillon.web.journal.models import Event, Head
from maillon.web.journal.queries.chain import breaks_of, broken_anchors
from maillon.web.journal.services.retention import forget_before

log = logging.getLogger("maillon.web.journal.anchor")
Noted = dict[UUID, dict[int, str]]


class Command(BaseCommand):
    """Verifies, notes, seals anew, forgets."""

    help = "verify: where a journal breaks. anchor: note the ends in the log. seal: with a new key. forget."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what the command line may say."""
        parser.add_argument("what", choices=("verify", "anchor", "seal", "forget"))
        parser.add_argument("--anchors", type=Path, help="A log with the lines that anchor wrote.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one of them."""
        getattr(self, f"_{options['what']}")(options["anchors"])

    def _verify(self, anchors: Path | None) -> None:
        noted = read_anchors(anchors) if anchors else {}
        with scopes_disabled():
            known = set(Event.objects.values_list("organisation", flat=True).distinct().order_by())
            known |= set(Head.objects.values_list("organisation", flat=True))
        broken = 0
        for firm in sorted(known | set(noted)):
            for found in [*breaks_of(firm), *broken_anchors(firm, noted.get(firm, {}))]:
                broken += 1
                self.stdout.write(f"{firm}: {found.number}: {found.fault.value}")
        if broken:
            raise CommandError(f"{broken} breaks in the journals of {len(known)} organisations")
        self.stdout.write(f"{len(known)} journals are as they were written.")

    def _anchor(self, _anchors: Path | None) -> None:
        with scopes_disabled():
            for firm, number, digest in Head.objects.values_list("organisation", "number", "digest"):
                log.info("journal", extra={"organisation": str(firm), "event": number, "digest": digest})

    def _seal(self, _anchors: Path | None) -> None:
        """Seal with the present key what is whole but for the seal: after a restore without the old one."""
        with scopes_disabled():
            heads = list(Head.objects.all())
        for head in heads:
            if {each.fault for each in breaks_of(head.organisation_id)} <= {Fault.UNSEALED}:
                head.close()
                with scopes_disabled():
                    head.save(force_update=True)

    def _forget(self, _anchors: Path | None) -> None:
        day = timezone.now() - dt.timedelta(days=settings.ENVIRONMENT.journal_days)
        self.stdout.write(str(forget_before(day)))


def read_anchors(path: Path) -> Noted:
    """Return what the log noted of each journal; lines about anything else are passed over."""
    noted: Noted = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if isinstance(told, dict) and told.get("logger") == log.name and "digest" in told:
            noted[UUID(told["organisation"])][int(told["event"])] = str(told["digest"])
    return noted
