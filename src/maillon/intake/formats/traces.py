"""What stands beside the values of one sheet: merges, links, formats, hidden rows, error values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from maillon.core.doubt import Doubt
from maillon.intake.formats.a1 import cell_name
from maillon.intake.formats.bounds import MAX_MERGED, too_large_merge
from maillon.intake.grid import Range


class ColumnRuns:
    """Values of cells; equal neighbours down a column are one run (column, first row, last row, value)."""

    def __init__(self) -> None:
        self.runs: list[tuple[int, int, int, str | int]] = []
        self._last: dict[int, int] = {}  # column → its latest run

    def add(self, column: int, rows: Sequence[int], value: str | int) -> None:
        """Give ``value`` to the cells of ``column`` in ``rows``, which are in order."""
        if rows[-1] - rows[0] + 1 == len(rows):
            self._extend(column, rows[0], rows[-1], value)
            return
        for row in rows:
            self._extend(column, row, row, value)

    def _extend(self, column: int, first: int, last: int, value: str | int) -> None:
        place = self._last.get(column, -1)
        if place >= 0 and self.runs[place][2] == first - 1 and self.runs[place][3] == value:
            self.runs[place] = (column, self.runs[place][1], last, value)
        else:
            self._last[column] = len(self.runs)
            self.runs.append((column, first, last, value))


@dataclass
class Traces:
    """Everything about one sheet that the reader of values does not tell. Rows and columns from zero."""

    name: str
    merged: list[Range] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    indents: ColumnRuns = field(default_factory=ColumnRuns)
    outline: dict[int, int] = field(default_factory=dict)
    formats: ColumnRuns = field(default_factory=ColumnRuns)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    written: dict[tuple[int, int], str] = field(default_factory=dict)
    valueless: list[tuple[int, int]] = field(default_factory=list)  # formulas without a stored value
    rounded: list[tuple[int, int]] = field(default_factory=list)  # numbers of more digits than are kept
    shortened: list[tuple[int, int]] = field(default_factory=list)  # dates shown as 2-mars or mars-01
    doubts: list[Doubt] = field(default_factory=list)
    _merged_area: int = 0

    def merge(self, area: Range) -> None:
        """Add a merged range; refuse when all of them together are immense."""
        self._merged_area += (area[2] - area[0] + 1) * (area[3] - area[1] + 1)
        if self._merged_area > MAX_MERGED:
            corners = f"{cell_name(area[0], area[1])}:{cell_name(area[2], area[3])}"
            raise too_large_merge(self.name, corners)
        self.merged.append(area)

    def to_json(self) -> dict[str, object]:
        """Return the traces as plain lists, equal neighbours down a column joined into runs."""
        found: dict[str, object] = {
            "merged": self.merged,
            "hidden_rows": [run[:2] for run in _runs((row, 1) for row in self.hidden_rows)],
            "hidden_columns": self.hidden_columns,
            "links": [(r, c, target) for (r, c), target in self.links.items()],
            "indents": self.indents.runs,
            "outline": _runs(self.outline.items()),
            "formats": self.formats.runs,
            "errors": [(r, c, text) for (r, c), text in self.errors.items()],
            "written": [(r, c, text) for (r, c), text in self.written.items()],
        }
        return {key: value for key, value in found.items() if value}


def _runs(entries: Iterable[tuple[int, object]]) -> list[tuple[int, int, object]]:
    """Join consecutive numbers of one value into (first, last, value)."""
    joined: list[tuple[int, int, object]] = []
    for number, value in sorted(entries, key=lambda entry: entry[0]):
        if joined and joined[-1][1] == number - 1 and joined[-1][2] == value:
            joined[-1] = (joined[-1][0], number, value)
        else:
            joined.append((number, number, value))
    return joined
