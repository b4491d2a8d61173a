"""The doubts of one file, gathered without drowning the reader: at most twenty of a kind for each column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from maillon.core.doubt import Doubt, Treatment
from maillon.core.message import Message, plural_message
from maillon.intake.understand.cells import cell_name, column_letters

_SHOWN = 20
_ROW = re.compile(r"[A-Z]*(\d+)(?::|$)")


@dataclass(frozen=True, slots=True)
class At:
    """Where a doubt is: a cell, a row (no column), a column (no row) or a sheet (neither); zero-based."""

    sheet: str
    row: int | None = None
    column: int | None = None

    @property
    def name(self) -> str:
        """The place as a spreadsheet writes it: ``C12``, ``12:12``, ``C:C`` or nothing."""
        if self.row is not None and self.column is not None:
            return cell_name(self.row, self.column)
        if self.row is not None:
            return f"{self.row + 1}:{self.row + 1}"
        letters = column_letters(self.column) if self.column is not None else ""
        return f"{letters}:{letters}" if letters else ""


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

    def rows_apart(self, sheet: str) -> set[int]:
        """Return the rows (zero-based) of a sheet that the reading of the file itself has set apart."""
        return {row for name, row in self._apart if name == sheet}

    def add(
        self,
        code: str,
        what: Message,
        at: At,
        treatment: Treatment = Treatment.WARNED,
        proposal: Message | None = None,
    ) -> None:
        """Record a doubt."""
        key = (code, at.sheet, at.column)
        self._counts[key] += 1
        if self._counts[key] <= _SHOWN:
            self._doubts.append(Doubt(code, what, treatment, at.sheet, at.name, proposal))

    def doubts(self) -> tuple[Doubt, ...]:
        """Return the doubts in the order found, then one sentence for each kind that was cut short."""
        more = [
            Doubt(code, _more(count - _SHOWN, code), Treatment.WARNED, sheet, At(sheet, None, column).name)
            for (code, sheet, column), count in self._counts.items()
            if count > _SHOWN
        ]
        return (*self._doubts, *more)


def _more(n: int, code: str) -> Message:
    return plural_message(
        "{n} more doubt of the same kind ({code}).",
        "{n} more doubts of the same kind ({code}).",
        n=n,
        code=code,
    )
