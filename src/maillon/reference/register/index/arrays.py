"""Arrays on disk, memory-mapped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt


def write_array(folder: Path, name: str, values: npt.ArrayLike, dtype: npt.DTypeLike) -> None:
    """Write values under a name, as one type."""
    np.save(folder / f"{name}.npy", np.ascontiguousarray(values, dtype=dtype), allow_pickle=False)


def read_array(folder: Path, name: str) -> npt.NDArray[Any]:
    """Open what ``write_array`` wrote; its pages are read when they are first used."""
    path = folder / f"{name}.npy"
    opened: npt.NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    # a plain view: a memory map makes an object of its own, slowly, at each slice
    return opened.view(np.ndarray)
