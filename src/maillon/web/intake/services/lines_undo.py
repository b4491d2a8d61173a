"""Undoing what one action changed: its cells take back what they held, and its answers on vendors go."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from maillon.web.intake.models import LineEdit, VendorDecision, VendorMatch, Version
from maillon.web.intake.queries.lines_columns import value_of
from maillon.web.intake.services.lines_edit import Cell, Changed, hold_version, write_cells


@dataclass(frozen=True, slots=True)
class Undone:
    """What came back, and how many cells were left because somebody changed them since."""

    changed: Changed
    left: int
    vendors: int


@transaction.atomic
def undo_batch(version: Version, batch: UUID, by: UUID) -> Undone:
    """Give the cells of a batch what they held before; a cell changed since keeps what it holds."""
    hold_version(version)
    edits = LineEdit.objects.filter(batch=batch, line__version=version).select_related("line")
    back, left = [], 0
    # one object a line, so that the cells of one line are written together
    lines: dict[int, object] = {}
    for edit in edits:
        line = lines.setdefault(edit.line_id, edit.line)
        if value_of(line, edit.column) == edit.after:
            back.append(Cell(line, edit.column, edit.before, edit.pk))
        else:
            left += 1
    answers = VendorMatch.objects.filter(version=version, batch=batch)
    vendors = answers.update(answer=VendorMatch.Answer.OPEN, siret="", by=None, decided_at=None, batch=None)
    VendorDecision.objects.filter(batch=batch, organisation_id=version.organisation_id).delete()
    return Undone(write_cells(version, back, by, "change undone"), left, vendors)
