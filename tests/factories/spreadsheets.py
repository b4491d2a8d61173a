"""Spreadsheets as firms lay them out: raw sheets in memory, real workbooks to send through the sandbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from maillon.intake.grid import Cell, Sheet, SourceFile
from maillon.intake.reading import Reading
from maillon.intake.understand import understand

Rows = Sequence[Sequence[Cell]]


def sheet(rows: Rows, name: str = "Feuil1", **more: Any) -> Sheet:
    """Return a raw sheet of these rows."""
    return Sheet(name, [list(row) for row in rows], **more)


def source(kind: str = "xlsx", name: str = "nomenclature.xlsx") -> SourceFile:
    """Return the description of an invented file."""
    return SourceFile(name, 1, "0" * 64, kind)


def read_rows(
    rows: Rows, *, kind: str = "xlsx", mapping: Mapping[str, object] | None = None, **more: Any
) -> Reading:
    """Return what is understood of one sheet."""
    return understand([sheet(rows, **more)], source(kind), mapping=mapping)


def read_sheets_of(*sheets: Sheet) -> Reading:
    """Return what is understood of several sheets."""
    return understand(list(sheets), source())


def column(reading: Reading, role: str) -> list[object]:
    """Return the values of a role over all lines of all tables."""
    return [line.get(role) for table in reading.tables for line in table.lines]


def codes(reading: Reading) -> list[str]:
    """Return the codes of the doubts, in order."""
    return [doubt.code for doubt in reading.doubts]


def sources_by_role(reading: Reading, table: int = 0) -> dict[str, str]:
    """Return role → header text of one table."""
    return {role: guess.source for role, guess in reading.tables[table].columns.items()}


def write_workbook(
    path: Path, sheets: Mapping[str, Rows], merged: Mapping[str, Sequence[str]] | None = None
) -> Path:
    """Write a real .xlsx; texts stay texts, formulas are given as ("=A1", cached value)."""
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_urls": False}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if isinstance(cell, tuple):
                        page.write_formula(r, c, cell[0], None, cell[1])
                    elif cell is not None:
                        page.write(r, c, cell)
            for area in (merged or {}).get(name, ()):
                page.merge_range(area, None)
    return path
