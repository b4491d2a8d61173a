"""One table, from its block to typed lines: columns, rows, values, structure and the doubts on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from maillon.core.doubt import Treatment
from maillon.core.message import message
from maillon.intake.reading import RowAccount
from maillon.intake.understand.amounts import read_prices, read_quantities
from maillon.intake.understand.arithmetic import settle_prices
from maillon.intake.understand.blocks import Block
from maillon.intake.understand.cells import as_text
from maillon.intake.understand.conventions import decide_decimals
from maillon.intake.understand.corrections import TableMapping
from maillon.intake.understand.doubtbook import At, DoubtBook
from maillon.intake.understand.grids import Grid
from maillon.intake.understand.layout import MONEY, Layout, settle
from maillon.intake.understand.names import read_names
from maillon.intake.understand.numbers import number_of
from maillon.intake.understand.parents import carried_down, tree_of_parents
from maillon.intake.understand.part_values import Parts
from maillon.intake.understand.quantities import read_quantity
from maillon.intake.understand.roles import Choice, Column, choose_roles, column_of
from maillon.intake.understand.rows import RowKind, RowKinds, RowReader
from maillon.intake.understand.sections import sections_of, spread_merged
from maillon.intake.understand.sellers import read_suppliers
from maillon.intake.understand.sites import read_sites
from maillon.intake.understand.structure import Tree, find_tree

#: So many lines that all hold more cells than the header have a column without a label.
_AGREEING = 3


@dataclass(slots=True)
class Table:
    """A table that has been read: its lines by column, its structure, and the account of its rows."""

    grid: Grid
    block: Block
    layout: Layout
    kinds: RowKinds
    rows: list[int] = field(default_factory=list)  # sheet rows of the lines kept
    values: dict[str, list[object]] = field(default_factory=dict)
    levels: list[int] = field(default_factory=list)
    parents: list[int | None] = field(default_factory=list)  # places in ``rows``
    items: list[int] = field(default_factory=list)  # places in ``rows``
    structured: bool = False

    def account(self) -> RowAccount:
        """Return where each row of the block went."""
        counts = dict.fromkeys(RowKind, 0)
        for kind in self.kinds.kinds:
            counts[kind] += 1
        return RowAccount(len(self.kinds.kinds), **{kind.value: n for kind, n in counts.items()})

    def title(self) -> str:
        """Return the words above the header."""
        if self.block.header is None:
            return ""
        texts = (
            as_text(c) for r in range(self.block.first, self.block.header.first) for c in self.grid.row(r)
        )
        return " ".join(t for t in texts if t)[:200]


def lay_out(grid: Grid, block: Block, mapping: TableMapping | None = None) -> Layout:
    """Return the columns of a block and the role of each; a saved mapping overrides the guesses."""
    labels = block.header.labels if block.header else {}
    columns = []
    for place in block.columns:
        cells = grid.columns[place][block.data : block.stop]
        label = labels.get(place, "")
        if label or any(c is not None for c in cells):
            columns.append(column_of(place, label, cells))
    if mapping is None:
        return settle(columns, choose_roles(columns))
    return settle(columns, mapping.roles(columns, choose_roles(columns)), mapping.told(columns))


def read_table(
    grid: Grid, block: Block, book: DoubtBook, mapping: TableMapping | None = None, strict_width: bool = False
) -> Table:
    """Read one block: every row is accounted for, every part row becomes a line or is set apart.

    With ``strict_width`` (separated text), a line with more cells than the header is set apart: one of its
    cells holds the separator, and no one can say which.
    """
    layout = lay_out(grid, block, mapping)
    kinds = RowReader(grid, block, layout).read()
    if strict_width:
        _set_ragged_apart(grid, block, layout, kinds)
    return _read(_Sorted(grid, block, layout, kinds), book, mapping)


def read_laid_out(
    grid: Grid, block: Block, columns: Sequence[Column], roles: Mapping[str, Choice], book: DoubtBook
) -> Table:
    """Read a block whose columns are already known."""
    layout = settle(columns, roles)
    return _read(_Sorted(grid, block, layout, RowReader(grid, block, layout).read()), book, None)


@dataclass(frozen=True, slots=True)
class _Sorted:
    """A block whose columns have roles and whose rows have kinds."""

    grid: Grid
    block: Block
    layout: Layout
    kinds: RowKinds


def _read(table: _Sorted, book: DoubtBook, mapping: TableMapping | None) -> Table:
    grid, block, layout, kinds = table.grid, table.block, table.layout, table.kinds
    spread_merged(grid, layout, block)
    apart = book.rows_apart(grid.sheet.name)
    for row in kinds.rows(RowKind.PART) if apart else ():
        if row in apart:
            kinds.kinds[row - kinds.first] = RowKind.QUARANTINED
    rows = kinds.rows(RowKind.PART)
    if mapping is None:
        layout = settle_prices(grid, layout, rows, kinds.rows(RowKind.TOTAL))
    elif "price" in layout.roles:
        layout = layout.with_roles(
            {("unit_price" if r == "price" else r): c for r, c in layout.roles.items()}
        )
    decimals = decide_decimals(grid, layout, rows, book, mapping.decimal if mapping else None)
    parts = Parts(grid, layout, rows, book, decimals)
    read_names(parts)
    read_quantities(parts)
    read_prices(parts)
    read_suppliers(parts)
    read_sites(parts)
    sections = sections_of(grid, layout, kinds, rows)
    if sections:
        parts.values["section"] = sections
    tree = _tree(parts)
    _tell_structure(parts, tree)
    _tell_rows(grid, kinds, book)
    return _kept(parts, kinds, tree, block)


def _set_ragged_apart(grid: Grid, block: Block, layout: Layout, kinds: RowKinds) -> None:
    if block.header is None:
        return
    parts = kinds.rows(RowKind.PART)
    width = _usual_width(grid, len(grid.sheet.rows[block.header.last]), parts)
    for row in parts:
        if len(grid.sheet.rows[row]) > width or _is_shifted(grid, layout, row):
            kinds.kinds[row - kinds.first] = RowKind.QUARANTINED
            kinds.reasons[row] = "ragged"


def _usual_width(grid: Grid, header: int, parts: Sequence[int]) -> int:
    """Return how many cells a line may hold: as many as the header, or more if many lines agree on more."""
    longer = Counter(len(grid.sheet.rows[row]) for row in parts if len(grid.sheet.rows[row]) > header)
    width, held = longer.most_common(1)[0] if longer else (header, 0)
    return width if held >= max(_AGREEING, 0.25 * len(parts)) else header


def _is_shifted(grid: Grid, layout: Layout, row: int) -> bool:
    """Whether a separator inside a name has pushed the cells right: words where it counts, a count beside."""
    place = layout.place("quantity")
    if place is None or place + 1 >= grid.width:
        return False
    cell, beside = grid.columns[place][row], grid.columns[place + 1][row]
    if not isinstance(cell, str) or read_quantity(cell).understood or number_of(beside) is None:
        return False
    figures = ("annual_quantity", "mass", "lead_time", "level", "pack", "vat_rate", "own_value", *MONEY)
    return place + 1 not in layout.places(figures)


def _tree(parts: Parts) -> Tree:
    references, parents = parts.texts("reference"), parts.texts("parent")
    if references and parents:
        tree = tree_of_parents(references, carried_down(references, parents))
        if tree is not None:
            return tree
    return find_tree(parts)


def _tell_structure(parts: Parts, tree: Tree) -> None:
    references = parts.values.get("reference") or [None] * len(parts.rows)
    for cycle in tree.cycles:
        path = " → ".join(str(references[i]) for i in [*cycle, cycle[0]])
        for place in cycle:
            what = message("This item contains itself: {path}.", path=path)
            parts.reject("cycle", what, place, "parent", message("Remove one link of the loop."))
    for place in tree.orphans:
        parent = (parts.cells("parent") or [None] * len(parts.rows))[place]
        what = message("The parent “{parent}” is on no line that was kept.", parent=as_text(parent) or "")
        parts.reject("orphan", what, place, "parent")
    for place in tree.jumps:
        what = message("The level jumps by more than one from the line above.")
        parts.doubt(
            "level-jump", what, place, "level" if parts.layout.place("level") is not None else "item_number"
        )


def _tell_rows(grid: Grid, kinds: RowKinds, book: DoubtBook) -> None:
    """Raise one doubt for each row that was set apart while rows were sorted."""
    for row, reason in sorted(kinds.reasons.items()):
        text = next((t for c in grid.row(row) if (t := as_text(c))), "")[:80]
        match reason:
            case "note":
                what = message("Set apart as a note: “{text}”.", text=text)
            case "ragged":
                what = message("The line holds more cells than its header: “{text}”.", text=text)
            case "total-mismatch":
                what = message("The total {text} is not the sum of the lines above it.", text=text)
                book.add(reason, what, At(grid.sheet.name, row))
                continue
            case "unclear-numbers":
                what = message("Set apart: figures without a part, “{text}”.", text=text)
            case _:
                what = message("Set apart: no part is named on this row, “{text}”.", text=text)
        book.add(reason, what, At(grid.sheet.name, row), Treatment.QUARANTINED)


def _kept(parts: Parts, kinds: RowKinds, tree: Tree, block: Block) -> Table:
    """Return the table of the parts that were not rejected; what hangs below a rejected one goes with it."""
    rejected = _with_descendants(parts, tree)
    for place in rejected:
        kinds.kinds[parts.rows[place] - kinds.first] = RowKind.QUARANTINED
    items = tree.items or list(range(len(parts.rows)))
    if not rejected and tree.items is None:
        structured = tree.source != "flat"
        values, rows = parts.values, list(parts.rows)
        return Table(
            parts.grid, block, parts.layout, kinds, rows, values, tree.levels, tree.parents, items, structured
        )
    kept = [i for i in range(len(parts.rows)) if i not in rejected]
    renumbered = {old: new for new, old in enumerate(kept)}
    # The line that first described a shared item may be gone: the first one left stands for it.
    heads: dict[int, int] = {}
    for place in kept:
        heads.setdefault(items[place], renumbered[place])
    parents = [tree.parents[i] for i in kept]
    return Table(
        parts.grid,
        block,
        parts.layout,
        kinds,
        [parts.rows[i] for i in kept],
        {r: [v[i] for i in kept] if rejected else v for r, v in parts.values.items()},
        [tree.levels[i] for i in kept],
        [None if p is None else heads.get(items[p]) for p in parents],
        [heads[items[i]] for i in kept],
        tree.source != "flat",
    )


def _with_descendants(parts: Parts, tree: Tree) -> set[int]:
    rejected = set(parts.rejected)
    if not rejected or not any(p is not None for p in tree.parents):
        return rejected
    items = tree.items or list(range(len(parts.rows)))
    alive = {items[i] for i in range(len(items)) if i not in rejected}
    lost = {items[i] for i in rejected} - alive
    by_parent: dict[int, list[int]] = {}
    for place, parent in enumerate(tree.parents):
        if parent is not None:
            by_parent.setdefault(items[parent], []).append(place)
    waiting = list(lost)
    while waiting:
        for place in by_parent.get(waiting.pop(), ()):
            if place not in rejected:
                rejected.add(place)
                what = message("Set apart with the assembly that it belongs to.")
                parts.reject("below-rejected", what, place, "designation")
                waiting.append(items[place])
    return rejected
