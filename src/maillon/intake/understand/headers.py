"""Where the header of a table stands: below logos and titles, on one line or two, merged or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maillon.intake.grid import CellError
from maillon.intake.understand.grids import Grid
from maillon.intake.understand.numbers import number_of
from maillon.intake.understand.vocabulary import read_header

#: A row is a header from this sum of weights of distinct roles on.
_ENOUGH = 1.25
_LONGEST_LABEL = 60
#: So many long texts are allowed in a header that is wide enough.
_EXPLAINED = 2
#: Every row down to this one may be a header; below, only one that follows a gap or a title.
_NEAR = 200
#: Roles without which a row of known words is not the header of a list of parts or purchases.
_CORE = frozenset({
    "reference", "designation", "description", "quantity", "unit_price", "price", "amount", "supplier",
    "manufacturer", "manufacturer_reference", "supplier_reference", "designators", "parent", "material",
    "unit_price_vat", "order_code", "bulk_price", "annual_quantity", "account",
})  # fmt: skip
_MINOR = {"other": 0.5, "note": 0.7, "section": 0.7, "item_number": 0.7}


@dataclass(frozen=True, slots=True)
class Header:
    """A header: its first and last row (zero-based), and the label of each of its columns."""

    first: int
    last: int
    labels: dict[int, str]
    score: float

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns that carry a label."""
        return tuple(sorted(self.labels))


def find_headers(grid: Grid, columns: Sequence[int], deep: bool = False) -> list[Header]:
    """Return the headers found among ``columns``, from top to bottom; none overlaps another.

    Rows past the 200th are looked at only where a gap or a title stands before them, unless ``deep``.
    """
    found: list[Header] = []
    stop = -1
    for row in _rows_worth_looking(grid, columns, deep):
        header = _header_at(grid, columns, row) if row > stop else None
        if header is not None:
            found.append(_better_below(grid, columns, header) or header)
            stop = found[-1].last
    return found


def _rows_worth_looking(grid: Grid, columns: Sequence[int], deep: bool) -> list[int]:
    counts = grid.filled[:, list(columns)].sum(axis=1)
    near = np.arange(grid.height) < _NEAR
    after_gap = np.concatenate(([True], counts[:-1] <= 1))
    return [int(r) for r in np.flatnonzero((counts >= 2) & (near | after_gap | deep))]


def _better_below(grid: Grid, columns: Sequence[int], header: Header) -> Header | None:
    # A line of titles may look like a header: prefer a clearly stronger one just below.
    for row in range(header.last + 1, min(header.last + 4, grid.height)):
        other = _header_at(grid, columns, row)
        if other and other.score > header.score + 0.5 and other.score > 1.3 * header.score:
            return other
    return None


def _header_at(grid: Grid, columns: Sequence[int], row: int) -> Header | None:
    single = _labels(grid, columns, row)
    best = _header(row, row, single) if single else None
    if row + 1 < grid.height and (lower := _second_line(grid, columns, row)):
        joined = _join(_spread(grid, columns, row), lower)
        double = _header(row, row + 1, joined)
        alone = _header(row + 1, row + 1, lower)
        if double and double.score > max(best.score if best else 0.0, alone.score if alone else 0.0) + 0.25:
            return double
    return best


def _header(first: int, last: int, labels: dict[int, str]) -> Header | None:
    score, roles = header_score(list(labels.values()))
    if score < _ENOUGH or len(roles) < 2 or not roles & _CORE:
        return None
    if _known_share(labels) < 1 / 3:  # a data row may hold a few common words
        return None
    return Header(first, last, labels, score)


def _known_share(labels: dict[int, str]) -> float:
    """Return the share of the labels that are words of headers, in the main."""
    known = sum(max(read_header(t).roles.values(), default=0.0) >= 0.55 for t in labels.values())
    return known / len(labels)


def header_score(labels: Sequence[str]) -> tuple[float, set[str]]:
    """Return the sum of the weights of the distinct roles that labels name, and those roles.

    >>> score, roles = header_score(["Désignation", "Qté", "Qté"])
    >>> score, sorted(roles)
    (2.0, ['designation', 'quantity'])
    """
    taken: dict[str, float] = {}
    for label in labels:
        ranked = sorted(read_header(label).roles.items(), key=lambda rw: -rw[1])
        for role, weight in ranked:
            if weight < 0.4:
                break
            if role not in taken:
                taken[role] = weight * _MINOR.get(role, 1.0)
                break
    return round(sum(taken.values()), 6), set(taken)


def _labels(grid: Grid, columns: Sequence[int], row: int) -> dict[int, str] | None:
    """Return the texts of a row if they can be labels: short, hardly a number, few repeats."""
    labels: dict[int, str] = {}
    numbers = 0
    for column in columns:
        cell = grid.cell(row, column)
        if cell is None:
            continue
        if not isinstance(cell, str) or isinstance(cell, CellError) or number_of(cell) is not None:
            numbers += 1
            if not isinstance(cell, str) and not isinstance(cell, int | float):
                return None
        else:
            labels[column] = cell
    # An explanation may stand beside a header, or inside one cell of it.
    long = sum(len(text) > _LONGEST_LABEL for text in labels.values())
    allowed = max(0.2 * len(labels), _EXPLAINED if len(labels) >= 4 * _EXPLAINED else 0)
    return labels if len(labels) >= 2 and numbers <= 0.25 * len(labels) and long <= allowed else None


def _spread(grid: Grid, columns: Sequence[int], row: int) -> dict[int, str]:
    """Return the upper line of a two-line header, its merged cells repeated over their columns."""
    upper = {c: v for c in columns if isinstance(v := grid.cell(row, c), str) and len(v) <= _LONGEST_LABEL}
    for top, left, bottom, right in grid.sheet.merged:
        if top <= row <= bottom and isinstance(text := grid.cell(top, left), str):
            upper.update(
                {c: text for c in range(left, right + 1) if c in columns and len(text) <= _LONGEST_LABEL}
            )
    return upper


def _second_line(grid: Grid, columns: Sequence[int], row: int) -> dict[int, str] | None:
    """Return the next row as the second line of a header: texts only, below or beside a first line."""
    lower = {c: v for c in columns if (v := grid.cell(row + 1, c)) is not None}
    texts = {c: v for c, v in lower.items() if isinstance(v, str) and number_of(v) is None and len(v) <= 40}
    if len(texts) < len(lower) or not texts or not any(isinstance(grid.cell(row, c), str) for c in columns):
        return None
    return texts


def _join(upper: dict[int, str], lower: dict[int, str]) -> dict[int, str]:
    joined = dict(upper)
    for column, text in lower.items():
        above = upper.get(column)
        joined[column] = text if above is None or above == text else f"{above} {text}"
    return joined
