"""Chance by number: the draw of a row depends on the seed, the topic and the row's number alone.

So any stretch of rows can be drawn alone, and a file is the same whatever the stretches it is written in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

Ranks = NDArray[np.int64]
Floats = NDArray[np.float64]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


@dataclass(frozen=True, slots=True)
class Dice:
    """Draws of one seed. ``ranks`` are numbers of rows; equal ranks give equal draws on a topic."""

    seed: int

    def uniform(self, topic: str, ranks: Ranks) -> Floats:
        """Return a number in [0, 1) for each rank: splitmix64 of the rank, keyed by seed and topic.

        >>> Dice(1).uniform("size", np.array([5, 6, 5])).round(3).tolist()
        [0.028, 0.474, 0.028]
        """
        digest = blake2b(f"{self.seed}/{topic}".encode(), digest_size=8).digest()
        key = np.uint64(int.from_bytes(digest, "little"))
        mixed = key + (ranks.astype(np.uint64) + np.uint64(1)) * _STEP
        mixed = (mixed ^ (mixed >> np.uint64(30))) * _FIRST
        mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
        mixed ^= mixed >> np.uint64(31)
        return (mixed >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def happens(self, topic: str, ranks: Ranks, chance: float | Floats) -> NDArray[np.bool_]:
        """Return whether an event of probability ``chance`` happens, for each rank."""
        return self.uniform(topic, ranks) < chance

    def index(self, topic: str, ranks: Ranks, size: int | Ranks) -> Ranks:
        """Return a number from 0 to ``size`` − 1 for each rank, all alike."""
        drawn: Ranks = (self.uniform(topic, ranks) * size).astype(np.int64)
        return drawn

    def weighted(self, topic: str, ranks: Ranks, weights: Floats) -> Ranks:
        """Return the place of one of ``weights`` for each rank, as often as it weighs."""
        reach = np.cumsum(weights) / np.sum(weights)
        found: Ranks = np.searchsorted(reach, self.uniform(topic, ranks), side="right")
        return np.minimum(found, len(weights) - 1)

    def words(self, topic: str, ranks: Ranks, words: Sequence[str]) -> pl.Series:
        """Return one of ``words`` for each rank, all alike."""
        return take(words, self.index(topic, ranks, len(words)))

    def normal(self, topic: str, ranks: Ranks) -> Floats:
        """Return a standard normal number for each rank (Box and Muller)."""
        first = 1.0 - self.uniform(f"{topic}/radius", ranks)
        second = self.uniform(f"{topic}/angle", ranks)
        return np.asarray(np.sqrt(-2.0 * np.log(first)) * np.cos(2.0 * np.pi * second))


def take(values: Sequence[Any], places: Ranks) -> pl.Series:
    """Return the value at each place; a place of −1 gives null."""
    table = pl.Series([*values, None])
    return table.gather(np.where(places < 0, len(values), places))
