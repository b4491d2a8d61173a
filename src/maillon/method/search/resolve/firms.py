"""The establishments as columns of numbers, for comparing many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from maillon.reference.register import Register, open_register
from maillon.reference.register.names.cleaning import clean_town

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Firms:
    """Columns by row of the register; ``town`` numbers cleaned town names, -1 and below are unknown.

    ``headcount`` is the fewest persons of the band, -1 where it is not known.
    """

    siret: Ints
    town: Ints
    postcode: Ints
    head_office: Mask
    active: Mask
    headcount: Ints
    towns: dict[str, int]
    names: pl.Series
    communes: pl.Series

    @cached_property
    def siren(self) -> Ints:
        """The firm of each establishment."""
        return self.siret // 100_000

    def numbers_of(self, towns: Sequence[str]) -> Ints:
        """Return the numbers of towns by their cleaned names, -2 for one that the register does not hold."""
        return np.array([self.towns.get(town, -2) if town else -2 for town in towns], dtype=np.int64)

    def rows_of_siret(self, siret: str) -> Ints:
        """Return the row of a SIRET, none where the register does not hold it."""
        number = int(siret)
        place = int(np.searchsorted(self.siret, number))
        found = place < len(self.siret) and self.siret[place] == number
        return np.array([place] if found else [], dtype=np.int64)

    def rows_of_siren(self, siren: str) -> Ints:
        """Return the rows of a firm."""
        low = int(siren) * 100_000
        start, stop = np.searchsorted(self.siret, [low, low + 100_000])
        return np.arange(start, stop)


def firms_of(register: Register) -> Firms:
    """Return the columns of a register; those of the last two stay at hand."""
    return _read(register.folder)


@lru_cache(maxsize=2)
def _read(folder: Path) -> Firms:
    columns = ["siret", "head_office", "active", "headcount_low", "postcode", "commune_name", "name"]
    table = open_register(folder).establishments(columns)
    written = table["commune_name"].unique().drop_nulls().sort()
    cleaned = [clean_town(name) for name in written]
    towns = {name: place for place, name in enumerate(dict.fromkeys(cleaned))}
    numbers = table["commune_name"].replace_strict(
        written, [towns[name] for name in cleaned], default=-1, return_dtype=pl.Int64
    )
    return Firms(
        siret=table["siret"].cast(pl.Int64).to_numpy(),
        town=numbers.to_numpy(),
        postcode=table["postcode"].cast(pl.Int64, strict=False).fill_null(-1).to_numpy(),
        head_office=table["head_office"].fill_null(value=False).to_numpy(),
        active=table["active"].fill_null(value=False).to_numpy(),
        headcount=table["headcount_low"].cast(pl.Int64).fill_null(-1).to_numpy(),
        towns=towns,
        names=table["name"],
        communes=table["commune_name"],
    )
