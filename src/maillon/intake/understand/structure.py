"""Levels and parents: dotted numbers, a level column, indents, outline levels, or parent references."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from maillon.intake.grid import Cell
from maillon.intake.understand.cells import as_text
from maillon.intake.understand.part_values import Parts

_DOTTED = re.compile(r"\d+(?:[.]\d+)*\.?")
_LEVEL = re.compile(r"^[.+*\-_ >]*?(\d{1,5})(?:\.0)?$")
_INDENTING = " \u00a0\t.>-–+└├│─"


@dataclass(slots=True)
class Tree:
    """The level and the parent of each part, as places in the list of parts (None at the top)."""

    levels: list[int]
    parents: list[int | None]
    source: str  # parent, level, dotted, indent, outline, flat
    jumps: list[int] = field(default_factory=list)  # parts more than one level below the part above
    items: list[int] | None = None  # the part that first describes the item, where one serves in many places
    orphans: list[int] = field(default_factory=list)
    cycles: list[list[int]] = field(default_factory=list)


def find_tree(parts: Parts) -> Tree:
    """Return the structure by its best evidence: level column, dotted numbers, indents, outline; else flat.

    Lists by parent reference are read by ``maillon.intake.understand.parents``.
    """
    levels = _level_column(parts)
    if levels:
        return tree_of_levels(levels, "level")
    positions = parts.texts("item_number") or parts.texts("designators")
    if positions and (tree := _dotted(positions, _float_positions(parts))):
        return tree
    references = parts.texts("reference")
    if (
        references
        and _are_dotted_numbers(references)
        and (tree := _dotted(references, [False] * len(references)))
    ):
        return tree
    for source, found in (("indent", _indents(parts)), ("outline", _outline(parts))):
        if found and len(set(found)) > 1:
            return tree_of_levels(_ranked(found), source)
    size = len(parts.rows)
    return Tree([1] * size, [None] * size, "flat")


def tree_of_levels(levels: Sequence[int], source: str) -> Tree:
    """Return the tree of a list in reading order: the parent is the last part above of a smaller level.

    >>> tree_of_levels([1, 2, 3, 2], "level").parents
    [None, 0, 1, 0]
    """
    lowest = min(levels, default=1)
    path: list[int] = []
    parents: list[int | None] = []
    jumps: list[int] = []
    for place, level in enumerate(levels):
        while path and levels[path[-1]] >= level:
            path.pop()
        if level > (levels[path[-1]] + 1 if path else lowest):
            jumps.append(place)
        parents.append(path[-1] if path else None)
        path.append(place)
    return Tree([level - lowest + 1 for level in levels], parents, source, jumps)


def _level_column(parts: Parts) -> list[int] | None:
    read = parts.read("level", _level_of)
    if read is None:
        return None
    known = [level for level in read if level is not None]
    if len(known) < 0.8 * len(read) or len(set(known)) < 2:
        return None
    filled: list[int] = []
    for level in read:
        filled.append(level if level is not None else (filled[-1] if filled else min(known)))
    return filled


def _level_of(cell: Cell) -> int | None:
    """Return the level of "2", "..2", "+2" or 2.0."""
    found = _LEVEL.match(as_text(cell) or "")
    return int(found[1]) if found else None


def _float_positions(parts: Parts) -> list[bool]:
    """Mark positions typed as decimal numbers: Excel shows 3.10 and keeps 3.1."""
    cells = parts.cells("item_number") or []
    return [isinstance(c, float) and not c.is_integer() for c in cells] or [False] * len(parts.rows)


def _are_dotted_numbers(texts: Sequence[str | None]) -> bool:
    held = [t for t in texts if t]
    return bool(held) and sum(_DOTTED.fullmatch(t) is not None for t in held) >= 0.9 * len(held)


def _dotted(positions: Sequence[str | None], floats: Sequence[bool]) -> Tree | None:
    """Return the tree of dotted numbers: the parent of 2.1 is the last 2 above it."""
    if sum("." in p for p in positions if p) < 2:  # as most lists are numbered
        return None
    keys = _restored([_key(p) for p in positions], floats)
    deep = [k for k in keys if k and len(k) > 1]
    if len(deep) < 2 or len([k for k in keys if k]) < 0.6 * len(keys):
        return None
    last: dict[tuple[int, ...], int] = {}
    levels: list[int] = []
    parents: list[int | None] = []
    for place, key in enumerate(keys):
        if key is None:  # a line without number stays beside the line above it
            levels.append(levels[-1] if levels else 1)
            parents.append(parents[-1] if parents else None)
            continue
        parent = next((last[key[:n]] for n in range(len(key) - 1, 0, -1) if key[:n] in last), None)
        parents.append(parent)
        levels.append(levels[parent] + 1 if parent is not None else 1)
        last[key] = place
    found = sum(p is not None for p in parents)
    return Tree(levels, parents, "dotted") if found >= 0.5 * len(deep) else None


_Key = tuple[int, ...]


def _restored(keys: Sequence[_Key | None], floats: Sequence[bool]) -> list[_Key | None]:
    """Return the keys with 3.1 after 3.9 as 3.10: a number cell has lost its last zero."""
    restored: list[_Key | None] = []
    previous: _Key | None = None
    for key, is_float in zip(keys, floats, strict=True):
        lost = is_float and previous is not None and len(previous) == 2 and previous[1] % 10 == 9
        if lost and previous is not None and key == (previous[0], (previous[1] + 1) // 10):
            restored.append((previous[0], previous[1] + 1))
        else:
            restored.append(key)
        previous = restored[-1]
    return restored


def _key(text: str | None) -> tuple[int, ...] | None:
    if text is None or not _DOTTED.fullmatch(text.strip()):
        return None
    numbers = tuple(int(n) for n in text.strip().strip(".").split("."))
    return numbers[:-1] if len(numbers) > 1 and numbers[-1] == 0 else numbers


def _indents(parts: Parts) -> list[int] | None:
    """Return the indent of each name: by cell style, or by leading spaces as typed."""
    places = parts.layout.places(("designation", "reference", "description", "item_number"))
    for place in places:
        indents = parts.grid.sheet.indents
        styled = [indents.get((row, place), 0) for row in parts.rows] if indents else []
        if _steps(styled):
            return styled
        typed = _typed_indents(parts, place)
        if _steps(typed):
            return typed
    return None


def _typed_indents(parts: Parts, place: int) -> list[int]:
    """Return the indent of each cell as typed: texts are cleaned of it elsewhere."""
    rows = map(parts.grid.sheet.rows.__getitem__, parts.rows)
    cells = [row[place] if place < len(row) else None for row in rows]
    starts = {cell[:1] for cell in cells if isinstance(cell, str)}
    if not any(start in _INDENTING for start in starts):
        return [0] * len(cells)
    return [_leading(cell) for cell in cells]


def _leading(cell: Cell) -> int:
    if not isinstance(cell, str) or cell[:1] not in _INDENTING or not any(map(str.isalnum, cell)):
        return 0
    depth = len(cell) - len(cell.lstrip(_INDENTING))
    if cell[depth].isdigit() and cell[depth - 1] in ".-–+":
        return 0  # ".25 in bearing", "-5 V supply"
    return 0 if depth == 1 and cell[0].isspace() else depth  # one space is a slip of the hand


def _steps(indents: Sequence[int]) -> bool:
    # An indent is a structure if the list starts at its left edge and a good share of lines is indented.
    shares = sum(i > 0 for i in indents) / max(len(indents), 1)
    return bool(indents) and indents[0] == min(indents) and 0.15 <= shares < 1 and len(indents) >= 3


def _outline(parts: Parts) -> list[int] | None:
    outline = parts.grid.sheet.outline
    return [outline.get(row, 0) for row in parts.rows] if outline else None


def _ranked(values: Sequence[int]) -> list[int]:
    """Return 1 for the smallest indent, 2 for the next, and so on."""
    ranks = {value: rank for rank, value in enumerate(sorted(set(values)), start=1)}
    return [ranks[value] for value in values]
