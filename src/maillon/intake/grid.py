"""Raw grids: what a file holds before anything is understood. Produced only by the sandboxed child."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

#: One cell as the file holds it: text as written, a number cell, a date cell, a boolean cell, or nothing.
#: Error cells (``#REF!``) are ``CellError``. Nothing is converted: a text ``00123`` stays that text.
Cell = str | float | int | bool | dt.date | dt.datetime | dt.timedelta | None


class CellError(str):
    """The error value of a cell, as written (``#REF!``, ``#N/A``)."""

    __slots__ = ()


#: Rectangle of cells, zero-based and inclusive: first row, first column, last row, last column.
Range = tuple[int, int, int, int]


@dataclass(slots=True)
class Sheet:
    """One sheet. ``rows[r][c]`` is the cell at zero-based row ``r``, column ``c``, counted from A1.

    Rows may differ in length: nothing follows the last cell of a row, and a row past the last cell is
    absent. ``indents`` gives the indentation of a cell by its style, ``formats`` its number format where that
    says more than the value (a currency, a percentage; in ``.ods`` a bare currency code or ``0%``), ``links``
    the target of its hyperlink or HYPERLINK formula, ``outline`` the grouping level of a row.
    """

    name: str
    rows: list[list[Cell]]
    merged: list[Range] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)
    indents: Mapping[tuple[int, int], int] = field(default_factory=dict)
    outline: Mapping[int, int] = field(default_factory=dict)
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file that was read: its name (made safe to show), size in bytes, sha256 and kind."""

    name: str
    size: int
    sha256: str
    kind: str  # xlsx, xlsm, xls, xlsb, ods, csv, tsv, txt, fec, facturx, ubl, cii, zip
    encoding: str = ""  # of a text file, as detected
    separator: str = ""  # of a text file
