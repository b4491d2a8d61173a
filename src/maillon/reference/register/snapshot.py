"""A register snapshot, opened for reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.reference.register.correcting import (
    correct_capabilities,
    correct_establishments,
    corrected_cells,
)
from maillon.reference.register.folders import find_snapshot
from maillon.reference.register.manifest import Manifest, read_manifest
from maillon.reference.register.overlay import Correction, read_corrections
from maillon.reference.register.schema import CAPABILITIES, ESTABLISHMENTS
from maillon.reference.register.succession import FILE as LINKS_FILE
from maillon.reference.register.succession import SUCCESSIONS, follow

ESTABLISHMENTS_FILE = "establishments.parquet"
CAPABILITIES_FILE = "capabilities.parquet"
_SIRET = 14  # digits


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
        """Return the establishments in the order of ``siret`` (``ESTABLISHMENTS``), as corrected."""
        wanted = list(ESTABLISHMENTS if columns is None else columns)
        cells = {name: new for name, new in self._corrected_cells.items() if name in wanted}
        read = wanted if not cells or "siret" in wanted else ["siret", *wanted]
        lazy = correct_establishments(self._scan(ESTABLISHMENTS_FILE).select(read), cells)
        return lazy.select(wanted).collect()

    def capabilities(self) -> pl.DataFrame:
        """Return what sources and corrections say of the establishments (``CAPABILITIES``)."""
        told = pl.DataFrame(schema=CAPABILITIES)
        if (self.folder / CAPABILITIES_FILE).is_file():
            told = self._scan(CAPABILITIES_FILE).collect()
        return correct_capabilities(told, self._corrections)

    def find_establishments(self, numbers: Iterable[str]) -> pl.DataFrame:
        """Return the establishments of SIRET or SIREN numbers, as corrected: few rows are read, not all.

        They come in the order of ``siret``, closed ones too; numbers that are not there give none.
        """
        asked = list(numbers)
        wanted = pl.col("siret").is_in([n for n in asked if len(n) == _SIRET])
        wanted |= pl.col("siren").is_in([n for n in asked if len(n) != _SIRET])
        rows = self._scan(ESTABLISHMENTS_FILE).select(*ESTABLISHMENTS).filter(wanted).collect()
        return correct_establishments(rows.lazy(), self._corrected_cells).collect()

    def find_capabilities(self, sirets: Iterable[str]) -> pl.DataFrame:
        """Return what sources and corrections say of a few establishments."""
        asked = list(sirets)
        told = pl.DataFrame(schema=CAPABILITIES)
        if (self.folder / CAPABILITIES_FILE).is_file():
            told = self._scan(CAPABILITIES_FILE).filter(pl.col("siret").is_in(asked)).collect()
        corrections = [correction for correction in self._corrections if correction.siret in asked]
        return correct_capabilities(told, corrections)

    def current_siret(self, siret: str) -> str:
        """Return the SIRET that stands for this one now: itself while active, else its last successor."""
        return self.current_sirets([siret])[siret]

    def current_sirets(self, sirets: Iterable[str]) -> dict[str, str]:
        """Return for each SIRET the one that stands for it now, be it outside of the scope."""
        links = pl.LazyFrame(schema=SUCCESSIONS)
        if (self.folder / LINKS_FILE).is_file():
            links = self._scan(LINKS_FILE)
        standing = self._scan(ESTABLISHMENTS_FILE).filter(pl.col("active").fill_null(value=False))
        return follow(sirets, links, standing.select("siret"))

    @cached_property
    def _corrections(self) -> tuple[Correction, ...]:
        return read_corrections()

    @cached_property
    def _corrected_cells(self) -> dict[str, dict[str, Any]]:
        return corrected_cells(self._corrections)

    def _scan(self, file: str) -> pl.LazyFrame:
        return pl.scan_parquet(self.folder / file)
