"""What each row of a table is: a part, a header, a section, a total, blank, or set apart with a doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from maillon.intake.grid import Cell
from maillon.intake.understand.blocks import Block
from maillon.intake.understand.grids import Grid, Mask
from maillon.intake.understand.layout import MONEY, NAMING, Layout
from maillon.intake.understand.numbers import number_of
from maillon.intake.understand.quantities import read_quantity
from maillon.intake.understand.row_words import (
    bare_title,
    is_page_number,
    is_sentence,
    is_text,
    is_total_word,
    tells,
)
from maillon.intake.understand.sums import Sums
from maillon.intake.understand.vocabulary import words_of


class RowKind(StrEnum):
    """The six ways a row is accounted for."""

    PART = "parts"
    HEADER = "headers"
    SECTION = "sections"
    TOTAL = "totals"
    BLANK = "blank"
    QUARANTINED = "quarantined"


@dataclass(slots=True)
class RowKinds:
    """The kind of each row of a block, the titles of its sections, and why rows were set apart."""

    kinds: list[RowKind]
    first: int
    titles: dict[int, str] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)  # row → code of a doubt

    def rows(self, kind: RowKind) -> list[int]:
        """Return the sheet rows of one kind."""
        return [self.first + i for i, k in enumerate(self.kinds) if k is kind]


#: The title of a table above its header has no more words than this.
_LONGEST_TITLE = 5


class RowReader:
    """Decides the kind of the rows of one block, given its layout."""

    def __init__(self, grid: Grid, block: Block, layout: Layout) -> None:
        self.grid, self.block, self.layout = grid, block, layout
        self.labelled = [c.place for c in layout.columns if c.label] or list(block.columns)
        self.used = sorted({*self.labelled, *layout.places(list(layout.roles))})
        self.filled: Mask = grid.filled[:, self.used]
        self.names = layout.places(NAMING)
        self.counts = layout.places(("quantity", "annual_quantity"))
        self.money = layout.places(MONEY)
        # A column without a label may group lines, but says too little to tell a title from a name.
        section = layout.roles.get("section")
        self.section = section.column.place if section and section.column.label else None
        self.group = section.column.place if section and not section.column.label else None
        self.sums = Sums(grid, self.labelled)
        self.kinds = RowKinds([RowKind.BLANK] * (block.stop - block.first), block.first)

    def read(self) -> RowKinds:
        """Return the kind of every row of the block."""
        self._above()
        obvious = self._obvious()
        typical = float(np.median(self.filled[obvious].sum(axis=1))) if len(obvious) else 2.0
        for row in obvious:
            self.kinds.kinds[row - self.block.first] = RowKind.PART
        known = set(obvious)
        last = max(known, default=self.block.data)
        self.sums.part_rows(obvious)
        for row in range(self.block.data, self.block.stop):
            if row not in known:
                self._set(row, self._judge(row, typical, last))
        self._tail(typical)
        self._close_sections()
        self._title_above_header()
        return self.kinds

    def _set(self, row: int, kind: RowKind, reason: str | None = None) -> None:
        self.kinds.kinds[row - self.block.first] = kind
        if reason:
            self.kinds.reasons[row] = reason
        if kind is RowKind.PART:
            self.sums.add_part(row)
        elif kind in (RowKind.TOTAL, RowKind.SECTION, RowKind.BLANK):
            self.sums.restart(row, total=kind is RowKind.TOTAL)

    def _kind(self, row: int) -> RowKind:
        return self.kinds.kinds[row - self.block.first]

    def _above(self) -> None:
        """Titles, logos and notes above a header belong to it; a total above it is still a total."""
        for row in range(self.block.first, self.block.data):
            filled = self.grid.filled[row, list(self.block.columns)]
            if filled.any():
                inside = self.block.header is not None and row >= self.block.header.first
                total = not inside and self._total_text(row) and self._has_number(row)
                self._set(row, RowKind.TOTAL if total else RowKind.HEADER)

    def _title_above_header(self) -> None:
        """Take the title that announces this table for its first section, where others follow with theirs."""
        headers = [r for r in self.kinds.rows(RowKind.HEADER) if r >= self.block.data]
        others = self.block.first > 0 or self.block.stop < self.grid.height or bool(headers)
        if self.block.header is None or not others:
            return
        alone = [
            r for r in range(self.block.first, self.block.header.first) if self.grid.filled[r].sum() == 1
        ]
        if not alone or (self.block.first == 0 and len(alone) < 2):
            return  # a single line above the first table names the whole file
        text = next(c for c in self.grid.row(alone[-1]) if c is not None)
        plain = is_text(text) and not any(ch.isdigit() or ch == ":" for ch in text)
        if plain and is_text(text) and len(text.split()) <= _LONGEST_TITLE and not is_total_word(text):
            self.kinds.titles[alone[-1]] = bare_title(text)

    def _has_number(self, row: int) -> bool:
        return any(number_of(c) is not None for c in self.grid.row(row, self.block.columns))

    def _obvious(self) -> list[int]:
        """Rows that name a part and count or price it, without a word of totals anywhere in the name."""
        if not self.names:
            return []
        rows = slice(self.block.data, self.block.stop)
        named = self.grid.filled[rows][:, self.names].any(axis=1)
        counted = self.grid.filled[rows][:, [*self.counts, *self.money]]
        wide = self.filled[rows].sum(axis=1) >= min(3, len(self.used))
        sure = named & (counted.any(axis=1) & wide if counted.shape[1] else wide)
        unsure = self._suspects() | set(self._repeated_headers())
        telling = self._telling()
        found = [int(r) + self.block.data for r in np.flatnonzero(sure & telling[rows])]
        return [r for r in found if r not in unsure]

    def _telling(self) -> Mask:
        """Rows in which a name stands, not only a placeholder such as "-"."""
        telling = np.zeros(self.grid.height, dtype=np.bool_)
        for place in self.names:
            column = self.grid.columns[place]
            asked = np.flatnonzero(self.grid.filled[:, place] & ~telling).tolist()
            empty = {v for v in {column[row] for row in asked} if not tells(v)}
            telling[[row for row in asked if column[row] not in empty] if empty else asked] = True
        return telling

    def _repeated_headers(self) -> list[int]:
        labels = self._header_labels()
        header = self.block.header
        if not labels or header is None:
            return []
        same: set[int] = set()
        for place in header.columns[:3]:
            label = header.labels[place]
            column = self.grid.columns[place]
            same |= {r for r in range(self.block.data, self.block.stop) if column[r] == label}
        return [r for r in sorted(same) if self._is_header(r, labels)]

    def _suspects(self) -> set[int]:
        """Rows with a word of totals in a text of theirs, unless they count and price or code a part."""
        coded = self.layout.places(("reference", "manufacturer_reference", "unit_price", "price"))
        filled = self.grid.filled
        complete = filled[:, self.counts].any(axis=1) & filled[:, coded].any(axis=1)
        rows = [int(r) for r in np.flatnonzero(~complete) if self.block.data <= r < self.block.stop]
        found: set[int] = set()
        for column in self.used:
            cells = self.grid.columns[column]
            words = {c for c in {cells[r] for r in rows} if is_text(c) and is_total_word(c)}
            if words:
                found |= {r for r in rows if is_text(cells[r]) and cells[r] in words}
        return found

    def _header_labels(self) -> dict[int, list[str]] | None:
        header = self.block.header
        return {c: words_of(t) for c, t in header.labels.items()} if header else None

    def _is_header(self, row: int, labels: dict[int, list[str]] | None) -> bool:
        if not labels:
            return False
        texts = {c: v for c in labels if isinstance(v := self.grid.columns[c][row], str)}
        return (
            len(texts) >= 2
            and len(texts) >= 0.6 * len(labels)
            and all(words_of(v) == labels[c] for c, v in texts.items())
        )

    def _judge(self, row: int, typical: float, last: int) -> RowKind:
        """Decide a row that is no obvious part."""
        cells = {c: v for c, v in self._distinct_cells(row).items() if v is not False}
        if len(cells) > 1 and self.group in cells:
            del cells[self.group]
        if not cells:  # not even a ticked box
            return RowKind.BLANK
        if self._is_header(row, self._header_labels()):
            return RowKind.HEADER
        if self._total_text(row) and not self._is_priced_part(row):
            return self._total_or_section(row)
        texts = [c for c in cells.values() if is_text(c) and tells(c) and number_of(c) is None]
        if not texts:
            return self._only_numbers(row, cells, last)
        if len(cells) == 1 or (len(texts) == 1 and len(self._meaningful(cells)) == 1):
            return self._lone_text(row, str(texts[0]), last)
        return self._some_cells(row, cells)

    def _distinct_cells(self, row: int) -> dict[int, Cell]:
        """Return the cells of the row, one for each merged or repeated text; side cells only if alone."""
        held = {c: v for c in self.used if (v := self.grid.columns[c][row]) is not None}
        if not held:
            held = {c: v for c in self.block.columns if (v := self.grid.columns[c][row]) is not None}
        seen: set[str] = set()
        kept: dict[int, Cell] = {}
        for column, cell in held.items():
            if isinstance(cell, str):
                if len(cell) > 3 and cell in seen:
                    continue
                seen.add(cell)
            kept[column] = cell
        return kept

    def _meaningful(self, cells: dict[int, Cell]) -> dict[int, Cell]:
        """Leave out zeros left by formulas and ticks."""
        return {c: v for c, v in cells.items() if not (number_of(v) == 0 and c not in self.counts)}

    def _total_text(self, row: int) -> str | None:
        for column in self.block.columns:
            cell = self.grid.columns[column][row]
            if is_text(cell) and is_total_word(cell):
                return cell
        return None

    def _is_priced_part(self, row: int) -> bool:
        # A part may be called "Total station": it is counted and priced, or has a reference and a count.
        counted = any(read_quantity(self.grid.columns[c][row]).value is not None for c in self.counts)
        priced = self._has_unit_price(row)
        coded = any(
            self.grid.filled[row, c] for c in self.layout.places(("reference", "manufacturer_reference"))
        )
        return counted and (priced or coded)

    def _has_unit_price(self, row: int) -> bool:
        return any(
            number_of(self.grid.columns[c][row]) is not None
            for c in self.layout.places(("unit_price", "price"))
        )

    def _total_or_section(self, row: int) -> RowKind:
        # A title with its subtotal beside it opens a section; a word of totals alone is a total.
        for column in self.names:
            cell = self.grid.columns[column][row]
            if is_text(cell) and not is_total_word(cell) and number_of(cell) is None:
                self.kinds.titles[row] = bare_title(cell)
                return RowKind.SECTION
        return RowKind.TOTAL

    def _only_numbers(self, row: int, cells: dict[int, Cell], last: int) -> RowKind:
        """Numbers without a word: the sum of what stands above, an empty row, or something unclear."""
        numbers = {c: n for c, v in cells.items() if (n := number_of(v)) is not None}
        if any(self.sums.is_sum(row, m, n) for c, n in numbers.items() if n for m in {c, *self.money}):
            return RowKind.TOTAL
        places = {p for p in (self.layout.place("item_number"), self.section) if p is not None}
        if all(n == 0 or c in places for c, n in numbers.items()) and len(numbers) == len(
            [v for v in cells.values() if tells(v)]
        ):
            return RowKind.BLANK
        if any(c in self.names for c in numbers) and any(c in self.counts for c in numbers):
            return RowKind.PART
        if self.counts and set(numbers) & set(self.counts) and set(numbers) & places:
            return RowKind.PART  # a CAD export leaves the name empty: numbered and counted, it is a part
        if row > last and len(numbers) == 1 and self._tops(*next(iter(numbers.items()))):
            self.kinds.reasons[row] = "total-mismatch"
            return RowKind.TOTAL
        self.kinds.reasons[row] = "unclear-numbers"
        return RowKind.QUARANTINED

    def _tops(self, column: int, number: float) -> bool:
        """Whether a lone figure at the foot of a counted or priced column is larger than all above it."""
        largest = self.sums.column(column)[self.sums.is_part].max(initial=0)
        return column in (*self.counts, *self.money) and number > largest

    def _lone_text(self, row: int, text: str, last: int) -> RowKind:
        """One text alone: a section, a note, or a part whose other cells are empty."""
        column = next(c for c in self.block.columns if self.grid.columns[c][row] == text)
        if is_page_number(text):
            return RowKind.HEADER
        if is_sentence(text):
            self.kinds.reasons[row] = "note"
            return RowKind.QUARANTINED
        if column in self.names and self._is_bare_part(row, column, text, last):
            return RowKind.PART
        self.kinds.titles[row] = bare_title(text)
        return RowKind.SECTION

    def _is_bare_part(self, row: int, column: int, text: str, last: int) -> bool:
        """Whether a name alone on its row is that of a part rather than a title."""
        if self.section is not None and column != self.section and not text.rstrip().endswith(":"):
            return True
        gap = self._after_gap(row)
        if self._has_empty_product(row) and not gap and not text.isupper():
            return True
        if not (self.counts or self.money) and len(self.used) <= 3 and not gap:
            return True
        if row > last and not self._gap_between(last, row) and self.section is not None:
            return True
        return self._is_uncounted_part(row, text)

    def _is_uncounted_part(self, row: int, text: str) -> bool:
        """Whether a lone name stands among parts, where no title came before: titles start at the top."""
        written_as_title = text.isupper() or text.rstrip().endswith(":")
        among = self.sums.is_part[self.block.data : row].any() and bool(self.counts)
        return bool(among) and not (self.kinds.titles or written_as_title or self._after_gap(row))

    def _has_empty_product(self, row: int) -> bool:
        """Whether a formula has left a zero where the price or amount of a part would stand."""
        return any(number_of(self.grid.columns[c][row]) == 0 for c in self.money)

    def _after_gap(self, row: int) -> bool:
        return row == self.block.data or not self.grid.filled[row - 1].any()

    def _gap_between(self, first: int, row: int) -> bool:
        return any(not self.grid.filled[r].any() for r in range(first + 1, row))

    def _some_cells(self, row: int, cells: dict[int, Cell]) -> RowKind:
        names = {c: cells[c] for c in self.names if c in cells and tells(cells[c])}
        numbers = {c: n for c, v in cells.items() if (n := number_of(v)) and not isinstance(v, str)}
        if not any(c in numbers for c in self.counts) and any(
            self.sums.is_sum(row, m, n) for c, n in numbers.items() for m in {c, *self.money}
        ):
            return RowKind.TOTAL  # whatever it is called
        if not names:
            return self._nameless(row, numbers)
        counted = any(c in cells for c in (*self.counts, *self.money))
        texts = [v for v in names.values() if number_of(v) is None]
        if not texts and not counted and self.counts:
            self.kinds.reasons[row] = "unclear-numbers"
            return RowKind.QUARANTINED
        if texts and self._titles_what_follows(row, cells):
            self.kinds.titles[row] = bare_title(str(texts[0]))
            return RowKind.SECTION
        if texts and not counted and self.counts and is_sentence(str(texts[0])):
            self.kinds.reasons[row] = "note"
            return RowKind.QUARANTINED
        return RowKind.PART

    def _nameless(self, row: int, numbers: dict[int, float]) -> RowKind:
        """Decide a row that names no part: the title of a section beside cells of no column, or unclear."""
        heading = self.grid.columns[self.section][row] if self.section is not None else None
        if is_text(heading) and not numbers.keys() & {*self.counts, *self.money}:
            self.kinds.titles[row] = bare_title(heading)
            return RowKind.SECTION
        self.kinds.reasons[row] = "nameless"
        return RowKind.QUARANTINED

    def _titles_what_follows(self, row: int, cells: dict[int, Cell]) -> bool:
        # A name with an amount that is the sum of the rows below it, up to the next such row.
        if any(c in cells for c in self.counts) or not self.layout.places(("amount", "amount_vat", "price")):
            return False
        for column in self.layout.places(("amount", "amount_vat", "price")):
            number = number_of(self.grid.columns[column][row])
            if number and self.sums.is_sum_below(row, column, number):
                return True
        return False

    def _tail(self, typical: float) -> None:
        """Below the grand total, short rows of a name and a figure recapitulate; they are no parts."""
        parts = self.kinds.rows(RowKind.PART)
        full = self._last_full(parts, typical)
        totals = [r for r in self.kinds.rows(RowKind.TOTAL) if r > full]
        if full < 0 or not totals:
            return
        unclear = [r for r, why in self.kinds.reasons.items() if why in ("nameless", "unclear-numbers")]
        for row in [*parts, *unclear]:
            if row > totals[0] and len(self._distinct_cells(row)) <= 2 and self._has_number(row):
                self.kinds.reasons.pop(row, None)
                self._set(row, RowKind.TOTAL)

    def _last_full(self, parts: Sequence[int], typical: float) -> int:
        """Return the last part that fills most of its cells and is counted; -1 if there is none."""
        for row in reversed(parts):
            wide = int(self.filled[row].sum()) >= max(2.0, 0.6 * typical)
            if wide and (not self.counts or any(self.grid.filled[row, c] for c in self.counts)):
                return row
        return -1

    def _close_sections(self) -> None:
        # A title that no part follows is a note.
        parts = self.kinds.rows(RowKind.PART)
        last = parts[-1] if parts else -1
        for row in self.kinds.rows(RowKind.SECTION):
            if row > last:
                self.kinds.titles.pop(row, None)
                self._set(row, RowKind.QUARANTINED, "note")
