"""The manifest of a snapshot: what it was made from, and what its files must still be."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from maillon.core.errors import MissingData, RefusedFile
from maillon.core.message import message

FILE = "manifest.json"
#: Beside invented files in the exact form of official ones, whose columns have no room to say so.
INVENTED_LABEL = "DONNEES-INVENTEES.txt"
INVENTED_NOTICE = message("This register is invented: no firm named here is real.")
#: Raised whenever the columns of a snapshot change: an older snapshot is then built again.
FORM = 1
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """One file that a snapshot was made from; ``data_date`` is the last day that its rows tell, ISO."""

    file: str
    kind: str
    layout: str
    rows: int
    bytes: int
    sha256: str
    data_date: str | None = None
    publisher: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One Parquet file of a snapshot."""

    file: str
    rows: int
    bytes: int
    sha256: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot is: when, from what, by which choices, and its tables; ``counts`` tell what was met.

    ``invented``: its files are said to be invented, by the label beside them.
    """

    name: str
    created: str
    scope: str
    engine: str
    sources: tuple[Source, ...] = ()
    tables: tuple[Table, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    form: int = FORM
    version: str = ""
    invented: bool = False

    def table(self, file: str) -> Table | None:
        """Return the record of one table, None if the snapshot lists no such file."""
        return next((table for table in self.tables if table.file == file), None)


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while block := content.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def describe_table(path: Path) -> Table:
    """Return the record of a Parquet file: rows and columns from its footer, bytes and hash."""
    import polars as pl  # noqa: PLC0415 - reading a manifest needs no tables

    lazy = pl.scan_parquet(path)
    columns = {name: str(kind) for name, kind in lazy.collect_schema().items()}
    rows = int(lazy.select(pl.len()).collect().item())
    return Table(path.name, rows, path.stat().st_size, hash_file(path), columns)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a snapshot into its folder."""
    (folder / FILE).write_text(manifest_text(manifest), encoding="utf-8")


def manifest_text(manifest: Manifest) -> str:
    """Return the manifest as readable JSON."""
    return json.dumps(asdict(manifest), ensure_ascii=False, indent=1) + "\n"


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a snapshot.

    Raises ``MissingData`` without one, ``RefusedFile`` if it is damaged or of another form.
    """
    path = folder / FILE
    if not path.is_file():
        raise MissingData(
            message("There is no register snapshot in {folder}.", folder=str(folder)),
            message("Build one with “maillon register build”, or name another folder."),
        )
    try:
        manifest = _manifest_from(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise RefusedFile(
            message("The manifest of the snapshot {folder} is damaged.", folder=str(folder)),
            message("Build the register again."),
        ) from error
    if manifest.form != FORM:
        raise RefusedFile(
            message("The snapshot {folder} was built by another version of Maillon.", folder=str(folder)),
            message("Build the register again."),
        )
    return manifest


def _manifest_from(read: dict[str, Any]) -> Manifest:
    sources = tuple(Source(**entry) for entry in read.pop("sources"))
    tables = tuple(Table(**entry) for entry in read.pop("tables"))
    return Manifest(sources=sources, tables=tables, **read)
