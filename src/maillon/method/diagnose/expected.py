"""The central estimate: what the unknown would be if it were like the known."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from maillon.method.diagnose.levels import Flags, Floats

Codes = npt.NDArray[np.int64]
#: The group of each term (-1: none) and how many known terms a group needs, by country then by family.
Groups = tuple[tuple[Codes, int], tuple[Codes, int]]


def expected_shares(
    weight: Floats, ends: tuple[Floats, Floats], country: Codes, family: Codes, family_lines: int
) -> Floats:
    """Return the expected share of each territory; NaN where nothing at all is known.

    Assumption: a term of unknown origin is local like the known terms of its family, by weight, where at
    least ``family_lines`` of them are known, else like all known terms. A term whose country is known, but
    not its place in it, is local like the known terms of that country.

    >>> import numpy as np
    >>> low, high = np.array([[1.0], [0.0], [0.0]]), np.array([[1.0], [0.0], [1.0]])
    >>> nowhere = np.full(3, -1)
    >>> expected_shares(np.array([30.0, 10.0, 40.0]), (low, high), nowhere, nowhere, 3)
    array([0.75])
    """
    low, high = ends
    total = weight.sum()
    if total <= 0:
        return np.full(low.shape[1], np.nan)
    groups = ((country, 1), (family, family_lines))
    chance = np.column_stack([_chance(weight, low[:, t], high[:, t], groups) for t in range(low.shape[1])])
    width = high - low
    drawn = np.where(width > 0, width * chance, 0.0)
    return np.asarray(weight @ (low + drawn) / total)


def _chance(weight: Floats, low: Floats, high: Floats, groups: Groups) -> Floats:
    """Return for each term the share of its pool that is local; it matters only where the term is unknown."""
    known = high - low < 1e-12
    (country, fewest), (family, least) = groups
    chance = np.full(len(weight), _pool_share(weight, low, known))
    for group, enough, asked in ((country, fewest, country >= 0), (family, least, country < 0)):
        chosen = asked & ~known & (group >= 0)
        if chosen.any():
            share = _grouped_share(weight, low, known, (group, enough))
            chance = np.where(chosen & ~np.isnan(share), share, chance)
    return chance


def _pool_share(weight: Floats, local: Floats, known: Flags) -> float:
    total = float(weight[known].sum())
    return float((weight * local)[known].sum()) / total if total > 0 else float("nan")


def _grouped_share(weight: Floats, local: Floats, known: Flags, pool: tuple[Codes, int]) -> Floats:
    """Return the local share of each term's group; NaN where too few of it are known."""
    group, least = pool
    size = int(group.max(initial=-1)) + 2
    slot = group + 1
    kept = known & (group >= 0)
    total = np.bincount(slot[kept], weights=weight[kept], minlength=size)
    inside = np.bincount(slot[kept], weights=(weight * local)[kept], minlength=size)
    lines = np.bincount(slot[kept & (weight > 0)], minlength=size)
    share = np.divide(inside, total, out=np.full(size, np.nan), where=(total > 0) & (lines >= least))
    return np.asarray(share[slot])
