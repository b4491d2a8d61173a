"""The doubts that one sheet raises by itself, before its meaning is looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from maillon.core.doubt import Doubt, Treatment
from maillon.core.errors import RefusedFile
from maillon.core.message import Message, message, plural_message
from maillon.intake.formats.a1 import cell_name, column_name
from maillon.intake.formats.traces import Traces

_MOST_QUARANTINED = 1_000
_MONTHS = ("JANV", "FEV", "MARS", "AVR", "MAI", "JUIN", "JUIL", "AOUT", "SEPT", "OCT", "NOV", "DEC")
_MONTHS_EN = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def sheet_doubts(traces: Traces, hidden: bool) -> Iterator[Doubt]:
    """Yield the warnings of a sheet: what is hidden, what has no value, what is no number."""
    yield from traces.doubts
    if hidden:
        yield _warning("hidden-sheet", traces, "", message("Sheet {sheet} is hidden.", sheet=traces.name))
    yield from _hidden_parts(traces)
    yield from _counted_cells(traces)
    yield from _no_numbers(traces)


def column_of_dates_doubts(
    traces: Traces, dates: Mapping[tuple[int, int], dt.date], text_columns: set[int]
) -> Iterator[Doubt]:
    """Yield a doubt for each date in a column of texts, shown as Excel shows what it took for a date."""
    for place in traces.shortened[:_MOST_QUARANTINED]:
        if place[1] in text_columns and place in dates:
            yield _warning(
                "date-in-text-column",
                traces,
                cell_name(*place),
                message(
                    "Sheet {sheet}, cell {cell}: Excel turned a reference into the date {date}.",
                    sheet=traces.name,
                    cell=cell_name(*place),
                    date=dt.date(dates[place].year, dates[place].month, dates[place].day),
                ),
                message("It may have been {texts}.", texts=", ".join(possible_originals(dates[place]))),
            )


def possible_originals(date: dt.date) -> list[str]:
    """Return the references that Excel could have taken for this date; none is more likely than another.

    >>> possible_originals(dt.date(2026, 3, 2))
    ['2-3', '2/3', '3-2', 'MARS2', 'MAR2']
    """
    day, month = date.day, date.month
    originals = [
        f"{day}-{month}",
        f"{day}/{month}",
        f"{month}-{day}",
        f"{_MONTHS[month - 1]}{day}",
        f"{_MONTHS_EN[month - 1]}{day}",
    ]
    return list(dict.fromkeys(originals))


def _hidden_parts(traces: Traces) -> Iterator[Doubt]:
    if traces.hidden_rows:
        rows = sorted(traces.hidden_rows)
        yield _warning(
            "hidden-rows",
            traces,
            f"{rows[0] + 1}:{rows[0] + 1}",
            plural_message(
                "Sheet {sheet}: {n} row is hidden (row {first}); it is read like the others.",
                "Sheet {sheet}: {n} rows are hidden (row {first} first); they are read like the others.",
                n=len(rows),
                sheet=traces.name,
                first=str(rows[0] + 1),
            ),
        )
    if traces.hidden_columns:
        letters = column_name(traces.hidden_columns[0][0])
        yield _warning(
            "hidden-columns",
            traces,
            f"{letters}:{letters}",
            plural_message(
                "Sheet {sheet}: {n} column is hidden (column {first}); it is read like the others.",
                "Sheet {sheet}: {n} columns are hidden ({first} first); they are read like the others.",
                n=sum(last - first + 1 for first, last in traces.hidden_columns),
                sheet=traces.name,
                first=letters,
            ),
        )


def _counted_cells(traces: Traces) -> Iterator[Doubt]:
    if traces.valueless:
        first = cell_name(*traces.valueless[0])
        what = plural_message(
            "Sheet {sheet}, cell {cell}: {n} formula has no stored value.",
            "Sheet {sheet}, cell {cell}: {n} formulas have no stored value, this one first.",
            n=len(traces.valueless),
            sheet=traces.name,
            cell=first,
        )
        hint = message("Open the file in your spreadsheet program, let it calculate, and save it.")
        yield _warning("formula-without-value", traces, first, what, hint)
    if traces.errors:
        place, text = next(iter(traces.errors.items()))
        what = plural_message(
            "Sheet {sheet}, cell {cell}: {n} cell holds an error ({text}).",
            "Sheet {sheet}, cell {cell}: {n} cells hold errors, {text} first.",
            n=len(traces.errors),
            sheet=traces.name,
            cell=cell_name(*place),
            text=text,
        )
        yield _warning("error-value", traces, cell_name(*place), what)
    if traces.rounded:
        first = cell_name(*traces.rounded[0])
        what = plural_message(
            "Sheet {sheet}, cell {cell}: {n} number has more than 15 digits: Excel has rounded it.",
            "Sheet {sheet}, cell {cell}: {n} numbers have more than 15 digits: Excel has rounded them.",
            n=len(traces.rounded),
            sheet=traces.name,
            cell=first,
        )
        hint = message("If these are references, type them as text in the original file.")
        yield _warning("rounded-number", traces, first, what, hint)


def _no_numbers(traces: Traces) -> Iterator[Doubt]:
    """One doubt a cell, because each sets its row apart."""
    for count, (place, text) in enumerate(traces.written.items()):
        what = message(
            "Sheet {sheet}, cell {cell}: {text} is not a number.",
            sheet=traces.name,
            cell=cell_name(*place),
            text=text[:40],
        )
        if count == _MOST_QUARANTINED:
            raise RefusedFile(
                what, message("Too many cells of this kind: correct the file and export it again.")
            )
        yield Doubt("not-a-number", what, Treatment.QUARANTINED, traces.name, cell_name(*place))


def _warning(code: str, traces: Traces, cell: str, what: Message, proposal: Message | None = None) -> Doubt:
    return Doubt(code, what, Treatment.WARNED, traces.name, cell, proposal)
