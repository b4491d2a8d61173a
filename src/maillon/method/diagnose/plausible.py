"""Figures too large to be meant: a slip of the keyboard must not drown the rest, nor overflow."""

from __future__ import annotations

import numpy as np

from maillon.method.diagnose.levels import Floats, Levels, add_at, sum_by_user

#: No firm pays this much, nor puts this many of a part into a product.
ABSURD = 1e15


def drop_absurd_quantities(levels: Levels, quantity: Floats) -> tuple[Floats, int]:
    """Return the quantities (one for each line) without those that multiply into more than ``ABSURD`` parts.

    Both ways are held: parts below one unit of an item, and units of an item in the product. A quantity that
    breaks either becomes unknown (NaN); their number is returned too.
    """
    kept = quantity.copy()
    top, inner = kept[levels.top_rows], kept[levels.rows]
    inside = np.ones(levels.size)
    for at, using in levels.upward():
        parts = _times(inner, using, inside[levels.child[using]])
        inside[at] = np.maximum(1.0, sum_by_user(levels, at, using, parts))
    slots = slice(0, len(top))
    used = np.zeros(levels.size)
    _times(top, slots, inside[levels.top])
    add_at(used, levels.top, np.nan_to_num(top, nan=0.0))
    for _, using in levels.downward():
        add_at(used, levels.child[using], _times(inner, using, used[levels.parent[using]]))
    kept[levels.top_rows], kept[levels.rows] = top, inner
    return kept, int((np.isnan(kept) & ~np.isnan(quantity)).sum())


def _times(quantity: Floats, at: slice, other: Floats) -> Floats:
    """Multiply some quantities by ``other``; those whose product is absurd become unknown and give 0."""
    product = np.nan_to_num(quantity[at], nan=0.0) * other
    absurd = product > ABSURD
    quantity[at] = np.where(absurd, np.nan, quantity[at])
    return np.where(absurd, 0.0, product)
