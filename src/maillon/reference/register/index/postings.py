"""Which establishments hold a thing: for each key, sorted rows with a strength and where it was said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from maillon.reference.register.index.arrays import read_array, write_array

Rows = npt.NDArray[np.uint32]
FULL = 255  # a strength of 1, as stored


@dataclass(frozen=True, slots=True, eq=False)
class Holders:
    """The establishments that hold one thing: index rows (rising), strengths, codes of kind and source."""

    rows: Rows
    strengths: npt.NDArray[np.uint8]
    kinds: npt.NDArray[np.uint8]
    sources: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        """Count them."""
        return len(self.rows)


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Key → ``Holders``, memory-mapped; ``kinds`` and ``sources`` name their codes."""

    keys: dict[str, int]
    starts: npt.NDArray[np.int64]
    holders: Holders
    kinds: tuple[str, ...]
    sources: tuple[str, ...]

    def find(self, key: str) -> Holders:
        """Return who holds ``key``; nobody holds an unknown one."""
        place = self.keys.get(key)
        start, stop = (0, 0) if place is None else (self.starts[place], self.starts[place + 1])
        every = self.holders
        return Holders(
            every.rows[start:stop],
            every.strengths[start:stop],
            every.kinds[start:stop],
            every.sources[start:stop],
        )


def among(held: npt.NDArray[Any], rows: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Return which rows are among those held, which rise.

    >>> among(np.array([2, 5]), np.array([5, 3, 2])).tolist()
    [True, False, True]
    """
    if not len(held):
        return np.zeros(len(rows), dtype=bool)
    places = np.minimum(np.searchsorted(held, rows), len(held) - 1)
    return np.asarray(held[places] == rows)


def write_postings(folder: Path, name: str, held: pl.DataFrame) -> dict[str, list[str]]:
    """Write rows of ``key, row, strength, kind, source`` and return the names that their codes stand for.

    Where several sources tell the same of one establishment the strengths join as independent witnesses,
    ``1 - (1 - a)(1 - b)``, and the strongest gives kind and source (the first by name where equal).
    """
    # each strongest statement once a source: a sentence repeated by one source proves nothing more
    by_source = (
        held.sort("key", "row", "source", "strength", "kind", descending=[False, False, False, True, False])
        .group_by("key", "row", "source", maintain_order=True)
        .first()
    )
    joined = (
        by_source.sort("key", "row", "strength", "source", descending=[False, False, True, False])
        .group_by("key", "row", maintain_order=True)
        .agg(
            pl.col("kind").first(),
            pl.col("source").first(),
            strength=1 - (1 - pl.col("strength")).product(),
        )
    )
    keys, counts = np.unique(joined["key"].to_numpy(), return_counts=True)
    names = {column: sorted(joined[column].unique().to_list()) for column in ("kind", "source")}
    write_array(folder, f"{name}-starts", np.concatenate(([0], np.cumsum(counts))), np.int64)
    write_array(folder, f"{name}-rows", joined["row"].to_numpy(), np.uint32)
    write_array(folder, f"{name}-strengths", np.rint(joined["strength"].to_numpy() * FULL), np.uint8)
    for column, codes in names.items():
        write_array(folder, f"{name}-{column}s", joined[column].cast(pl.Enum(codes)).to_physical(), np.uint8)
    return {"keys": [str(key) for key in keys], "kinds": names["kind"], "sources": names["source"]}


def read_postings(folder: Path, name: str, names: dict[str, list[str]]) -> Postings:
    """Open what ``write_postings`` wrote."""
    parts = {
        part: read_array(folder, f"{name}-{part}")
        for part in ("starts", "rows", "strengths", "kinds", "sources")
    }
    holders = Holders(parts["rows"], parts["strengths"], parts["kinds"], parts["sources"])
    keys = {key: place for place, key in enumerate(names["keys"])}
    return Postings(keys, parts["starts"], holders, tuple(names["kinds"]), tuple(names["sources"]))
