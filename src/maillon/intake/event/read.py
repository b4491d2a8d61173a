"""An event out of one workbook, several text files, or a JSON document."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from maillon.core.doubt import Doubt
from maillon.core.errors import NoTableFound, RefusedFile
from maillon.core.event import Event
from maillon.core.message import message
from maillon.intake.event.build import build_event
from maillon.intake.event.notes import Notes
from maillon.intake.event.tables import Tables, tables_of, tables_of_json
from maillon.intake.sandbox import read_sheets

_LARGEST_JSON = 50_000_000


@dataclass(frozen=True, slots=True)
class EventReading:
    """The event that the files describe, and what was doubtful in them."""

    event: Event
    doubts: tuple[Doubt, ...]

    def __repr__(self) -> str:
        """Return the event and the number of doubts."""
        return f"<EventReading {self.event!r}, {len(self.doubts)} doubts>"


def read_event(
    paths: Sequence[Path], *, progress: Callable[[float], None] = lambda share: None
) -> EventReading:
    """Read an event from its files, in any of the forms .xlsx, .ods, .csv or .json.

    Each sheet is recognised by its headings (see ``headings``): sessions, participants, wishes, pairs (that
    must or must not meet), groups, tables, caps, settings. Spreadsheets and text are read in the sandbox.
    Raises ``RefusedFile`` on a file that cannot be read safely, ``NoTableFound`` where something that an
    event needs is not there, ``InvalidRequest`` where it makes no sense.
    """
    tables: Tables = {}
    notes = Notes()
    for path in paths:
        found, doubts = _tables(path, progress)
        notes.doubts.extend(doubts)
        for kind, records in found.items():
            tables.setdefault(kind, []).extend(records)
    if not tables:
        raise NoTableFound(
            message("Nothing in {name} looks like an event.", name=", ".join(path.name for path in paths)),
            message("Name the columns as in examples/rencontre.xlsx."),
        )
    return EventReading(build_event(tables, notes), tuple(notes.doubts))


def _tables(path: Path, progress: Callable[[float], None]) -> tuple[Tables, list[Doubt]]:
    if path.suffix.lower() == ".json":
        return tables_of_json(_read_json(path)), []
    _, sheets, doubts = read_sheets(path, progress=progress)
    return tables_of(sheets), doubts


def _read_json(path: Path) -> object:
    try:
        if path.stat().st_size > _LARGEST_JSON:
            raise RefusedFile(message("The file is larger than {limit} MiB.", limit=_LARGEST_JSON >> 20))
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise RefusedFile(
            message("The file {name} is not readable JSON.", name=path.name),
            message("Check that it exists and is whole."),
        ) from error
