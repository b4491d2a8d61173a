"""The database's own word that a journal is only appended to: triggers against changing and deleting.

Events before the beginning that the head names may go (retention), and so may those of a firm without a head
(a firm that leaves is erased whole, its head first).
"""

from __future__ import annotations

from typing import Any

from django.db import connections

_TOLD = "the journal is only appended to"
_KEPT = (
    "EXISTS (SELECT 1 FROM journal_head h"
    " WHERE h.organisation_id = OLD.organisation_id AND OLD.number > h.forgotten)"
)
_SQLITE = (
    "CREATE TRIGGER IF NOT EXISTS journal_event_unchanged BEFORE UPDATE ON journal_event"
    f" BEGIN SELECT RAISE(ABORT, '{_TOLD}'); END",
    "CREATE TRIGGER IF NOT EXISTS journal_event_kept BEFORE DELETE ON journal_event"
    f" WHEN {_KEPT} BEGIN SELECT RAISE(ABORT, '{_TOLD}'); END",
)
_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION journal_event_unchanged() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN RAISE EXCEPTION '{_TOLD}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE OR REPLACE FUNCTION journal_event_kept() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN IF {_KEPT} THEN RAISE EXCEPTION '{_TOLD}' USING ERRCODE = 'integrity_constraint_violation';"
    " END IF; RETURN OLD; END $$",
    "CREATE OR REPLACE TRIGGER journal_event_unchanged BEFORE UPDATE ON journal_event"
    " FOR EACH ROW EXECUTE FUNCTION journal_event_unchanged()",
    "CREATE OR REPLACE TRIGGER journal_event_kept BEFORE DELETE ON journal_event"
    " FOR EACH ROW EXECUTE FUNCTION journal_event_kept()",
)


def guard_journal(using: str = "default", **_more: Any) -> None:
    """Put the triggers in place; after every migration, as SQLite loses them where it rebuilds a table."""
    connection = connections[using]
    statements = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}.get(connection.vendor, ())
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if {"journal_event", "journal_head"} <= set(tables):
            for statement in statements:
                cursor.execute(statement)
