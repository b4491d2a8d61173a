"""The tables of a sheet: stacked below one another or side by side."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from maillon.intake.understand.cells import as_text
from maillon.intake.understand.grids import Grid
from maillon.intake.understand.headers import Header, find_headers, header_score
from maillon.intake.understand.vocabulary import read_header, words_of


@dataclass(frozen=True, slots=True)
class Block:
    """The area of one table: rows ``first`` to ``stop`` (excluded), some columns, and its header."""

    first: int
    stop: int
    columns: tuple[int, ...]
    header: Header | None
    beside: bool = False  # stands beside another table, so that cells outside its columns are not its own

    @property
    def data(self) -> int:
        """The first row below the header."""
        return self.header.last + 1 if self.header else self.first


def find_blocks(grid: Grid, told: Collection[int] = ()) -> list[Block]:
    """Return the tables of a sheet that have a header, from left to right, then from top to bottom.

    ``told`` are header rows (zero-based) that a person has named; where the sheet has one, it is used.
    """
    columns = tuple(c for c in range(grid.width) if grid.filled[:, c].any())
    if not columns:
        return []
    named = [row for row in sorted(told) if row < grid.height and grid.filled[row].sum() >= 2]
    if named:
        headers = [
            Header(r, r, {c: as_text(grid.cell(r, c)) or "" for c in columns if grid.filled[r, c]}, 1.0)
            for r in named
        ]
        starts = [0, *[h.first for h in headers[1:]], grid.height]
        return [Block(starts[i], starts[i + 1], columns, header) for i, header in enumerate(headers)]
    groups = _side_by_side(grid, columns)
    blocks: list[Block] = []
    for group in groups:
        blocks += _stacked(grid, group, beside=len(groups) > 1)
    return blocks


def _side_by_side(grid: Grid, columns: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Split the columns where two headers stand beside one another, each complete in itself."""
    groups = _runs(columns)
    headed = [g for g in groups if len(g) >= 2 and find_headers(grid, g)]
    if len(headed) > 1 and all(_complete(grid, g) for g in headed):
        return _adopt(columns, headed)
    whole = find_headers(grid, columns)
    repeated = _repeated(whole[0], columns) if whole else None
    return repeated or [columns]


def _runs(columns: Sequence[int]) -> list[tuple[int, ...]]:
    """Group neighbouring columns: an empty column ends a group."""
    groups: list[list[int]] = []
    for column in columns:
        if groups and groups[-1][-1] == column - 1:
            groups[-1].append(column)
        else:
            groups.append([column])
    return [tuple(g) for g in groups]


def _complete(grid: Grid, group: tuple[int, ...]) -> bool:
    """Whether a group holds a list of its own: something named, and something counted or priced."""
    header = find_headers(grid, group)[0]
    _, roles = header_score(list(header.labels.values()))
    named = {"reference", "designation", "description", "manufacturer_reference", "designators"}
    counted = {"quantity", "unit_price", "price", "amount", "annual_quantity", "unit_price_vat"}
    return bool(roles & named) and bool(roles & counted)


def _adopt(columns: tuple[int, ...], headed: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Give the columns that stand in no table to the nearest table on their left."""
    starts = [g[0] for g in headed]
    groups: list[list[int]] = [[] for _ in headed]
    for column in columns:
        place = max((i for i, s in enumerate(starts) if s <= column), default=0)
        groups[place].append(column)
    return [tuple(g) for g in groups]


def _repeated(header: Header, columns: tuple[int, ...]) -> list[tuple[int, ...]] | None:
    """Split a header that says the same words twice or more in the same order."""
    labelled = list(header.columns)
    words = [tuple(words_of(header.labels[c])) for c in labelled]
    for period in range(2, len(words) // 2 + 1):
        if len(words) % period == 0 and all(words[i] == words[i % period] for i in range(len(words))):
            score, roles = header_score([header.labels[c] for c in labelled[:period]])
            if score >= 1.25 and len(roles) >= 2:
                return _adopt(
                    columns, [tuple(labelled[i : i + period]) for i in range(0, len(words), period)]
                )
    return None


def _stacked(grid: Grid, columns: tuple[int, ...], beside: bool) -> list[Block]:
    """Cut a group of columns at each new header; the same header again continues its table."""
    tables: list[Header] = []
    for header in find_headers(grid, columns):
        if not tables or _starts_table(grid, columns, header, tables[-1]):
            tables.append(header)
    starts = [
        0 if place == 0 else _title_above(grid, columns, header, tables[place - 1])
        for place, header in enumerate(tables)
    ]
    stops = [*starts[1:], grid.height][: len(starts)]
    return [Block(f, s, columns, h, beside) for f, s, h in zip(starts, stops, tables, strict=True)]


def _starts_table(grid: Grid, columns: tuple[int, ...], header: Header, last: Header) -> bool:
    if same_labels(header, last):
        return False
    # A data row made of common words ("Module", "Type") is no header: one follows a gap or a title.
    above = grid.filled[header.first - 1, columns[0] : columns[-1] + 1]
    gap = int(above.sum()) <= 1
    known = sum(max(read_header(t).roles.values(), default=0.0) >= 0.55 for t in header.labels.values())
    short = all(len(t) <= 40 for t in header.labels.values())
    return short and known >= 0.6 * len(header.labels) and (gap or header.score >= 0.8 * last.score)


def same_labels(header: Header, other: Header) -> bool:
    """Whether two headers carry the same words in the same columns."""
    return {c: words_of(t) for c, t in header.labels.items()} == {
        c: words_of(t) for c, t in other.labels.items()
    }


def _title_above(grid: Grid, columns: tuple[int, ...], header: Header, last: Header) -> int:
    """Return the row of the title that announces a stacked table, or its header's own row."""
    row = header.first
    while row - 1 > last.last and grid.filled[row - 1, columns[0] : columns[-1] + 1].sum() == 1:
        row -= 1
    return row
