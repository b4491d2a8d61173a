"""The doubts of one file, gathered without drowning the reader: at most twenty of a kind for each column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from maillon.core.doubt import Doubt, Treatment
from maillon.core.message import Message, message
from maillon.intake.understand.cells import cell_name, column_letters

_SHOWN = 20
_ROW = re.compile(r"[A-Z]*(\d+)(?::|$)")


class DoubtBook:
    """Collects doubts; those beyond the twentieth of one kind in one column are counted, then summed up."""

    def __init__(self, earlier: Iterable[Doubt] = ()) -> None:
        self._doubts: list[Doubt] = list(earlier)
        self._counts: Counter[tuple[str, str, int | None]] = Counter()
        self._apart = {
            (d.sheet, int(found[1]) - 1)
            for d in self._doubts
            if d.treatment is Treatment.QUARANTINED and (found := _ROW.match(d.cell))
        }

    def is_apart(self, sheet: str, row: int) -> bool:
        """Whether the reading of the file itself has set a row (zero-based) apart."""
        return (sheet, row) in self._apart

    def add(
        self,
        code: str,
        what: Message,
        sheet: str,
        row: int | None = None,
        column: int | None = None,
        treatment: Treatment = Treatment.WARNED,
        proposal: Message | None = None,
    ) -> None:
        """Record a doubt about a cell, a row (no column), a column (no row) or a sheet (neither), zero-based."""
        key = (code, sheet, column)
        self._counts[key] += 1
        if self._counts[key] <= _SHOWN:
            self._doubts.append(Doubt(code, what, treatment, sheet, _reference(row, column), proposal))

    def doubts(self) -> tuple[Doubt, ...]:
        """Return the doubts in the order found, then one sentence for each kind that was cut short."""
        more = [
            Doubt(code, message("{n} more cells like these ({code}).", n=count - _SHOWN, code=code), Treatment.WARNED,
                  sheet, _reference(None, column))
            for (code, sheet, column), count in self._counts.items()
            if count > _SHOWN
        ]  # fmt: skip
        return (*self._doubts, *more)


def _reference(row: int | None, column: int | None) -> str:
    if row is not None and column is not None:
        return cell_name(row, column)
    if row is not None:
        return f"{row + 1}:{row + 1}"
    return f"{column_letters(column)}:{column_letters(column)}" if column is not None else ""
