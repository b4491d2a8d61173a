"""What was doubtful in an event's file: the doubts of its rows, each with what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from maillon.core.doubt import Doubt, Treatment
from maillon.core.message import Message, message
from maillon.intake.event.headings import folded
from maillon.intake.event.tables import Record

_NEAR = 80.0


@dataclass
class Notes:
    """Collects doubts; nothing in a row raises."""

    doubts: list[Doubt] = field(default_factory=list)

    def set_apart(self, record: Record, code: str, what: Message, proposal: Message | None = None) -> None:
        """Note a row that is not used."""
        self.doubts.append(Doubt(code, what, Treatment.QUARANTINED, record.sheet, record.where, proposal))

    def warn(self, record: Record, code: str, what: Message, proposal: Message | None = None) -> None:
        """Note a cell that is not used, in a row that is."""
        self.doubts.append(Doubt(code, what, Treatment.WARNED, record.sheet, record.where, proposal))

    def count(self, record: Record, column: str, *, least: int = 0) -> int | None:
        """Return a whole number of at least ``least``, None where the cell is empty or holds none."""
        cell = record.get(column)
        if cell is None:
            return None
        try:
            number = float(str(cell).replace(",", "."))
        except ValueError:
            number = -1.0
        if number < least or not number.is_integer():
            what = message("“{text}” is not a whole number of at least {least}.", text=str(cell), least=least)
            self.warn(record, "not-a-count", what)
            return None
        return int(number)


class Names:
    """Finds firms by name, whatever its case, accents and signs; says which near one was meant."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = list(names)
        self._ranks: dict[str, int] = {}
        for rank, name in enumerate(names):
            self._ranks.setdefault(folded(name), rank)

    def find(self, text: str) -> int | None:
        """Return the rank of a name, None where it is not there."""
        return self._ranks.get(folded(text))

    def near(self, text: str) -> Message | None:
        """Return a proposal: the nearest name, where one is near."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where a name was not found

        found = process.extractOne(folded(text), list(self._ranks), scorer=fuzz.WRatio, score_cutoff=_NEAR)
        if found is None:
            return None
        return message("Did you mean “{name}”?", name=self._names[self._ranks[found[0]]])
