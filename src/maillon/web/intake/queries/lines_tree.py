"""The tree of a bill of materials as a page walks it: what lies under what, what is open."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from django.core.cache import caches

from maillon.web.intake.models import Line, Version

#: Levels shown before anybody opens or closes one.
DEPTH = 2
DEEPEST = 99


@dataclass(frozen=True, slots=True)
class Tree:
    """Numbers of lines in the order of the tree.

    ``depths`` are from 1, ``ends`` the place after the last descendant; ``elsewhere`` names, for a line whose
    item is taken apart at another line, that line.
    """

    numbers: tuple[int, ...]
    depths: tuple[int, ...]
    ends: tuple[int, ...]
    elsewhere: dict[int, int]

    @property
    def deepest(self) -> int:
        """The number of levels."""
        return max(self.depths, default=0)


@dataclass(frozen=True, slots=True)
class Node:
    """A line as the tree shows it: its depth, how many lines lie under it, whether they are shown."""

    number: int
    depth: int
    under: int
    open: bool
    elsewhere: int | None


def tree_of(version: Version) -> Tree:
    """Return the tree of a version. No edit moves a line, so that it is computed once a version."""
    key = f"lines-tree:{version.pk}"
    found: Tree | None = caches["process"].get(key)
    if found is None:
        rows = Line.objects.filter(version=version).order_by("line")
        found = build_tree(list(rows.values_list("line", "item", "parent")))
        caches["process"].set(key, found, 3600)
    return found


def build_tree(rows: list[tuple[int, int | None, int | None]]) -> Tree:
    """Return the tree of rows of line, item, parent item.

    An item used at several lines is taken apart at the first; a parent that is no item, or that lies under
    its own child, leaves its line at the top.
    """
    first: dict[int, int] = {}
    for line, item, _ in rows:
        first.setdefault(line if item is None else item, line)
    children: dict[int | None, list[int]] = {}
    for line, _, parent in rows:
        children.setdefault(first.get(parent) if parent is not None else None, []).append(line)
    elsewhere = {
        line: first[item]
        for line, item, _ in rows
        if item is not None and first[item] != line and children.get(first[item])
    }
    placed = _walk(children, [line for line, _, _ in rows])
    return Tree(*placed, elsewhere)


def _walk(
    children: dict[int | None, list[int]], lines: list[int]
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Return the lines depth first, depths and ends; lines caught in a circle start trees of their own."""
    order: list[int] = []
    depths: list[int] = []
    ends: dict[int, int] = {}
    seen: set[int] = set()
    for root in [*children.get(None, []), *lines]:
        stack = [(root, 1)] if root not in seen else []
        while stack:
            line, depth = stack.pop()
            if depth == 0:
                ends[line] = len(order)
            elif line not in seen:
                seen.add(line)
                order.append(line)
                depths.append(depth)
                stack.append((line, 0))
                stack.extend((child, depth + 1) for child in reversed(children.get(line, ())))
    return tuple(order), tuple(depths), tuple(ends[line] for line in order)


def open_places(tree: Tree, depth: int, flipped: AbstractSet[int]) -> list[int]:
    """Return the places of the lines shown: ``depth`` levels, but for the nodes ``flipped`` by hand."""
    numbers, depths, ends = tree.numbers, tree.depths, tree.ends
    shown, place, total = [], 0, len(numbers)
    while place < total:
        shown.append(place)
        is_open = (depths[place] < depth) != (numbers[place] in flipped)
        place = place + 1 if is_open else ends[place]
    return shown


def node_at(tree: Tree, place: int, depth: int, flipped: AbstractSet[int]) -> Node:
    """Return the line at a place of the tree as it is shown."""
    number, level = tree.numbers[place], tree.depths[place]
    under = tree.ends[place] - place - 1
    is_open = bool(under) and (level < depth) != (number in flipped)
    return Node(number, level, under, is_open, tree.elsewhere.get(number))
