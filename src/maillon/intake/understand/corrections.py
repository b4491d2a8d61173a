"""What a person has corrected: the role of each header, where the header stands, how decimals are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from maillon.intake.understand.blocks import Block
from maillon.intake.understand.grids import Grid
from maillon.intake.understand.headers import Header
from maillon.intake.understand.numbers import Decimal
from maillon.intake.understand.roles import Choice, Column
from maillon.intake.understand.vocabulary import words_of


@dataclass(frozen=True, slots=True)
class TableMapping:
    """A saved mapping of one table: role → header text or column letters. A role mapped to "" is refused."""

    sheet: str = ""
    header_row: int | None = None  # 1-based row of the last line of the header
    columns: Mapping[str, str] = field(default_factory=dict)
    signature: str = ""
    decimal: Decimal | None = None
    fixed: bool = True  # nothing is guessed for a role that the mapping names

    def fits(self, grid: Grid, block: Block) -> bool:
        """Whether this mapping is meant for the table of a block: same header words, or the place named."""
        if block.header is None:
            return False
        if self.signature and self.signature == signature_of(block.header):
            return True
        placed = self.header_row is not None and self.header_row == block.header.last + 1
        return placed and self.sheet in ("", grid.sheet.name)

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


def signature_of(header: Header) -> str:
    """Return the words of a header, in order: the same file of next month has the same signature."""
    return "|".join(" ".join(words_of(header.labels[c])) for c in header.columns)


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
