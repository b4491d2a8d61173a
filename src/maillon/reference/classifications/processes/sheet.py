"""The reviewable sheets: plain text, one row a line, ``;`` between columns, ``|`` inside a cell.

A spreadsheet program of a French office opens them as they are; a reviewer sees a change as one line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable


def sheet_path(package: str, name: str) -> Traversable:
    """Return the sheet ``name`` that ships with ``package``."""
    return files(package) / name


def read_rows(sheet: Traversable) -> Iterator[dict[str, str]]:
    """Yield every row of ``sheet`` as column → cell; a missing or extra cell raises ``ValueError``."""
    lines = sheet.read_text(encoding="utf-8").splitlines()
    rows = csv.reader(lines, delimiter=";", quoting=csv.QUOTE_NONE)
    columns = next(rows)
    for number, row in enumerate(rows, start=2):
        if len(row) != len(columns):
            raise ValueError(f"{sheet.name}:{number}: {len(row)} cells instead of {len(columns)}")
        yield dict(zip(columns, row, strict=True))


def split_cell(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell; an empty cell has none.

    >>> split_cell("vis|boulon"), split_cell("")
    (('vis', 'boulon'), ())
    """
    return tuple(cell.split("|")) if cell else ()
