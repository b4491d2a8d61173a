"""Changing cells of lines: each change is kept with what was there before, and can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.web.intake.models import Line, LineEdit, Version
from maillon.web.intake.queries.lines_columns import is_stored, value_of
from maillon.web.intake.services.lines_following import following
from maillon.web.journal.services.record import record
from maillon.web.people.identifiers import new_id

#: Rows of one UPDATE: databases bound the values of a statement.
_STRETCH = 500


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell of a line becomes, and the edit that this undoes."""

    line: Line
    column: str
    value: object
    undoes: UUID | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """What was done: the batch that undoes it, and how many lines it touched."""

    batch: UUID
    lines: int


class CellConflict(Exception):
    """Somebody else changed the cell since it was shown; holds what it holds now."""

    def __init__(self, now: object) -> None:
        super().__init__()
        self.now = now


@transaction.atomic
def change_cell(version: Version, number: int, column: str, value: object, seen: object, by: UUID) -> Changed:
    """Change a cell that held ``seen`` when it was shown; raises ``CellConflict`` where it no longer does."""
    hold_version(version)
    line = Line.objects.select_for_update().get(version=version, line=number)
    now = value_of(line, column)
    if now not in (seen, value):
        raise CellConflict(now)
    return write_cells(version, _with_following([line], version, {column: value}), by, "cell changed")


@transaction.atomic
def change_lines(version: Version, lines: Iterable[Line], values: dict[str, object], by: UUID) -> Changed:
    """Set the same values on many lines, as one batch."""
    hold_version(version)
    return write_cells(version, _with_following(lines, version, values), by, "lines changed")


def hold_version(version: Version) -> None:
    """Lock a version until the transaction ends; raises ``InvalidRequest`` where its import was undone."""
    held = Version.objects.select_for_update().get(pk=version.pk)
    if held.state != Version.State.LIVE:
        raise InvalidRequest(
            message("This import was undone: its lines cannot be changed."),
            message("Take the import back first, or change the current version."),
        )


def _with_following(lines: Iterable[Line], version: Version, values: dict[str, object]) -> Iterator[Cell]:
    for line in lines:
        for column, value in following(line, version, values).items():
            yield Cell(line, column, value)


def write_cells(version: Version, cells: Iterable[Cell], by: UUID, action: str) -> Changed:
    """Write the cells that change, an edit for each, and raise the revision of the version.

    Runs inside a transaction that holds the version.
    """
    batch = new_id()
    changed = [cell for cell in cells if value_of(cell.line, cell.column) != cell.value]
    LineEdit.objects.bulk_create(
        (
            LineEdit(
                organisation_id=version.organisation_id, line=cell.line, batch=batch, column=cell.column,
                before=value_of(cell.line, cell.column), after=cell.value, by_id=by, undoes=cell.undoes,
            )
            for cell in changed
        ),
        batch_size=_STRETCH,
    )  # fmt: skip
    _store(changed)
    lines = len({cell.line.pk for cell in changed})
    if lines:
        Version.objects.filter(pk=version.pk).update(revision=F("revision") + 1)
        columns = sorted({cell.column for cell in changed})
        record(action, version.organisation_id, by, version, lines=lines, columns=columns)
    return Changed(batch, lines)


def _store(cells: Sequence[Cell]) -> None:
    """Write the cells: one UPDATE for the lines that get the same value, the other columns line by line."""
    same: dict[tuple[str, object], list[int]] = {}
    loose: dict[int, Line] = {}
    for cell in cells:
        if is_stored(cell.column):
            same.setdefault((cell.column, cell.value), []).append(cell.line.pk)
            setattr(cell.line, cell.column, cell.value)
        else:
            cell.line.more[cell.column] = cell.value
            loose[cell.line.pk] = cell.line
    for (column, value), pks in same.items():
        for start in range(0, len(pks), _STRETCH):
            Line.objects.filter(pk__in=pks[start : start + _STRETCH]).update(**{column: value})
    Line.objects.bulk_update(loose.values(), ["more"], batch_size=_STRETCH)
