"""How sure a mean is: bootstrap intervals and paired permutation tests, by cluster.

Designations with the same part noun rise and fall together, and so do the same designations asked in two
départements: the unit that is drawn again, or whose sign is turned, is the noun, not the query. Intervals by
query would be too narrow.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_REPLICATES = 2_000
_TURNS = 10_000
_SEED = 20_261_123


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and the bounds of its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def estimate_mean(values: Sequence[float], clusters: Sequence[Hashable]) -> Interval:
    """Return the mean of ``values`` with its bootstrap 95 % interval (percentiles), drawing whole clusters.

    >>> estimate_mean([0.5, 0.5, 0.5], ["a", "a", "b"])
    Interval(value=0.5, low=0.5, high=0.5)
    """
    sums, counts = _by_cluster(values, clusters)
    drawn = _draws(len(counts))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    return _interval(float(sums.sum() / counts.sum()), means)


def estimate_ratio(ours: Sequence[float], theirs: Sequence[float], clusters: Sequence[Hashable]) -> Interval:
    """Return the ratio of two means over the same queries, with its paired bootstrap 95 % interval.

    >>> estimate_ratio([0.8, 0.6], [0.4, 0.3], ["a", "b"])
    Interval(value=2.0, low=2.0, high=2.0)
    """
    our, _ = _by_cluster(ours, clusters)
    their, _ = _by_cluster(theirs, clusters)
    drawn = _draws(len(our))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = our[drawn].sum(axis=1) / their[drawn].sum(axis=1)
        value = float(our.sum() / their.sum())
    return _interval(value, ratios)


def compare_pairs(ours: Sequence[float], theirs: Sequence[float], clusters: Sequence[Hashable]) -> float:
    """Return the two-sided p of "no difference" by a paired permutation test: signs turned by cluster.

    ``p = (1 + turns at least as far from 0) / (1 + turns)`` (Phipson and Smyth 2010: never 0). With few
    clusters it cannot be small: two clusters give 0.5 at least.

    >>> compare_pairs([0.4, 0.2], [0.4, 0.2], ["a", "b"])
    1.0
    """
    differences, _ = _by_cluster(np.subtract(ours, theirs), clusters)
    generator = np.random.default_rng(_SEED)
    signs = generator.choice([-1.0, 1.0], size=(_TURNS, len(differences)))
    observed = abs(differences.sum())
    as_far = int((np.abs(signs @ differences) >= observed - 1e-12).sum())
    return (1 + as_far) / (1 + _TURNS)


def _by_cluster(
    values: Sequence[float] | NDArray[np.float64], clusters: Sequence[Hashable]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if len(values) != len(clusters) or not len(values):
        raise ValueError(f"{len(values)} values for {len(clusters)} clusters")
    places: dict[Hashable, int] = {}
    index = [places.setdefault(cluster, len(places)) for cluster in clusters]
    sums = np.zeros(len(places))
    np.add.at(sums, index, np.asarray(values, dtype=np.float64))
    return sums, np.bincount(index, minlength=len(places)).astype(np.float64)


def _draws(clusters: int) -> NDArray[np.int64]:
    return np.random.default_rng(_SEED).integers(0, clusters, size=(_REPLICATES, clusters))


def _interval(value: float, drawn: NDArray[np.float64]) -> Interval:
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return Interval(round(value, 12), round(float(low), 12), round(float(high), 12))
