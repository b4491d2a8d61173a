"""``flush``: Django's own, which empties every table; the ends of the journals first, or they refuse."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.flush import Command as Flush
from django.db import connections


class Command(Flush):
    """Empties the database."""

    def handle(self, **options: Any) -> None:
        """Take the ends away, then everything."""
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            if "journal_head" in connection.introspection.table_names(cursor) and not options["interactive"]:
                cursor.execute("DELETE FROM journal_head")
        super().handle(**options)
