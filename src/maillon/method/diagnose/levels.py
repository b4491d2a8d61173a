"""Walking a bill of materials wave by wave, parts before what uses them or the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillon.core.structure import Index, Structure

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """The items of a structure renumbered by *position*: each after everything that uses it.

    ``item`` maps position → item, ``row_position`` row → position of what it uses (-1 on a cycle). ``rows``,
    ``parent`` and ``child`` describe the usages below the top level, sorted by the wave of their parent: row
    of the bill of materials, position of either end. ``top_rows`` and ``top`` are the rows and positions at
    the top level; ``cyclic_rows`` are the rows that touch a cycle and are left out. ``item_cuts`` and
    ``usage_cuts`` delimit the waves.
    """

    item: Index
    row_position: Index
    rows: Index
    parent: Index
    child: Index
    top_rows: Index
    top: Index
    cyclic_rows: Index
    item_cuts: tuple[int, ...]
    usage_cuts: tuple[int, ...]

    @property
    def size(self) -> int:
        """Number of positions."""
        return len(self.item)

    @property
    def has_parts(self) -> Flags:
        """Tell for each position whether anything is used in it."""
        found = np.zeros(self.size, dtype=np.bool_)
        found[self.parent] = True
        return found

    def downward(self) -> Iterator[tuple[slice, slice]]:
        """Yield (positions, usages) of each wave, users before parts."""
        cuts = zip(self.item_cuts, self.item_cuts[1:], self.usage_cuts, self.usage_cuts[1:], strict=False)
        for first, last, start, stop in cuts:
            yield slice(first, last), slice(start, stop)

    def upward(self) -> Iterator[tuple[slice, slice]]:
        """Yield (positions, usages) of each wave, parts before users."""
        yield from reversed(list(self.downward()))


def level_structure(structure: Structure) -> Levels:
    """Cut a topologically ordered structure into waves, in time linear in the usages.

    >>> from maillon.core.structure import build_structure
    >>> levels = level_structure(build_structure(np.array([-1, 0, 0, 1]), np.array([0, 1, 2, 3]), 4))
    >>> levels.item_cuts
    (0, 1, 3, 4)
    """
    position = np.full(structure.n_items, -1, dtype=np.int64)
    position[structure.order] = np.arange(len(structure.order))
    child = position[structure.child]
    at_top = structure.parent < 0
    parent = np.where(at_top, -1, position[structure.parent])
    sound = (child >= 0) & (at_top | (parent >= 0))
    inner = np.flatnonzero(sound & ~at_top)
    item_cuts = _wave_cuts(parent[inner], child[inner], len(structure.order))
    inner = inner[np.argsort(parent[inner], kind="stable")]
    top_rows = np.flatnonzero(sound & at_top)
    return Levels(
        item=structure.order,
        row_position=child,
        rows=inner,
        parent=parent[inner],
        child=child[inner],
        top_rows=top_rows,
        top=child[top_rows],
        cyclic_rows=np.flatnonzero(~sound),
        item_cuts=item_cuts,
        usage_cuts=tuple(np.searchsorted(parent[inner], item_cuts).tolist()),
    )


def _wave_cuts(parent: Index, child: Index, size: int) -> tuple[int, ...]:
    """Return where the waves start: an item used within the current wave opens the next."""
    last_user = np.full(size, -1, dtype=np.int64)
    np.maximum.at(last_user, child, parent)
    rising = np.maximum.accumulate(last_user)
    cuts = [0]
    while cuts[-1] < size:
        following = int(np.searchsorted(rising, cuts[-1]))
        cuts.append(max(following, cuts[-1] + 1) if following < size else size)
    return tuple(cuts)


def push_down(levels: Levels, seed: Floats, factor: Floats) -> Floats:
    """Spread ``seed`` (positions, or positions × columns) from users to parts along ``factor`` (usages).

    Each part receives, over its usages, ``factor`` times what its user holds, added to its own seed.
    """
    held = seed.copy()
    for _, usages in levels.downward():
        passed = (
            factor[usages, None] * held[levels.parent[usages]]
            if held.ndim == 2
            else (factor[usages] * held[levels.parent[usages]])
        )
        add_at(held, levels.child[usages], passed)
    return held


def add_at(total: Floats, place: Index, amount: Floats) -> None:
    """Add each ``amount`` to ``total`` at ``place``, repeated places included (rows, or rows × columns)."""
    if total.ndim == 1:
        np.add.at(total, place, amount)
        return
    for column in range(total.shape[1]):
        np.add.at(total[:, column], place, amount[:, column])


def sum_by_user(levels: Levels, positions: slice, usages: slice, amount: Floats) -> Floats:
    """Add the ``amount`` of each usage of one wave up to its user: one number for each position."""
    place = levels.parent[usages] - positions.start
    total = np.bincount(place, weights=amount, minlength=positions.stop - positions.start)
    return total.astype(np.float64)
