"""Bringing CN codes of former years forward, through the yearly changes that Eurostat publishes.

The nomenclature changes every 1 January. The official list of changes is the user's to supply: as CSV with
columns ``from;to;obsolete;new`` or as the rows of Eurostat's workbook (period ``19881989``, origin code,
destination code).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from maillon.core.errors import InvalidRequest, MissingData, RefusedFile
from maillon.core.message import message
from maillon.home import home
from maillon.reference.classifications import cn
from maillon.reference.classifications.links.imported import FOLDER

CHANGES = "cn_changes.parquet"
CHANGE_SCHEMA = {"from": pl.Int32, "to": pl.Int32, "obsolete": pl.String, "new": pl.String}


@dataclass(frozen=True)
class CnChanges:
    """The changes of the nomenclature: for each year, what became of the codes that it ended."""

    first: int
    last: int
    after: dict[int, dict[str, tuple[str, ...]]]  # year of the former code → code → codes of the next year

    def update(self, code: str, from_year: int, to_year: int) -> tuple[str, ...]:
        """Return the codes that a CN code of ``from_year`` has become in ``to_year``, in order.

        One where it was renumbered or kept, several where it was split. Years outside the list raise
        ``InvalidRequest``.
        """
        if not self.first <= from_year <= to_year <= self.last:
            raise InvalidRequest(
                message(
                    "The changes of the nomenclature are known from {first} to {last}.",
                    first=str(self.first),
                    last=str(self.last),
                ),
                message("The first year must not come after the second."),
            )
        codes = {code}
        for year in range(from_year, to_year):
            ended = self.after.get(year, {})
            codes = {new for old in codes for new in ended.get(old, (old,))}
        return tuple(sorted(codes))


def update_cn(code: str, from_year: int, to_year: int, changes: CnChanges | None = None) -> tuple[str, ...]:
    """Return the CN codes of ``to_year`` that a code written in ``from_year`` has become.

    ``code`` is written as people do (dots, spaces, a lost zero); ``changes`` are by default those imported.
    Raises ``InvalidRequest`` for what is no CN code of 8 digits and for years that the list does not cover,
    ``MissingData`` where no list was imported.

    >>> changes = changes_from_rows([(20112012, "84821000", "84821010"), (20112012, "84821000", "84821090")])
    >>> update_cn("8482 10 00", 2011, 2012, changes)
    ('84821010', '84821090')
    """
    digits = cn.normalise(code)
    if digits is None or len(digits) != 8:
        raise InvalidRequest(
            message("“{code}” is no CN code of 8 digits.", code=code),
            message("For example 84821090 or 8482 10 90."),
        )
    return (changes or imported_changes()).update(digits, from_year, to_year)


def imported_changes() -> CnChanges:
    """Return the changes that the user imported; ``MissingData`` if there are none."""
    path = home() / FOLDER / CHANGES
    if not path.is_file():
        raise MissingData(
            message("No list of changes of the nomenclature was imported."),
            message("Import Eurostat's list: maillon codes import FILE."),
        )
    return _imported(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _imported(path: Path, stamp: int) -> CnChanges:
    """Return the imported changes; ``stamp`` is the time of the file: a new import is read anew."""
    return changes_from_table(pl.read_parquet(path))


def read_change_rows(rows: Iterable[Sequence[object]]) -> pl.DataFrame:
    """Return the changes among the rows of a sheet, in ``CHANGE_SCHEMA``.

    A row is ``from, to, obsolete, new`` or ``period, origin, destination``; rows that are neither
    (titles) are left out. Raises ``RefusedFile`` where no row tells a change.
    """
    found = [change for row in rows if (change := _change(row)) is not None]
    if not found:
        raise RefusedFile(
            message("No change of the nomenclature was found in the file."),
            message("Its columns should be from, to, obsolete, new; or period, origin and destination code."),
        )
    return pl.DataFrame(found, schema=CHANGE_SCHEMA, orient="row").unique(maintain_order=True)


def _change(row: Sequence[object]) -> tuple[int, int, str, str] | None:
    cells = [_digits(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) == 3 and len(cells[0]) == 8:
        cells = [cells[0][:4], cells[0][4:], *cells[1:]]
    if len(cells) != 4 or not all(cells):
        return None
    old, new = (code.zfill(8) for code in cells[2:])
    years = int(cells[0]), int(cells[1])
    credible = 1900 < years[0] < years[1] < 2200 and len(old) == len(new) == 8
    return (*years, old, new) if credible else None


def _digits(cell: object) -> str:
    """Return the digits of a cell, without spaces nor the ".0" of a number read as decimal; "" for others."""
    text = str(cell if cell is not None else "").replace(" ", "").replace("\u00a0", "").removesuffix(".0")
    return text if text.isascii() and text.isdigit() else ""


def changes_from_rows(rows: Iterable[Sequence[object]]) -> CnChanges:
    """Return the changes that the rows of a sheet tell (see ``read_change_rows``)."""
    return changes_from_table(read_change_rows(rows))


def changes_from_table(table: pl.DataFrame) -> CnChanges:
    """Return the changes of a table in ``CHANGE_SCHEMA``."""
    after: dict[int, dict[str, tuple[str, ...]]] = {}
    grouped = table.group_by("from", "obsolete", maintain_order=True).agg("new")
    for year, old, new in grouped.iter_rows():
        after.setdefault(year, {})[old] = tuple(new)
    return CnChanges(min(after), int(table["to"].cast(int).to_numpy().max()), after)
