"""The figures that an establishment states: largest part, finest tolerance, lots."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from maillon.reference.register.index.arrays import read_array, write_array

Figures = npt.NDArray[np.float64]
#: What is kept, with the unit that its figures must be in (null and no unit count as that unit).
KEPT = {"size": "mm", "tolerance": "mm", "lot": "pieces"}


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """Who states limits of one kind: index rows (rising) with the least, ideal and most; NaN is unknown."""

    rows: npt.NDArray[np.uint32]
    low: Figures
    ideal: Figures
    high: Figures

    def at(self, rows: npt.NDArray[np.uint32]) -> tuple[Figures, Figures, Figures]:
        """Return least, ideal and most for any rows, NaN where nothing is stated."""
        if not len(self.rows):
            unknown = np.full(len(rows), np.nan)
            return unknown, unknown, unknown
        places = np.minimum(np.searchsorted(self.rows, rows), len(self.rows) - 1)
        stated = self.rows[places] == rows
        low, ideal, high = (np.where(stated, c[places], np.nan) for c in (self.low, self.ideal, self.high))
        return low, ideal, high


def write_limits(folder: Path, capabilities: pl.DataFrame) -> None:
    """Write the limits out of ``row, kind, low, ideal, high, unit``.

    Several statements join to the widest: the largest part, the finest tolerance, the longest span of lots.
    """
    for kind, unit in KEPT.items():
        said = capabilities.filter((pl.col("kind") == kind) & (pl.col("unit").fill_null(unit) == unit))
        finest = pl.col("high").min() if kind == "tolerance" else pl.col("high").max()
        joined = said.group_by("row").agg(pl.col("low").min(), pl.col("ideal").median(), finest).sort("row")
        write_array(folder, f"{kind}-rows", joined["row"].to_numpy(), np.uint32)
        figures = joined.select(pl.col("low", "ideal", "high").cast(pl.Float64).fill_null(float("nan")))
        write_array(folder, f"{kind}-figures", figures.to_numpy().T, np.float64)


def read_limits(folder: Path) -> dict[str, Limits]:
    """Open what ``write_limits`` wrote, by kind."""
    found = {}
    for kind in KEPT:
        low, ideal, high = read_array(folder, f"{kind}-figures")
        found[kind] = Limits(read_array(folder, f"{kind}-rows"), low, ideal, high)
    return found
