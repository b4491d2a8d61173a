"""What was understood of a file, as plain JSON: stable and documented in ``docs/method/intake.md``."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping

from maillon.core.doubt import Doubt
from maillon.intake.reading import Reading, TableReading


def reading_to_json(reading: Reading) -> dict[str, object]:
    """Return ``{"tables": [...], "doubts": [...]}``, made of what JSON knows only.

    Each table has ``sheet``, ``header_row``, ``columns`` (role → source, confidence), ``rows`` (read, parts,
    headers, sections, totals, blank, quarantined) and ``lines`` (role → value); each doubt ``code``,
    ``sheet``, ``cell``, ``what``, ``treatment`` and ``proposal`` (null where there is none), in English.
    """
    return {
        "tables": [_table(table) for table in reading.tables],
        "doubts": [_doubt(doubt) for doubt in reading.doubts],
    }


def _table(table: TableReading) -> dict[str, object]:
    rows = table.rows
    return {
        "sheet": table.sheet,
        "header_row": table.header_row,
        "columns": {
            role: {"source": guess.source, "confidence": guess.confidence}
            for role, guess in table.columns.items()
        },
        "rows": {
            "read": rows.read,
            "parts": rows.parts,
            "headers": rows.headers,
            "sections": rows.sections,
            "totals": rows.totals,
            "blank": rows.blank,
            "quarantined": rows.quarantined,
        },
        "lines": [_line(line) for line in table.lines],
    }


def _line(line: Mapping[str, object]) -> dict[str, object]:
    return {role: _plain(value) for role, value in line.items()}


def _plain(value: object) -> object:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | bool) else str(value)


def _doubt(doubt: Doubt) -> dict[str, object]:
    return {
        "code": doubt.code,
        "sheet": doubt.sheet,
        "cell": doubt.cell,
        "what": str(doubt.what),
        "treatment": doubt.treatment.value,
        "proposal": str(doubt.proposal) if doubt.proposal else None,
    }
