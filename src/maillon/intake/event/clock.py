"""Clock times and dates as organisers write them: 9h30, 09:30, 9.30 am, a time cell, a date cell."""

from __future__ import annotations

import datetime as dt
import re

_CLOCK = re.compile(r"(?<![\d/])(\d{1,2})\s*(?:h|:|H)\s*(\d{2})?(?![\d/])")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{2})-(\d{2})")
_SPAN = re.compile(r"\s*(?:-|–|—|à|a|to|until|jusqu'à)\s*")


def clock_of(cell: object) -> dt.time | None:
    """Return a time of day, None where the cell is none.

    >>> clock_of("9h30"), clock_of("14:05"), clock_of(0.375), clock_of("bientôt")
    (datetime.time(9, 30), datetime.time(14, 5), datetime.time(9, 0), None)
    """
    minutes = _minutes(cell)
    return dt.time(minutes // 60, minutes % 60) if 0 <= minutes < 24 * 60 else None


def _minutes(cell: object) -> int:
    """Return the minutes since midnight, -1 where the cell is no time."""
    found = -1
    if isinstance(cell, dt.datetime | dt.time):
        found = cell.hour * 60 + cell.minute
    elif isinstance(cell, dt.timedelta):
        found = round(cell.total_seconds() / 60)
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        found = round(cell * 24 * 60) if 0 <= cell < 1 else -1
    elif isinstance(cell, str) and (read := _CLOCK.search(cell)) is not None:
        found = int(read[1]) * 60 + int(read[2] or 0)
    return found


def day_of(cell: object) -> dt.date | None:
    """Return a date, day first as in France; None where the cell is none.

    >>> day_of("26/11/2026"), day_of("2026-11-26"), day_of("demain")
    (datetime.date(2026, 11, 26), datetime.date(2026, 11, 26), None)
    """
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    found = _DAY.search(cell) if isinstance(cell, str) else None
    if found is None:
        return None
    day, month, year = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def span_of(text: str) -> tuple[dt.time, dt.time] | None:
    """Return the two ends of a stretch of time, None where the text names none.

    >>> span_of("9h00 - 10h30")
    (datetime.time(9, 0), datetime.time(10, 30))
    """
    times = [clock_of(part) for part in _SPAN.split(_DAY.sub(" ", text).strip())]
    ends = [time for time in times if time is not None]
    return (ends[0], ends[1]) if len(ends) == 2 and ends[0] < ends[1] else None
