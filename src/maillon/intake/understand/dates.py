"""Dates as cells or as people type them: day first, as in Europe, unless the year comes first."""

from __future__ import annotations

import datetime as dt
import re

from maillon.intake.grid import Cell

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?|(\d{4})(\d{2})(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: .*)?")


def read_date(cell: Cell) -> dt.date | None:
    """Return a cell as a date; None where it is none or no day of the calendar.

    >>> read_date("04/01/2026"), read_date("2026-01-04"), read_date("31/02/2026")
    (datetime.date(2026, 1, 4), datetime.date(2026, 1, 4), None)
    """
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = cell.strip() if type(cell) is str else ""
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        year, month, day = (int(g) for g in found.groups() if g)
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(g) for g in found.groups())
        year += 2000 if year < 100 else 0
    else:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
