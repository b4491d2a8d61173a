"""The section that each part stands under: title rows, carried-down cells, merged cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from maillon.intake.grid import Cell
from maillon.intake.understand.blocks import Block
from maillon.intake.understand.cells import as_text
from maillon.intake.understand.grids import Grid
from maillon.intake.understand.layout import Layout
from maillon.intake.understand.row_words import bare_title
from maillon.intake.understand.rows import RowKinds

#: Roles of which one merged cell holds for all the rows it covers. Figures are left out: whether a merged
#: price is for each row or for all of them is not said.
_SPREAD = (
    "section",
    "supplier",
    "manufacturer",
    "material",
    "process",
    "making_site",
    "supplier_site",
    "variant",
    "note",
)


def spread_merged(grid: Grid, layout: Layout, block: Block) -> None:
    """Repeat the text of a merged cell in every row that it covers, in the columns that name things."""
    places = set(layout.places(_SPREAD))
    for top, left, bottom, right in grid.sheet.merged:
        if bottom == top or left not in places or right != left or top < block.data:
            continue
        cell = grid.columns[left][top]
        if isinstance(cell, str):
            for row in range(top + 1, min(bottom + 1, grid.height)):
                if grid.columns[left][row] is None and grid.filled[row].any():
                    grid.columns[left][row] = cell


def sections_of(grid: Grid, layout: Layout, kinds: RowKinds, rows: Sequence[int]) -> list[object] | None:
    """Return the section of each part: its own cell, the same as above if blank, else the last title.

    A title row and a section column together give "title / section".
    """
    place = layout.place("section")
    titles = dict(kinds.titles)
    if place is None and not titles:
        return None
    column: list[Cell] = grid.columns[place] if place is not None else []
    owned = [as_text(column[row]) for row in rows] if place is not None else [None] * len(rows)
    carried = place is not None and _is_carried(owned)
    found: list[object] = []
    title: str | None = None
    current: str | None = None
    start = kinds.first
    for row, own in zip(rows, owned, strict=True):
        for above in range(start, row) if titles else ():
            if (
                above in titles
                and place is not None
                and bare_title(as_text(column[above]) or "") == titles[above]
            ):
                current = titles[above]
            elif above in titles:
                title, current = titles[above], None
        start = row
        if own is not None:
            current = own
        elif not carried:
            current = None
        found.append(_joined(title, current, place, titles))
    return found if any(f is not None for f in found) else None


def _is_carried(held: Sequence[str | None]) -> bool:
    """Blank means "same as above" where titles are written once: no two neighbours repeat the same one."""
    repeats = sum(a is not None and a == b for a, b in pairwise(held))
    blanks = sum(h is None for h in held)
    return blanks > repeats


def _joined(title: str | None, current: str | None, place: int | None, titles: dict[int, str]) -> str | None:
    if title and current and title != current and titles and place is not None:
        return f"{title} / {current}"
    return current or title
