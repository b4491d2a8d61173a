"""Whether a snapshot is still what its manifest says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from maillon.core.message import Message, message
from maillon.reference.register.manifest import Table, hash_file
from maillon.reference.register.schema import CAPABILITIES, ESTABLISHMENTS
from maillon.reference.register.snapshot import CAPABILITIES_FILE, ESTABLISHMENTS_FILE, Register

_SCHEMAS = {ESTABLISHMENTS_FILE: ESTABLISHMENTS, CAPABILITIES_FILE: CAPABILITIES}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one file of a snapshot; ``code`` is stable."""

    file: str
    code: str
    what: Message


def verify_register(
    register: Register, progress: Callable[[float], None] = lambda share: None
) -> list[Fault]:
    """Return the faults of a snapshot, none when whole: hashes, rows, columns, order, each SIRET once."""
    listed = {table.file for table in register.manifest.tables}
    faults = [_missing(file) for file in _SCHEMAS if file not in listed]
    for place, table in enumerate(register.manifest.tables):
        faults += _faults(register.folder / table.file, table)
        progress((place + 1) / len(register.manifest.tables))
    return faults


def _missing(file: str) -> Fault:
    return Fault(file, "missing", message("The file {file} is missing.", file=file))


def _faults(path: Path, table: Table) -> list[Fault]:
    if not path.is_file():
        return [_missing(path.name)]
    if hash_file(path) != table.sha256:
        return [Fault(path.name, "hash", message("The file {file} has changed.", file=path.name))]
    rows = pl.scan_parquet(path)
    if int(rows.select(pl.len()).collect().item()) != table.rows:
        wrong = ("rows", message("The rows of {file} are not those listed.", file=path.name))
    elif not _has_columns(rows, _SCHEMAS.get(path.name)):
        wrong = ("columns", message("The columns of {file} are not as they must be.", file=path.name))
    elif path.name == ESTABLISHMENTS_FILE and not _in_order(rows):
        wrong = ("order", message("The rows of {file} are not in order, each once.", file=path.name))
    else:
        return []
    return [Fault(path.name, *wrong)]


def _has_columns(rows: pl.LazyFrame, schema: Mapping[str, pl.DataType | type[pl.DataType]] | None) -> bool:
    return schema is None or rows.collect_schema() == pl.Schema(schema)


def _in_order(rows: pl.LazyFrame) -> bool:
    siret = pl.col("siret")
    wrong = rows.select((siret <= siret.shift(1)).sum() + siret.is_null().sum())
    return int(wrong.collect(engine="streaming").item() or 0) == 0
