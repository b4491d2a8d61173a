"""Lists written as running text: ``8  x Cup Hooks``, one part a line, without any column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from maillon.core.doubt import Treatment
from maillon.core.message import message
from maillon.intake.grid import Cell
from maillon.intake.understand.blocks import Block
from maillon.intake.understand.doubtbook import At, DoubtBook
from maillon.intake.understand.grids import Grid
from maillon.intake.understand.layout import Layout
from maillon.intake.understand.numbers import NUMBER, Decimal, written_number
from maillon.intake.understand.quantities import Quantity, read_quantity
from maillon.intake.understand.roles import Choice, column_of
from maillon.intake.understand.row_words import is_total_word
from maillon.intake.understand.rows import RowKind, RowKinds
from maillon.intake.understand.table import Table
from maillon.intake.understand.units import canonical_unit

_BULLET = re.compile(r"^\s*(?:[-*•◦▪–]|\d+[.)]\s(?=\D)|\[[ x]?\])\s*")
_COUNT_FIRST = re.compile(
    rf"^({NUMBER})\s*([a-zA-Zµ²]{{1,6}}\.?)?\s*(?:[x×*]|of|de|:|pcs?\.?|st\.?)\s+(\S.*)$", re.I
)
_TIMES_FIRST = re.compile(rf"^(?:({NUMBER})\s*[x×*]|[x×]\s*({NUMBER}))\s*(\S.*)$", re.I)
_BARE_COUNT = re.compile(rf"^({NUMBER})\s+(\D.*)$")
_COUNT_LAST = re.compile(
    rf"^(\D.*?)\s*(?:[:,;]|\s[x×*]|\(\s*[x×]?)\s*({NUMBER})\s*(?:[x×]|pcs?\.?|pi[eè]ces?)?\s*\)?$", re.I
)
#: Share of the lines that must read as a count and a name before a text is taken for a list of parts.
_ENOUGH = 0.5


def read_line(text: str) -> tuple[str, Quantity] | None:
    """Return the name and the quantity that a line of text gives; None where it gives no count.

    >>> read_line("8  x Cup Hooks")
    ('Cup Hooks', Quantity(value=8.0, unit=None, low=None, pack=None, understood=True))
    >>> read_line("3M x Stretchy Cord")[1].unit, read_line("Vis M4 : 12")[1].value, read_line("Frame:")
    ('m', 12.0, None)
    """
    bare = _BULLET.sub("", text).strip()
    found = _COUNT_FIRST.match(bare)
    if found and (found[2] is None or canonical_unit(found[2])):
        return found[3].strip(), read_quantity(f"{found[1]} {found[2] or ''}".strip())
    found = _TIMES_FIRST.match(bare)
    if found:
        return found[3].strip(), read_quantity(found[1] or found[2])
    found = _BARE_COUNT.match(bare)
    if found:
        first, _, rest = found[2].partition(" ")
        unit = canonical_unit(first) if rest else None
        if unit:
            return _without_of(rest), read_quantity(f"{found[1]} {first}")
        return found[2].strip(), Quantity(written_number(found[1], Decimal.COMMA))
    found = _COUNT_LAST.match(bare)
    return (found[1].strip(" :-–"), Quantity(written_number(found[2], Decimal.COMMA))) if found else None


def _without_of(text: str) -> str:
    return re.sub(r"^(?:de |d'|of )", "", text.strip())


def read_free_text(grid: Grid, book: DoubtBook) -> Table | None:
    """Return a sheet of one column as a list of parts; None where fewer than half of its lines count."""
    columns = [c for c in range(grid.width) if grid.filled[:, c].any()]
    if len(columns) != 1:
        return None
    cells = grid.columns[columns[0]]
    lines = [(r, c) for r, c in enumerate(cells) if c is not None]
    counted = [(r, c) for r, c in lines if isinstance(c, str) and not is_total_word(c)]
    read = {r: found for r, c in counted if (found := read_line(c))}
    if len(read) < max(1, _ENOUGH * len(lines)) or not any(
        any(ch.isalpha() for ch in n) for n, _ in read.values()
    ):
        return None
    kinds = RowKinds([RowKind.BLANK] * grid.height, 0)
    for row, cell in lines:
        kinds.kinds[row] = _kind(row, cell, read, lines)
        if kinds.kinds[row] is RowKind.SECTION:
            kinds.titles[row] = str(cell).strip().rstrip(":")
        elif kinds.kinds[row] is RowKind.QUARANTINED:
            what = message("Set apart as a note: “{text}”.", text=str(cell)[:80])
            book.add("note", what, At(grid.sheet.name, row), Treatment.QUARANTINED)
    return _table(grid, columns[0], kinds, read)


def _kind(
    row: int, cell: Cell, read: dict[int, tuple[str, Quantity]], lines: Sequence[tuple[int, Cell]]
) -> RowKind:
    if row in read:
        return RowKind.PART
    if is_total_word(cell):
        return RowKind.TOTAL
    follows = any(r in read for r, _ in lines if r > row)
    short = isinstance(cell, str) and len(cell) <= 60
    return RowKind.SECTION if follows and short else RowKind.QUARANTINED


def _table(grid: Grid, place: int, kinds: RowKinds, read: dict[int, tuple[str, Quantity]]) -> Table:
    column = column_of(place, "", grid.columns[place])
    choice = Choice(column, 0.7)
    rows = sorted(read)
    values: dict[str, list[object]] = {
        "designation": [read[r][0] for r in rows],
        "quantity": [read[r][1].value for r in rows],
    }
    if any(read[r][1].unit for r in rows):
        values["unit"] = [read[r][1].unit for r in rows]
    sections = [
        next((kinds.titles[t] for t in sorted(kinds.titles, reverse=True) if t < r), None) for r in rows
    ]
    if any(sections):
        values["section"] = list(sections)
    layout = Layout([column], {"designation": choice, "quantity": choice})
    size = len(rows)
    block = Block(0, grid.height, (place,), None)
    return Table(grid, block, layout, kinds, rows, values, [1] * size, [None] * size, list(range(size)))
