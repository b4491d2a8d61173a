"""What a person has corrected: the role of each header, where the header stands, how decimals are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from maillon.intake.understand.blocks import Block
from maillon.intake.understand.cells import as_text, column_letters
from maillon.intake.understand.grids import Grid
from maillon.intake.understand.numbers import Decimal
from maillon.intake.understand.roles import Choice, Column
from maillon.intake.understand.vocabulary import words_of

#: Columns that a mapping may name by their letters.
_WIDEST = 702


@dataclass(frozen=True, slots=True)
class TableMapping:
    """A saved mapping of one table: role → header text or column letters. A role with "" is refused."""

    sheet: str = ""
    header_row: int | None = None  # 1-based row of the last line of the header
    columns: Mapping[str, str] = field(default_factory=dict)
    signature: str = ""
    decimal: Decimal | None = None

    def told_row(self, grid: Grid) -> int | None:
        """Return the header row (zero-based) that the mapping names, if its headers stand there."""
        if (
            self.header_row is None
            or self.sheet not in ("", grid.sheet.name)
            or self.header_row > grid.height
        ):
            return None
        row = self.header_row - 1
        labels = {c: t for c in range(grid.width) if (t := as_text(grid.cell(row, c)))}
        return row if self._all_in(labels) else None

    def fits(self, block: Block) -> bool:
        """Whether this mapping is meant for the table of a block: same header words, or the row named."""
        if block.header is None:
            return False
        if self.signature and self.signature == signature_of(list(block.header.labels.values())):
            return True
        return self.header_row == block.header.last + 1 and self._all_in(block.header.labels)

    def _all_in(self, labels: Mapping[int, str]) -> bool:
        known = {" ".join(words_of(t)) for t in labels.values()} | {column_letters(c) for c in range(_WIDEST)}
        return all(s in known or " ".join(words_of(s)) in known for s in self.columns.values() if s)

    def told(self, columns: Sequence[Column]) -> frozenset[str]:
        """Return the roles, as the readers know them, whose column a person named."""
        named = [(r, next((c for c in columns if _names(s, c)), None)) for r, s in self.columns.items()]
        return frozenset(_internal(role, column) for role, column in named if column is not None)

    def roles(self, columns: Sequence[Column], guessed: Mapping[str, Choice]) -> dict[str, Choice]:
        """Return the guesses with the mapping's roles in their place, at full confidence."""
        found: dict[str, Choice] = {}
        for role, source in self.columns.items():
            column = next((c for c in columns if _names(source, c)), None)
            if column is not None:
                found[_internal(role, column)] = Choice(column, 1.0)
        taken = {choice.column.place for choice in found.values()}
        said = set(self.columns) | set(found)
        for role, choice in guessed.items():
            if role not in said and _public(role) not in said and choice.column.place not in taken:
                found[role] = choice
        return found


def signature_of(labels: Sequence[str]) -> str:
    """Return the words of a header, in order: the same file of next month has the same signature.

    >>> signature_of(["Réf.", "Qté"])
    'ref|qte'
    """
    return "|".join(" ".join(words_of(label)) for label in labels)


def _names(source: str, column: Column) -> bool:
    return bool(source) and (source == column.source or words_of(source) == words_of(column.source) != [])


def _internal(role: str, column: Column) -> str:
    """Return the role that the readers know for a public one."""
    if role == "position":
        return "designators" if column.profile.designator > 0.4 else "item_number"
    if role == "making_country":
        return "making_site"
    if role == "supplier_country":
        return "supplier_site"
    return role


def _public(role: str) -> str:
    return {"designators": "position", "item_number": "position", "price": "unit_price"}.get(role, role)
