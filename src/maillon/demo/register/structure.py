"""Which establishments belong to which firm.

Rows are numbered from 0. Within each block of 64 a row begins a new firm by chance, so most firms have one
establishment, some several, and in one block of 150 a firm has dozens. A firm is known by the rank of its
first establishment.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillon.demo.register.draws import Dice, Ranks

BLOCK = 64

_NEW_FIRM = 0.70
_NEW_FIRM_OF_GROUPS = 0.04
_GROUPS = 1 / 150
_FIRST_IS_HEAD_OFFICE = 0.8


@dataclass(frozen=True, slots=True)
class Structure:
    """For each row: its rank, the rank of its firm, its place in the firm (from 1), how many the firm has."""

    ranks: Ranks
    firms: Ranks
    places: Ranks
    sizes: Ranks
    head_places: Ranks  # which place is the head office


def draw_structure(dice: Dice, start: int, stop: int) -> Structure:
    """Return the rows ``start`` to ``stop`` − 1; ``start`` is a multiple of ``BLOCK``."""
    ranks = np.arange(start, stop, dtype=np.int64)
    groups = dice.happens("group", ranks // BLOCK, _GROUPS)
    chance = np.where(groups, _NEW_FIRM_OF_GROUPS, _NEW_FIRM)
    begins = dice.happens("new firm", ranks, chance) | (ranks % BLOCK == 0)
    firms = np.maximum.accumulate(np.where(begins, ranks, 0))
    _, inverse, counts = np.unique(firms, return_inverse=True, return_counts=True)
    sizes = counts[inverse].astype(np.int64)
    first = dice.happens("head office", firms, _FIRST_IS_HEAD_OFFICE)
    return Structure(ranks, firms, ranks - firms + 1, sizes, np.where(first, 1, sizes))
