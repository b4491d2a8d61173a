"""The structure of a bill of materials as index arrays: items joined by usages, in one topological order.

A multi-level list is a tree; a list by parent reference may use one sub-assembly in many places and is then
a graph without cycles. Both are held as items (nodes) and usages (edges), so that forty levels of a part used
twice are forty usages and never 2^40 lines.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Index = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """Usages ``parent[i] -> child[i]`` between items ``0 … n_items-1``.

    ``parent`` is -1 for a usage at the top level (the product itself is implicit). ``order`` lists the items
    so that each comes after everything that uses it; items on or below a cycle are left out of ``order``
    and listed in ``cyclic`` (below one: reachable only through it).
    """

    parent: Index
    child: Index
    n_items: int
    order: Index
    cyclic: Index

    def __repr__(self) -> str:
        """Say how large the structure is."""
        return f"Structure({self.n_items} items, {len(self.child)} usages, {len(self.cyclic)} cyclic)"


def build_structure(parent: Index, child: Index, n_items: int) -> Structure:
    """Sort the items topologically (Kahn 1962), in time linear in the number of usages, without recursion.

    >>> build_structure(np.array([-1, 0, 0]), np.array([0, 1, 2]), 3)
    Structure(3 items, 3 usages, 0 cyclic)
    >>> build_structure(np.array([1, 0]), np.array([0, 1]), 2).cyclic.tolist()
    [0, 1]
    """
    inner = parent >= 0
    pending = np.bincount(child[inner], minlength=n_items)
    by_parent = np.argsort(parent, kind="stable")
    starts = np.searchsorted(parent[by_parent], np.arange(n_items + 1))
    wave = np.flatnonzero(pending == 0)
    waves = []
    while wave.size:
        waves.append(wave)
        used = child[by_parent[_ranges(starts[wave], starts[wave + 1])]]
        np.subtract.at(pending, used, 1)
        ready = np.sort(used[pending[used] == 0])
        wave = ready[np.append(True, ready[1:] != ready[:-1])] if ready.size else ready
    order = np.concatenate(waves) if waves else np.empty(0, dtype=np.int64)
    cyclic = np.flatnonzero(pending > 0)
    return Structure(parent, child, n_items, order, cyclic)


def _ranges(starts: Index, stops: Index) -> Index:
    """Concatenate ``arange(start, stop)`` for each pair, without a Python loop."""
    lengths = stops - starts
    shifts = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return np.arange(lengths.sum(), dtype=np.int64) + shifts
