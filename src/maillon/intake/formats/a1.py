"""Cell references in the A1 notation, within the largest grid there is."""

from __future__ import annotations

import re

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


def column_name(column: int) -> str:
    """Return the letters of a zero-based column.

    >>> column_name(0), column_name(701), column_name(702), column_name(16383)
    ('A', 'ZZ', 'AAA', 'XFD')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the zero-based column of its letters.

    >>> column_index("A"), column_index("xfd")
    (0, 16383)
    """
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def cell_name(row: int, column: int) -> str:
    """Return the name of a zero-based cell.

    >>> cell_name(11, 2)
    'C12'
    """
    return f"{column_name(column)}{row + 1}"


def parse_cell(reference: str) -> tuple[int, int] | None:
    """Return the zero-based row and column of a reference, None where it lies outside the grid.

    >>> parse_cell("C12"), parse_cell("XFD1048576"), parse_cell("XFE1"), parse_cell("A1048577")
    ((11, 2), (1048575, 16383), None, None)
    """
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    row, column = int(found[2]) - 1, column_index(found[1])
    return (row, column) if row < MAX_ROWS and column < MAX_COLUMNS else None


def parse_range(reference: str) -> tuple[int, int, int, int] | None:
    """Return a rectangle (first row, first column, last row, last column), None where it is not one.

    >>> parse_range("B2:C4"), parse_range("D5")
    ((1, 1, 3, 2), (4, 3, 4, 3))
    """
    first, _, last = reference.partition(":")
    start, end = parse_cell(first), parse_cell(last or first)
    if start is None or end is None:
        return None
    return (min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
