"""Which offers to set free: where the relaxation could not decide, then around what the plan pays."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from maillon.method.plan.sourcing.arrays import Flags, Floats, Index, SourcingArrays
from maillon.method.plan.sourcing.decomposed.relaxation import Relaxation

#: Offers of each part that are set free at a time, the cheapest by the prices of the relaxation.
OFFERS_AT_A_TIME = 6
#: A share nearer than this to 0 or 1 is decided.
_DECIDED = 1e-6


def ranks(arrays: SourcingArrays, extra: Floats) -> Index:
    """Return the rank of each offer within its part, the cheapest by ``extra`` first."""
    order = np.lexsort((extra, arrays.part))
    first = np.searchsorted(arrays.part, np.arange(arrays.parts))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - first[arrays.part[order]]
    return rank


def undecided_parts(arrays: SourcingArrays, relaxation: Relaxation) -> Flags:
    """Return the parts with an offer that the relaxation uses in part only."""
    used = relaxation.used
    return np.bincount(arrays.part, (used > _DECIDED) & (used < 1 - _DECIDED), arrays.parts) > 0


def first_regions(
    arrays: SourcingArrays, relaxation: Relaxation, random: np.random.Generator
) -> Iterator[Flags]:
    """Yield wider and wider sets of offers to set free until a first plan is found (RENS, then more)."""
    undecided, rank = undecided_parts(arrays, relaxation), ranks(arrays, relaxation.extra)
    likely = (relaxation.share > _DECIDED) | (arrays.setup == 0) | arrays.forced
    # The fewer offers, the sooner the first plan: with 3 it came in half the time of 8, 0.06 % dearer.
    for offers in (3, OFFERS_AT_A_TIME + 2):
        yield undecided[arrays.part] & ((rank < offers) | likely)
    wider = undecided | (random.random(arrays.parts) < max(0.1, 2 * undecided.mean()))
    yield wider[arrays.part]
    yield (rank < OFFERS_AT_A_TIME) | likely
    yield np.ones(len(arrays.part), dtype=np.bool_)


def next_region(
    arrays: SourcingArrays,
    relaxation: Relaxation,
    share: Floats,
    turn: tuple[int, int],
    random: np.random.Generator,
) -> Flags:
    """Return the offers to set free at a turn (step, number of parts).

    In turn: undecided parts, by regret, by supplier, at random.
    Regret is what the plan pays beyond the prices of the relaxation; by supplier: the parts that most want
    one of a handful of suppliers drawn at random.
    """
    step, count = turn
    extra = np.where(np.isfinite(relaxation.extra), relaxation.extra, 0.0)
    key: Floats
    if step % 4 == 0:
        key = 10.0 * undecided_parts(arrays, relaxation) + random.gumbel(size=arrays.parts)
    elif step % 4 == 1:
        regret = np.bincount(arrays.part, np.maximum(extra, 0.0) * share, arrays.parts)
        key = np.log1p(regret) + random.gumbel(size=arrays.parts)
    elif step % 4 == 2:
        drawn = random.random(arrays.suppliers) < max(1 / 12, 3 / arrays.suppliers)
        wish = np.exp(-np.maximum(extra, 0.0) / (0.02 * arrays.spend + 50.0))
        wished = np.bincount(arrays.part, wish * drawn[arrays.supplier], arrays.parts)
        key = wished + 0.01 * random.random(arrays.parts)
    else:
        key = random.random(arrays.parts)
    chosen = np.zeros(arrays.parts, dtype=np.bool_)
    chosen[np.argsort(-key)[:count]] = True
    near = (ranks(arrays, relaxation.extra) < OFFERS_AT_A_TIME) | (share > 0)
    return chosen[arrays.part] & near
