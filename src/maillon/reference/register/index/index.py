"""An index, opened."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from maillon.core.errors import MissingData
from maillon.core.message import message
from maillon.reference.register.index.build import FACTS, FOLDER, LAYOUT
from maillon.reference.register.index.cells import Box, band_of
from maillon.reference.register.index.columns import Columns, read_columns
from maillon.reference.register.index.limits import Limits, read_limits
from maillon.reference.register.index.postings import Postings, read_postings
from maillon.reference.register.index.strings import Strings, read_strings
from maillon.reference.register.index.text import TextIndex

#: Divisions of NAF rev. 2 that trade.
TRADE = ("45", "46", "47")


@dataclass(frozen=True, eq=False)
class RegisterIndex:
    """What a search reads. Rows are numbered from 0 in the order of ``columns``."""

    columns: Columns
    activities: tuple[str, ...]
    communes: tuple[str, ...]
    departements: tuple[str, ...]
    names: Strings
    processes: Postings
    materials: Postings
    certificates: Postings
    roles: Postings
    limits: dict[str, Limits]
    text: TextIndex
    strengths: str

    def __len__(self) -> int:
        """Count the establishments."""
        return len(self.columns)

    def __repr__(self) -> str:
        """Say how large it is."""
        return f"RegisterIndex({len(self)} establishments)"

    @cached_property
    def starts(self) -> npt.NDArray[np.int64]:
        """Where the rows of each activity start; one more entry ends the last."""
        return np.searchsorted(self.columns.activity, np.arange(len(self.activities) + 1))

    def slice_of(self, activity: int, box: Box | None) -> tuple[int, int]:
        """Return where the rows of an activity start and stop: all, or those in the latitudes of a box."""
        start, stop = int(self.starts[activity]), int(self.starts[activity + 1])
        if box is None:
            return start, stop
        first, after = np.searchsorted(self.columns.cell[start:stop], np.array(band_of(box), dtype=np.uint32))
        return start + int(first), start + int(after)

    @cached_property
    def trades(self) -> npt.NDArray[np.bool_]:
        """Which activities buy and sell (NAF 45 to 47) rather than make."""
        return np.array([code.startswith(TRADE) for code in self.activities], dtype=bool)

    @cached_property
    def by_siret(self) -> npt.NDArray[np.int64]:
        """The rows in the order of their SIRET, to look many up."""
        return np.argsort(self.columns.siret)

    def rows_of(self, sirets: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return the rows of the SIRETs that are there, rising."""
        if not len(self) or not len(sirets):
            return np.empty(0, np.int64)
        order = self.by_siret
        spots = np.searchsorted(self.columns.siret, sirets, sorter=order)
        found = order[np.minimum(spots, len(order) - 1)]
        return np.unique(found[self.columns.siret[found] == sirets])


def open_index(folder: Path) -> RegisterIndex:
    """Open the index of the snapshot in ``folder``; ``MissingData`` if none is there or it is of old form."""
    inside = folder / FOLDER
    try:
        facts = json.loads((inside / FACTS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _unusable(folder) from None
    if facts.get("layout") != LAYOUT:
        raise _unusable(folder)
    postings = {name: read_postings(inside, name, names) for name, names in facts["postings"].items()}
    lists = {name: tuple(values) for name, values in facts["lists"].items()}
    return RegisterIndex(
        columns=read_columns(inside),
        activities=lists["activity"],
        communes=lists["commune"],
        departements=lists["departement"],
        names=read_strings(inside, "names"),
        limits=read_limits(inside),
        text=TextIndex(inside / "text"),
        strengths=facts["strengths"],
        **postings,
    )


def _unusable(folder: Path) -> MissingData:
    return MissingData(
        message("The company register {name} has no search index of this version.", name=folder.name),
        message("Build it again: maillon register build FILES."),
    )
