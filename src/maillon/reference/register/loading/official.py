"""Official files as they come: Parquet, CSV, compressed CSV; recognised by their columns."""

from __future__ import annotations

import csv
import gzip
import shutil
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import polars as pl

from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.reference.register.loading.layouts import LAYOUTS, Layout

_HEADER_BYTES = 1 << 16
_BLOCK = 1 << 20
#: The largest official file is 12 GB of CSV once unpacked; a bomb is stopped here.
_MOST_BYTES = 64 << 30
_LINES_OF_A_RECORD = 20
_SEPARATORS = ",;\t|"


@dataclass(frozen=True, slots=True)
class OfficialFile:
    """A file recognised: where it can be read (unpacked if need be), and its columns in their order.

    ``separator`` is empty for Parquet; ``types`` are those of the Parquet columns.
    """

    path: Path
    readable: Path
    layout: Layout
    separator: str
    columns: tuple[str, ...]
    types: tuple[str, ...]


def open_official(path: Path, folder: Path) -> OfficialFile:
    """Recognise a file; a compressed one is unpacked into ``folder``.

    Raises ``RefusedFile`` if it cannot be read, is of no known kind or lacks a key column.
    """
    found = recognise(path, folder)
    lacking = [key for key in found.layout.keys if key not in found.columns]
    if lacking:
        raise RefusedFile(
            message(
                "{file} lacks columns that nothing works without: {columns}.",
                file=path.name,
                columns=", ".join(lacking),
            ),
            message("Check it with “maillon register check”, or fetch the file again."),
        )
    return found


def recognise(path: Path, folder: Path) -> OfficialFile:
    """Return what a file is, even where a key column lacks; ``RefusedFile`` if it is of no known kind."""
    if not path.is_file():
        raise RefusedFile(
            message("There is no file {file}.", file=str(path)), message("Check the name and the folder.")
        )
    readable = _unpacked(path, folder)
    try:
        separator, columns, types = _header(readable)
    except (pl.exceptions.PolarsError, UnicodeDecodeError, csv.Error, OSError) as error:
        raise _unreadable(path) from error
    if separator and columns and not _ends_whole(readable, separator, len(columns)):
        raise RefusedFile(
            message("{file} ends in the middle of a row.", file=path.name),
            message("Its download was cut short: fetch it again."),
        )
    return OfficialFile(path, readable, _layout(path, columns), separator, columns, types)


def _header(path: Path) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    with path.open("rb") as content:
        start = content.read(_HEADER_BYTES)
    if start.startswith(b"PAR1"):
        schema = pl.read_parquet_schema(path)
        return "", tuple(schema), tuple(str(kind) for kind in schema.values())
    line = start.splitlines()[0].decode("utf-8-sig") if start.strip() else ""
    separator = max(_SEPARATORS, key=line.count)
    columns = tuple(next(csv.reader([line], delimiter=separator), []))
    return separator, columns, ("String",) * len(columns)


def _ends_whole(path: Path, separator: str, width: int) -> bool:
    """Say whether the last record has every cell; a download cut short ends within one, unseen by engines."""
    with path.open("rb") as content:
        content.seek(max(0, path.stat().st_size - _HEADER_BYTES))
        lines = content.read().decode("utf-8", errors="replace").splitlines(keepends=True)
    for count in range(1, min(len(lines), _LINES_OF_A_RECORD) + 1):
        rows = list(csv.reader(lines[-count:], delimiter=separator))
        if len(rows) == 1 and len(rows[0]) == width:
            return True
    return False


def _layout(path: Path, columns: Sequence[str]) -> Layout:
    """Return the layout whose own columns the file has most of, two at least."""
    shared = {
        column
        for layout in LAYOUTS
        for column in layout.columns
        if sum(column in o.columns for o in LAYOUTS) > 1
    }
    own = {layout.kind: len((set(layout.columns) - shared) & set(columns)) for layout in LAYOUTS}
    best = max(LAYOUTS, key=lambda layout: own[layout.kind])
    if own[best.kind] < 2:
        raise RefusedFile(
            message("{file} is none of the files that the register is built from.", file=path.name),
            message("It takes {names}.", names=", ".join(layout.file for layout in LAYOUTS)),
        )
    return best


def _unpacked(path: Path, folder: Path) -> Path:
    with path.open("rb") as content:
        start = content.read(4)
    if start[:2] == b"\x1f\x8b":
        unpack, name = _unpack_gzip, path.stem
    elif start == b"PK\x03\x04":
        unpack, name = _unpack_zip, path.stem
    else:
        return path
    target = folder / f"unpacked-{name}"
    try:
        unpack(path, target)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise _unreadable(path) from error
    return target


def _unpack_gzip(path: Path, target: Path) -> None:
    with gzip.open(path, "rb") as packed:
        _copy(packed, target)


def _unpack_zip(path: Path, target: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        members = [name for name in archive.namelist() if name.lower().endswith((".csv", ".parquet"))]
        if len(members) != 1:
            raise zipfile.BadZipFile(f"{len(members)} tables")
        with archive.open(members[0]) as packed:
            _copy(packed, target)


def _copy(packed: IO[bytes] | gzip.GzipFile, target: Path) -> None:
    most = min(_MOST_BYTES, shutil.disk_usage(target.parent).free // 2)
    written = 0
    with target.open("wb") as plain:
        while block := packed.read(_BLOCK):
            written += len(block)
            if written > most:
                raise OSError("too large once unpacked")
            plain.write(block)


def _unreadable(path: Path) -> RefusedFile:
    return RefusedFile(
        message("{file} cannot be read: it is damaged or of another form.", file=path.name),
        message("Fetch it again: Parquet, or CSV in UTF-8, alone in a .zip or .gz if compressed."),
    )


def tell_row(file: OfficialFile, *told: pl.Expr) -> tuple[Any, ...]:
    """Return what expressions tell of a whole file, in one pass; ``RefusedFile`` if it cannot be read."""
    try:
        return scan_text(file).select(told).collect(engine="streaming").row(0)
    except pl.exceptions.PolarsError as error:
        raise _unreadable(file.path) from error


def count_rows(file: OfficialFile) -> int:
    """Return the number of rows: from the footer of Parquet, else by reading the CSV once.

    DuckDB counts CSV, for it refuses a row with too many or too few cells, which Polars would pass over.
    """
    if not file.separator:
        return int(tell_row(file, pl.len())[0])
    import duckdb  # noqa: PLC0415 - an engine is loaded when it is used

    options: dict[str, Any] = {"header": True, "all_varchar": True, "quotechar": '"', "escapechar": '"'}
    try:
        with duckdb.connect() as connection:
            rows = connection.read_csv(str(file.readable), sep=file.separator, **options)
            counted = rows.aggregate("count(*)").fetchall()
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        raise _unreadable(file.path) from error
    return int(counted[0][0])


def scan_text(file: OfficialFile) -> pl.LazyFrame:
    """Scan a file with Polars, CSV columns as text."""
    if file.separator:
        return pl.scan_csv(file.readable, separator=file.separator, infer_schema=False)
    return pl.scan_parquet(file.readable)


def last_change(file: OfficialFile) -> str | None:
    """Return the last day that the rows tell, ISO; null where the file has no column of days."""
    if file.layout.dated not in file.columns:
        return None
    day = pl.col(file.layout.dated).cast(pl.String).str.slice(0, 10)
    found = tell_row(file, day.filter(day.str.contains(r"^\d{4}-\d{2}-\d{2}$")).max())[0]
    return str(found) if found else None
