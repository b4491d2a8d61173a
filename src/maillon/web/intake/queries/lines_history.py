"""Who changed what in a line, one entry an action."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from maillon.web.intake.models import Line, LineEdit
from maillon.web.intake.queries.lines_columns import Column


@dataclass(frozen=True, slots=True)
class Change:
    """One cell: its column, what it held, what it holds since."""

    column: Column
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Entry:
    """What one person did to the line at one time; ``undo`` where it undid something."""

    batch: UUID
    at: dt.datetime
    by: str
    undo: bool
    changes: list[Change]


def history_of(line: Line, columns: dict[str, Column]) -> list[Entry]:
    """Return the entries of a line, newest first; cells that the viewer may not see are left out."""
    entries: dict[UUID, Entry] = {}
    edits = LineEdit.objects.filter(line=line, column__in=columns).select_related("by")
    for edit in edits:
        entry = entries.setdefault(
            edit.batch, Entry(edit.batch, edit.at, str(edit.by or ""), edit.undoes is not None, [])
        )
        entry.changes.append(Change(columns[edit.column], edit.before, edit.after))
    return list(entries.values())
