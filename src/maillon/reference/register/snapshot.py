"""A register snapshot, opened for reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.reference.register.folders import find_snapshot
from maillon.reference.register.manifest import Manifest, read_manifest
from maillon.reference.register.schema import CAPABILITIES

ESTABLISHMENTS_FILE = "establishments.parquet"
CAPABILITIES_FILE = "capabilities.parquet"


def open_register(folder: Path | None = None) -> Register:
    """Open the snapshot in ``folder``, or the one in use there; without a folder, under ``MAILLON_HOME``.

    Raises ``MissingData`` when there is none, ``RefusedFile`` when it is damaged or of another form.
    """
    found = find_snapshot(folder)
    manifest = read_manifest(found)
    if not (found / ESTABLISHMENTS_FILE).is_file():
        raise RefusedFile(
            message("The snapshot {folder} lacks its table of establishments.", folder=str(found)),
            message("Build the register again."),
        )
    return Register(found, manifest)


@dataclass(frozen=True)
class Register:
    """One snapshot: its folder, its manifest, its tables; nothing is read before it is asked for."""

    folder: Path
    manifest: Manifest

    def __repr__(self) -> str:
        """Name the snapshot and say how large it is."""
        return f"Register({self.manifest.name}, {self.rows} establishments)"

    @cached_property
    def rows(self) -> int:
        """Number of establishments."""
        table = self.manifest.table(ESTABLISHMENTS_FILE)
        return table.rows if table else self._scan(ESTABLISHMENTS_FILE).select(pl.len()).collect().item()

    def establishments(self, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """Return the establishments in the order of ``siret`` (columns of ``ESTABLISHMENTS``)."""
        lazy = self._scan(ESTABLISHMENTS_FILE)
        return (lazy if columns is None else lazy.select(columns)).collect()

    def capabilities(self) -> pl.DataFrame:
        """Return what the sources say of the establishments (columns of ``CAPABILITIES``)."""
        if not (self.folder / CAPABILITIES_FILE).is_file():
            return pl.DataFrame(schema=CAPABILITIES)
        return self._scan(CAPABILITIES_FILE).collect()

    def _scan(self, file: str) -> pl.LazyFrame:
        return pl.scan_parquet(self.folder / file)
