"""A column of text read one cell at a time from a memory-mapped file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from maillon.reference.register.index.arrays import read_array, write_array


@dataclass(frozen=True, slots=True, eq=False)
class Strings:
    """Texts end to end in UTF-8 and where each one ends; an empty text stands for null."""

    ends: npt.NDArray[np.uint64]
    letters: npt.NDArray[np.uint8]

    def __getitem__(self, row: int) -> str | None:
        """Return one text."""
        start = int(self.ends[row - 1]) if row else 0
        return self.letters[start : int(self.ends[row])].tobytes().decode() or None


def write_strings(folder: Path, name: str, texts: pl.Series) -> None:
    """Write a column of text, in two files."""
    filled = texts.fill_null("")
    ends = filled.str.len_bytes().cast(pl.UInt64).cum_sum()
    write_array(folder, f"{name}-ends", ends.to_numpy(), np.uint64)
    letters = np.frombuffer("".join(filled.to_list()).encode(), dtype=np.uint8)
    write_array(folder, f"{name}-letters", letters, np.uint8)


def read_strings(folder: Path, name: str) -> Strings:
    """Open what ``write_strings`` wrote."""
    return Strings(read_array(folder, f"{name}-ends"), read_array(folder, f"{name}-letters"))
