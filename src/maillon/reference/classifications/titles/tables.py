"""The shipped tables of title words, as arrays: the codes of every level, and for each word its codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from maillon.reference.tables import read_table

NODES = "classifications/data/title_nodes.parquet"
WORDS = "classifications/data/title_words.parquet"
#: The level of NAF classes in the table; goods have the level of their digits: 4, 6, 8.
ACTIVITY = 1

Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Titles:
    """Every code with a title, in one row of ``size`` places: headings, subheadings, CN codes, NAF classes.

    ``above`` is the place of the code one level up, -1 for none; ``other`` marks what remains ("autres"),
    ``parts`` titles of parts. ``words`` gives the slice of ``nodes`` and ``weights`` (0 to 1) of each word.
    """

    codes: tuple[str, ...]
    level: npt.NDArray[np.uint8]
    above: Places
    other: npt.NDArray[np.bool_]
    parts: npt.NDArray[np.bool_]
    words: Mapping[str, slice]
    nodes: Places
    weights: npt.NDArray[np.float32]

    @property
    def size(self) -> int:
        """The number of codes."""
        return len(self.codes)

    def span(self, level: int) -> slice:
        """Return the places of a level: they follow one another."""
        return _spans()[level]


@cache
def _spans() -> Mapping[int, slice]:
    found = {}
    for level in (ACTIVITY, 4, 6, 8):
        places = np.flatnonzero(titles().level == level)
        found[level] = slice(int(places[0]), int(places[-1]) + 1)
    return found


@cache
def titles() -> Titles:
    """Return the shipped titles, read once.

    >>> titles().codes[titles().span(4)][:2], titles().size
    (('0101', '0102'), 17449)
    """
    nodes, words = read_table(NODES), read_table(WORDS)
    runs = words["word"].rle()
    names, lengths = runs.struct.field("value").to_list(), runs.struct.field("len").to_numpy()
    ends = np.cumsum(lengths)
    starts = ends - lengths
    places = {w: slice(a, b) for w, a, b in zip(names, starts.tolist(), ends.tolist(), strict=True)}
    return Titles(
        tuple(nodes["code"].to_list()),
        nodes["level"].to_numpy(),
        nodes["above"].cast(int).fill_null(-1).to_numpy(),
        nodes["other"].to_numpy(),
        nodes["parts"].to_numpy(),
        places,
        words["node"].to_numpy().astype(np.int64),
        (words["weight"].to_numpy() / np.float32(100)).astype(np.float32),
    )
