"""Lines of separated text that were quoted once more as a whole, as happens when a file is saved twice."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from maillon.intake.grid import Cell, Sheet

#: A text has columns if so many of its lines agree on how many.
_FEW = 3


def unwrap_lines(sheet: Sheet, separator: str) -> Sheet:
    """Return the sheet with each line that stands whole in one cell cut into its cells.

    Only lines that give as many cells as the others have are cut: anything else stays as it is.
    """
    width = _width(sheet.rows)
    if width < 3:
        return sheet
    rows = [_cut(row, width, separator) for row in sheet.rows]
    return sheet if rows == sheet.rows else replace(sheet, rows=rows)


def _width(rows: Sequence[Sequence[Cell]]) -> int:
    """Return how many cells most lines of several cells hold; 0 if too few agree."""
    counts = Counter(len(row) for row in rows if len(row) > 1)
    width, held = counts.most_common(1)[0] if counts else (0, 0)
    return width if held >= _FEW else 0


def _cut(row: list[Cell], width: int, separator: str) -> list[Cell]:
    """Return the cells that a line in its first and only cell holds; the row itself where it holds no line.

    >>> _cut(['0.1u,"C16,C17",C_0603,26'], 4, ",")
    ['0.1u', 'C16,C17', 'C_0603', '26']
    >>> _cut(["Carter, aluminium, brut, usinage"], 4, ",")
    ['Carter, aluminium, brut, usinage']
    """
    text = row[0] if row else None
    if not isinstance(text, str) or separator not in text or any(cell not in (None, "") for cell in row[1:]):
        return row
    cells = next(csv.reader([text], delimiter=separator), [])
    # A phrase has spaces after its commas; a line of a file has not.
    whole = len(cells) == width and not any(cell.startswith(" ") for cell in cells)
    return [cell or None for cell in cells] if whole else row
