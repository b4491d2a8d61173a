"""From the child's frames to ``Sheet`` objects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import repeat
from pathlib import Path
from typing import Any

from maillon.core.doubt import Doubt
from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.intake.grid import CellError, Sheet, SourceFile
from maillon.intake.sandbox.launch import run_in_sandbox
from maillon.intake.sandbox.limits import SHEET_FILE_BYTES, Limits
from maillon.intake.sandbox.rows import rows_of
from maillon.intake.sandbox.source import describe_source, safe_name
from maillon.intake.sandbox.wire import doubt_from_json

_LIMITS = Limits(file_bytes=SHEET_FILE_BYTES)


@dataclass
class _Received:
    """What has come from the child so far."""

    sheets: list[Sheet] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    kind: str = ""
    encoding: str = ""
    separator: str = ""


def read_sheets(
    path: Path, *, progress: Callable[[float], None] | None = None
) -> tuple[SourceFile, list[Sheet], list[Doubt]]:
    """Read every sheet of a spreadsheet or text file, in the sandbox.

    The kind (``.xlsx .xlsm .xls .xlsb .ods .csv .tsv .txt``) is decided by the content, then compared with
    the extension. A row to be set apart (too long, of another encoding, with a NUL or a number that is none)
    keeps its place in ``Sheet.rows`` and is named by a ``Doubt`` treated as ``QUARANTINED``. Raises
    ``RefusedFile`` on a file that is hostile, damaged, encrypted, too large or of another kind; ``progress``
    hears a share from 0 to 1.
    """
    described = describe_source(path, "")
    received = _Received()
    frames = run_in_sandbox(
        "sheets", path, arguments={"name": safe_name(path.name)}, progress=progress, limits=_LIMITS
    )
    for found in frames:
        try:
            _take(found, received)
        except (KeyError, ValueError, TypeError, IndexError, AttributeError) as error:
            raise RefusedFile(message("The reading of the file gave a senseless answer.")) from error
    source = replace(described, kind=received.kind, encoding=received.encoding, separator=received.separator)
    return source, received.sheets, received.doubts


def _take(found: Mapping[str, Any], received: _Received) -> None:
    """Add one frame to what was received."""
    if "grid" in found:
        received.sheets[-1].rows.extend(rows_of(found["grid"]))
    elif "sheet" in found:
        received.sheets.append(
            Sheet(name=str(found["sheet"]["name"]), rows=[], hidden=bool(found["sheet"]["hidden"]))
        )
    elif "traces" in found:
        _apply_traces(received.sheets[-1], found["traces"])
    elif "doubt" in found:
        received.doubts.append(doubt_from_json(found["doubt"]))
    elif "file" in found:
        for key in ("kind", "encoding", "separator"):
            setattr(received, key, str(found["file"].get(key, "")))


def _apply_traces(sheet: Sheet, traces: Mapping[str, Any]) -> None:
    """Put beside the values what the reader of values does not give."""
    sheet.merged = [(int(a), int(b), int(c), int(d)) for a, b, c, d in traces.get("merged", ())]
    sheet.hidden_rows = _spans(traces.get("hidden_rows", ()))
    sheet.hidden_columns = _spans(traces.get("hidden_columns", ()))
    sheet.links = {(int(r), int(c)): str(target) for r, c, target in traces.get("links", ())}
    sheet.outline = {
        row: int(level)
        for first, last, level in traces.get("outline", ())
        for row in range(int(first), int(last) + 1)
    }
    sheet.formats = _down_columns(traces.get("formats", ()))
    sheet.indents = {key: int(value) for key, value in _down_columns(traces.get("indents", ())).items()}
    for row, column, text in traces.get("written", ()):
        _put(sheet, int(row), int(column), str(text))
    for row, column, text in traces.get("errors", ()):
        _put(sheet, int(row), int(column), CellError(text))


def _spans(spans: list[tuple[int, int]]) -> frozenset[int]:
    return frozenset(n for first, last in spans for n in range(int(first), int(last) + 1))


def _down_columns(runs: list[tuple[int, int, int, Any]]) -> dict[tuple[int, int], Any]:
    """Expand runs (column, first row, last row, value) to one entry a cell."""
    cells: dict[tuple[int, int], Any] = {}
    for column, first, last, value in runs:
        cells.update(dict.fromkeys(zip(range(int(first), int(last) + 1), repeat(int(column))), value))
    return cells


def _put(sheet: Sheet, row: int, column: int, value: str) -> None:
    """Write one cell, making room for it."""
    rows = sheet.rows
    rows.extend([] for _ in range(row + 1 - len(rows)))
    rows[row].extend([None] * (column + 1 - len(rows[row])))
    rows[row][column] = value
