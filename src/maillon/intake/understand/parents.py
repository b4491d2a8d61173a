"""Lists by parent reference: one line a use; shared items merge, cycles and orphans are set apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from maillon.core.structure import Structure, build_structure
from maillon.intake.understand.structure import Tree


def tree_of_parents(references: Sequence[str | None], parents: Sequence[str | None]) -> Tree | None:
    """Return the structure of lines that name their parent; None where no line's parent is a line.

    Where no line stands at the top, the parent named most often and described by no line is the product
    itself; any other parent that no line describes makes orphans.

    >>> tree_of_parents(["A", "B", "B"], [None, "A", "X"]).orphans
    [2]
    """
    first: dict[str, int] = {}
    for place, reference in enumerate(references):
        if reference is not None:
            first.setdefault(reference, place)
    products = _products(first, parents)
    if not any(p in first for p in parents if p) and not products:
        return None
    items = [first[r] if r is not None else place for place, r in enumerate(references)]
    parent_items = [first.get(p) if p else None for p in parents]
    orphans = [i for i, p in enumerate(parents) if p and p not in first and p not in products]
    kept = [i for i in range(len(items)) if i not in set(orphans)]
    structure = _structure(kept, items, parent_items)
    cyclic = {int(c) for c in structure.cyclic}
    tree = Tree(_levels(structure, items, parent_items), parent_items, "parent", items=items)
    tree.orphans = orphans
    if cyclic:
        tree.cycles = [_one_cycle(cyclic, items, parent_items)]
        tree.orphans = sorted(
            {*orphans, *(i for i in range(len(items)) if items[i] in cyclic)} - set(tree.cycles[0])
        )
    return tree


def carried_down(references: Sequence[str | None], parents: Sequence[str | None]) -> Sequence[str | None]:
    """Return the parents with each blank taken as the one above, where the list is written so.

    An export that names a product once, on the first of its lines, starts with a parent that no line
    describes; a list in which a blank means the top starts with a blank.

    >>> carried_down(["A", "B", "C"], ["P", None, "Q"]), carried_down(["A", "B"], [None, "A"])
    (['P', 'P', 'Q'], [None, 'A'])
    """
    if not parents or parents[0] is None or parents[0] in set(references) or None not in parents:
        return parents
    carried: list[str | None] = []
    for parent in parents:
        carried.append(parent if parent is not None else carried[-1])
    return carried


def _products(first: dict[str, int], parents: Sequence[str | None]) -> set[str]:
    """Return the parents that are products themselves: named, but described by no line."""
    if any(p is None for p in parents):
        return set()
    undefined = Counter(p for p in parents if p is not None and p not in first)
    if not undefined:
        return set()
    most = undefined.most_common(1)[0][1]
    return {p for p, count in undefined.items() if count >= 0.5 * most}


def _structure(kept: Sequence[int], items: Sequence[int], parent_items: Sequence[int | None]) -> Structure:
    parent = np.array([p if (p := parent_items[i]) is not None else -1 for i in kept], dtype=np.int64)
    child = np.array([items[i] for i in kept], dtype=np.int64)
    return build_structure(parent, child, len(items))


def _levels(structure: Structure, items: Sequence[int], parent_items: Sequence[int | None]) -> list[int]:
    """Return the level of each use: one below its parent at its highest place."""
    depth = {int(i): 1 for i in structure.order}
    uses: dict[int, list[int]] = {}
    for item, parent in zip(items, parent_items, strict=True):
        if parent is not None:
            uses.setdefault(item, []).append(parent)
    for item in structure.order.tolist():
        above = [depth[p] for p in uses.get(item, ()) if p in depth]
        depth[item] = 1 + min(above) if above else 1
    return [1 if p is None else depth.get(p, 0) + 1 for p in parent_items]


def _one_cycle(cyclic: set[int], items: Sequence[int], parent_items: Sequence[int | None]) -> list[int]:
    """Return the lines of one cycle, found by climbing until an item comes back."""
    above = {i: p for i, p in zip(items, parent_items, strict=True) if p in cyclic and i in cyclic}
    path: list[int] = []
    place: dict[int, int] = {}
    item = min(above, default=min(cyclic))
    while item not in place and item in above:
        place[item] = len(path)
        path.append(item)
        item = above[item]
    return path[place.get(item, 0) :][::-1]
