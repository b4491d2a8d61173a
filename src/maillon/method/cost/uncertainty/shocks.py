"""The common random numbers: one set for everything, one for each part, one for each offer.

A stream is named after what it draws, so a part keeps its numbers whatever else is drawn beside it, and both
offers for a part see the same market, the same mass, the same demand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from maillon.method.cost.customs import Array
from maillon.method.cost.uncertainty.correlations import Correlations, factor_root
from maillon.method.cost.uncertainty.scopes import SCOPE_OF, Scope, names_in

Levels = npt.NDArray[np.uint16]

#: Ranks of a part's own factors fall on so many equal steps: their tables stay in the processor's cache, and
#: a rank is off by at most 1/8192, where 10,000 draws leave a standard error of 1/459 on the 5 % quantile.
LEVELS = 4_096
_REACH = 5.0  # normal scores beyond fall on the outer levels, which start at 3.5
_STEPS = 1 << 16


@dataclass(frozen=True, slots=True)
class Shocks:
    """What all parts share in each draw, and the streams of the rest.

    ``ranks``: rank in (0, 1) of each factor drawn everywhere, by name, shape (draws,): each is a shuffle of
    the midpoints of as many equal strata, correlated as asked. ``root`` ties the normal scores of the
    correlated factors ``tied`` (everywhere first, then part, then offer) to independent ones, of which
    ``scores`` are those drawn everywhere.
    """

    draws: int
    seed: int
    ranks: Mapping[str, Array]
    tied: tuple[str, ...]
    root: Array
    scores: Array

    def part(self, name: str) -> tuple[Levels, Array]:
        """Return the levels of the factors of a part, one row each, and its independent scores."""
        return self._draw(Scope.PART, (name,), self.scores)

    def offer(self, name: str, label: str, part_scores: Array) -> Levels:
        """Return the levels of the factors of the offer ``label`` for a part, one row each."""
        return self._draw(Scope.OFFER, (name, label), part_scores)[0]

    def _draw(self, scope: Scope, key: Sequence[str], known: Array) -> tuple[Levels, Array]:
        names = names_in(scope)
        levels = _raw_levels((self.seed, *map(_number, (scope, *key))), len(names), self.draws)
        tied = [name for name in self.tied if SCOPE_OF[name] is scope]
        if not tied:
            return levels, known
        rows = [names.index(name) for name in tied]
        first = known.shape[0]
        scores = np.vstack((known, _normal_scores()[levels[rows]]))
        levels[rows] = _levels_at(self.root[first : first + len(rows), : first + len(rows)] @ scores)
        return levels, scores


def draw_shocks(draws: int, seed: int, correlations: Correlations) -> Shocks:
    """Return the shocks of ``draws`` draws, the same ones for the same seed."""
    order = list(Scope)
    tied = tuple(sorted(correlations.names, key=lambda name: order.index(SCOPE_OF[name])))
    places = [correlations.names.index(name) for name in tied]
    root = factor_root(correlations.matrix[np.ix_(places, places)]) if tied else np.zeros((0, 0))
    names = names_in(Scope.EVERYWHERE)
    scores = np.random.default_rng([seed, _number(Scope.EVERYWHERE)]).standard_normal((len(names), draws))
    rows = [names.index(name) for name in tied if SCOPE_OF[name] is Scope.EVERYWHERE]
    own = scores[rows]
    scores[rows] = root[: len(rows), : len(rows)] @ own
    return Shocks(draws, seed, dict(zip(names, strata(scores), strict=True)), tied, root, own)


def strata(scores: Array) -> Array:
    """Return the ranks of each row as midpoints of equal strata, in the order of its scores.

    The marginal is exact whatever the number of draws (McKay, Beckman & Conover 1979, Latin hypercube; order
    by normal scores: Iman & Conover 1982).

    >>> strata(np.array([[0.3, -1.2, 2.0, 0.9]])).tolist()
    [[0.375, 0.125, 0.875, 0.625]]
    """
    order = np.argsort(np.argsort(scores, axis=1, kind="stable"), axis=1, kind="stable")
    return np.asarray((order + 0.5) / scores.shape[1])


def _number(word: str) -> int:
    """Return a number for a name that is the same on every machine and in every run."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def _raw_levels(key: Sequence[int], rows: int, draws: int) -> Levels:
    """Return uniform levels, four to each 64-bit number of the stream of ``key``."""
    words = -(-rows * draws // 4)
    raw = np.random.SFC64(np.random.SeedSequence(list(key))).random_raw(words)
    levels = raw.view(np.uint16)[: rows * draws].reshape(rows, draws)
    levels >>= 4  # 65,536 values onto 4,096 levels
    return levels


@cache
def level_ranks() -> Array:
    """Return the rank in (0, 1) of each level: the midpoint of its step."""
    return np.asarray((np.arange(LEVELS) + 0.5) / LEVELS)


@cache
def _normal_scores() -> Array:
    """Return the normal score of each level."""
    quantile = NormalDist().inv_cdf
    half = np.array([quantile(float(rank)) for rank in level_ranks()[: LEVELS // 2]])
    return np.concatenate((half, -half[::-1]))


@cache
def _score_levels() -> Levels:
    """Return the level of each step of score, at its middle."""
    scores = (np.arange(_STEPS) + 0.5) * (2.0 * _REACH / _STEPS) - _REACH
    edges = [NormalDist().inv_cdf(step / LEVELS) for step in range(1, LEVELS)]
    return np.searchsorted(np.array(edges), scores).astype(np.uint16)


def _levels_at(scores: Array) -> Levels:
    steps = (scores + _REACH) * (_STEPS / (2.0 * _REACH))
    return _score_levels()[np.clip(steps, 0, _STEPS - 1).astype(np.intp)]
