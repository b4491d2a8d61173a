"""Opening a file of enrichment as batches of text cells under our own column names."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import polars as pl

from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.reference.register.enrich.csv_records import BrokenFile, Record, read_records
from maillon.reference.register.enrich.encoding import find_encoding
from maillon.reference.register.enrich.headers import Fit
from maillon.reference.register.enrich.recognise import recognise_header
from maillon.reference.register.enrich.source import ASIDE, Source, nothing_aside

BATCH = 20_000
HEADER_WITHIN = 20
MAX_HEADER = 50_000
SEPARATORS = ";,\t|"
PARQUET_MARK = b"PAR1"
NOT_TEXT = (b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"%PDF", b"SQLite")


@dataclass(slots=True)
class Batch:
    """Rows as text under our column names with ``row``, and those that could not be read."""

    rows: pl.DataFrame
    broken: pl.DataFrame


@dataclass(slots=True)
class Table:
    """A file whose source is known: how its header fits, how it is written, and its batches, read once."""

    fit: Fit
    form: str  # csv | parquet | rows
    batches: Iterator[Batch]
    encoding: str | None = None
    separator: str | None = None
    warnings: list[str] = field(default_factory=list)


def open_file(path: Path, sources: Sequence[Source]) -> Table:
    """Open a CSV or Parquet file; ``RefusedFile`` where it is neither, or of no known source."""
    try:
        if not path.is_file():  # a pipe would wait for ever
            raise FileNotFoundError(path)
        with path.open("rb") as stream:
            start = stream.read(8)
    except OSError as error:
        raise RefusedFile(message("The file {name} cannot be opened.", name=path.name)) from error
    if start.startswith(PARQUET_MARK):
        return _open_parquet(path, sources)
    if start.startswith(NOT_TEXT):
        raise RefusedFile(
            message("The file {name} is neither CSV nor Parquet.", name=path.name),
            message("Unpack an archive first; give a workbook as a member file or a list."),
        )
    return _open_csv(path, sources)


def open_rows(rows: Iterable[Sequence[object]], name: str, sources: Sequence[Source]) -> Table:
    """Open rows that the caller has read from a workbook; the header is among the first ``HEADER_WITHIN``."""
    records = (Record(number, [write_cell(cell) for cell in row]) for number, row in enumerate(rows, start=1))
    fit, rest = _find_header((record for record in records if any(record.cells)), name, sources)
    return Table(fit, "rows", _batch_records(rest, fit))


def write_cell(cell: object) -> str:
    """Return a cell of a workbook as text: whole floats without point, days as ISO.

    >>> write_cell(73282932000074.0), write_cell(None), write_cell(True), write_cell(date(2024, 3, 5))
    ('73282932000074', '', 'true', '2024-03-05')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e16:
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)


def _open_csv(path: Path, sources: Sequence[Source]) -> Table:
    encoding = find_encoding(path)
    separator = _find_separator(path, encoding, sources)
    records = _file_records(path, encoding, separator)
    fit, rest = _find_header(records, path.name, sources)
    return Table(fit, "csv", _batch_records(rest, fit), encoding, separator)


def _find_separator(path: Path, encoding: str, sources: Sequence[Source]) -> str:
    """Return the separator under which the first lines hold the header of a source, with most columns.

    Counting marks would not do: texts hold more commas and bars than a table has columns.
    """
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        lines = [stream.readline(100_000) for _ in range(HEADER_WITHIN)]
    if lines[0].lower().startswith("sep=") and lines[0][4:5] in SEPARATORS:
        return lines[0][4:5]
    return max(SEPARATORS, key=lambda mark: _count_columns(lines, mark, path.name, sources))


def _count_columns(lines: Sequence[str], separator: str, name: str, sources: Sequence[Source]) -> int:
    """Return the most columns of a source that a line holds under a separator, 0 where it fits none."""
    rows = (next(csv.reader([line], delimiter=separator), []) for line in lines if len(line) < MAX_HEADER)
    fits = (recognise_header(row, sources, name) for row in rows)
    return max((len(fit.places) for fit in fits if fit), default=0)


def _file_records(path: Path, encoding: str, separator: str) -> Iterator[Record]:
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        try:
            yield from read_records(stream, separator)
        except BrokenFile as error:
            raise RefusedFile(
                message("The file {name} has too many broken lines to be a table.", name=path.name),
                message("Export it again as CSV with quoted texts."),
            ) from error


def _find_header(
    records: Iterator[Record], name: str, sources: Sequence[Source]
) -> tuple[Fit, Iterator[Record]]:
    """Return the fit of the best header among the first rows, and the records after it."""
    first = list(islice(records, HEADER_WITHIN))
    fits = [(recognise_header(record.cells, sources, name), place) for place, record in enumerate(first)]
    best = max(((fit, place) for fit, place in fits if fit), key=lambda f: len(f[0].places), default=None)
    if best is None:
        seen = ", ".join(cell for record in first[:1] for cell in record.cells[:8])[:200]
        raise RefusedFile(
            message("No known source has the columns of {name}: {columns}.", name=name, columns=seen),
            message(
                "Known: France Relance, public contracts, RGE, Qualiopi, EPV, member file, list of firms."
            ),
        )
    fit, place = best
    return fit, _chain(first[place + 1 :], records)


def _chain(first: list[Record], rest: Iterator[Record]) -> Iterator[Record]:
    yield from first
    yield from rest


def _batch_records(records: Iterator[Record], fit: Fit) -> Iterator[Batch]:
    while chunk := list(islice(records, BATCH)):
        yield _frame_records(chunk, fit)


def _frame_records(chunk: list[Record], fit: Fit) -> Batch:
    width = 1 + max((*fit.places.values(), 0))
    good = [record for record in chunk if record.broken is None]
    full = [r.cells if len(r.cells) >= width else r.cells + [""] * (width - len(r.cells)) for r in good]
    columns: dict[str, list[int] | list[str] | pl.Series] = {"row": [record.line for record in good]}
    for column in fit.source.columns:
        place = fit.places.get(column.name)
        columns[column.name] = (
            pl.Series([None] * len(full), dtype=pl.String)
            if place is None
            else [cells[place] for cells in full]
        )
    schema = {"row": pl.Int64, **dict.fromkeys((c.name for c in fit.source.columns), pl.String)}
    broken = [
        {"row": r.line, "reason": r.broken, "value": r.cells[0], "kept": False} for r in chunk if r.broken
    ]
    return Batch(_blank_as_null(pl.DataFrame(columns, schema=schema)), pl.DataFrame(broken, schema=ASIDE))


def _blank_as_null(frame: pl.DataFrame) -> pl.DataFrame:
    text = pl.col(pl.String)
    return frame.with_columns(pl.when(text.str.strip_chars() != "").then(text).name.keep())


def _open_parquet(path: Path, sources: Sequence[Source]) -> Table:
    try:
        lazy = pl.scan_parquet(path)
        schema = lazy.collect_schema()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise RefusedFile(message("The Parquet file {name} is damaged.", name=path.name)) from error
    fit, _ = _find_header(iter([Record(0, list(schema.names()))]), path.name, sources)
    return Table(fit, "parquet", _batch_parquet(lazy, schema, fit, path.name))


def _batch_parquet(lazy: pl.LazyFrame, schema: pl.Schema, fit: Fit, name: str) -> Iterator[Batch]:
    names = schema.names()
    wanted = {column: names[place] for column, place in fit.places.items()}
    lacking = [c.name for c in fit.source.columns if c.name not in wanted]
    start = 0
    while True:
        try:
            frame = lazy.select(**{ours: pl.col(theirs) for ours, theirs in wanted.items()})
            read = frame.slice(start, BATCH).collect()
        except (pl.exceptions.PolarsError, OSError) as error:
            raise RefusedFile(message("The Parquet file {name} is damaged.", name=name)) from error
        if read.is_empty():
            return
        text = [_as_text(read[column]) for column in read.columns]
        rows = pl.DataFrame(text).with_columns(pl.lit(None, dtype=pl.String).alias(c) for c in lacking)
        yield Batch(_blank_as_null(rows.with_row_index("row", start + 1)), nothing_aside())
        start += BATCH


def _as_text(cells: pl.Series) -> pl.Series:
    """Return cells as text; lists and records as JSON, which the readers of repeated columns know."""
    if cells.dtype.is_nested():
        texts = [None if value is None else json.dumps(value, default=str) for value in cells.to_list()]
        return pl.Series(cells.name, texts, dtype=pl.String)
    return cells.cast(pl.String, strict=False)
