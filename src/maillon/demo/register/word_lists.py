"""The plain-text sheets that the invented register is made of (``data/``)."""

from __future__ import annotations

from functools import cache

from maillon.reference.classifications.processes.sheet import read_rows, sheet_path, split_cell


@cache
def sheet(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of ``data/<name>.csv``."""
    return tuple(read_rows(sheet_path("maillon.demo.register", f"data/{name}.csv")))


@cache
def words(name: str) -> tuple[str, ...]:
    """Return a list of ``data/words.csv``.

    >>> words("special")[0]
    'BP 12'
    """
    return next(split_cell(row["words"]) for row in sheet("words") if row["list"] == name)
