"""Log lines: one JSON object a line, with what happened but never what a firm wrote."""

from __future__ import annotations

import datetime as dt
import json
import logging

#: Attributes that code may add with ``extra=``; everything else that a record carries is left out.
ALLOWED = (
    "job",
    "kind",
    "organisation",
    "user",
    "status_code",
    "seconds",
    "lines",
    "route",
    "event",
    "digest",
)


class JsonLine(logging.Formatter):
    """Formats a record as one line of JSON, without arguments of exceptions, which may quote a cell."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        said: dict[str, object] = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        said |= {name: getattr(record, name) for name in ALLOWED if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            said["exception"] = record.exc_info[0].__name__
            said["where"] = _places(record)
        return json.dumps(said, ensure_ascii=False, default=str)


def _places(record: logging.LogRecord) -> list[str]:
    """Return file and line of each frame: enough to find the fault, without any value."""
    trace = record.exc_info[2] if record.exc_info else None
    found = []
    while trace is not None:
        found.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    return found[-12:]
