"""What a cell of the workbook may hold, and how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from maillon.core.message import Message, message


class Style(StrEnum):
    """How a cell looks; the number formats follow the reader's own spreadsheet program."""

    TITLE = "title"
    HEADING = "heading"
    HEADER = "header"
    NOTE = "note"
    TEXT = "text"
    WRAP = "wrap"
    STRONG = "strong"
    NUMBER = "number"  # as many decimals as there are
    COUNT = "count"
    AMOUNT = "amount"  # two decimals, in the currency of its line
    MONEY = "money"  # in the currency of the diagnosis
    SHARE = "share"
    INDEX = "index"
    MASS = "mass"  # kg


#: Units that are words; the others (kg, m, l, EUR) are signs that every reader knows.
UNITS = {"piece": message("piece"), "set": message("set"), "line": message("line")}


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula of ours, and its value for readers that do not compute."""

    text: str
    value: float | str


#: A text is written as a typed string whatever it begins with; None leaves the cell empty.
Cell = str | int | float | bool | Message | Formula | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its header, look, width in characters, and its values from top to bottom."""

    header: Message
    style: Style
    width: float
    values: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Region:
    """Where the rows of a table stand: 1-based, ``last`` below ``first`` when the table is empty."""

    sheet: str
    first: int
    last: int

    def cells(self, column: str) -> str:
        """Return the absolute range of one column, of at least one cell.

        >>> Region("Lines", 2, 9).cells("C")
        '$C$2:$C$9'
        """
        return f"${column}${self.first}:${column}${max(self.first, self.last)}"
