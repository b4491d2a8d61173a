"""Uncertain costs: a share as a ratio of two sums that are linear in every price."""

from __future__ import annotations

import numpy as np

from maillon.method.diagnose.bought import BoughtLines, top_seed
from maillon.method.diagnose.bounds import Ratio
from maillon.method.diagnose.costs import CostedBom
from maillon.method.diagnose.levels import Flags, Floats, add_at
from maillon.method.diagnose.opened import OpenedValues
from maillon.method.diagnose.origins import Origins


def has_ranges(costed: CostedBom) -> bool:
    """Tell whether any price is a range."""
    low, high = costed.price_low, costed.price_high
    return bool((high > low).any())


def opened_ratio(costed: CostedBom, values: OpenedValues, used: Floats) -> Ratio:
    """Return the value-added share as a ratio over all prices.

    With C_n = c_n·LC_n: an assembly closed by its price p has c_n = p and
    C_n = ρ·(p - own - Σ q_k·c_k) + ℓ·own + Σ q_k·C_k; any other has C_n = ℓ·own + Σ q_k·C_k and
    c_n = own + Σ q_k·c_k. The derivatives of the numerator with respect to each c_k follow from the top down.
    Every origin can be set to its end first: a price closes an assembly only where it exceeds all that its
    parts may cost, so what is left is never negative.
    """
    closed = costed.costs.closed_by_price
    rest_low, rest_high = values.remainder_ends()
    count = values.low.shape[1]
    ends = np.hstack([values.low, values.high])
    rest = np.hstack([rest_low, rest_high])
    seed = np.zeros((costed.levels.size, 1 + 2 * count))
    seed[:, 0] = top_seed(costed)
    taken = np.where(closed[:, None], -rest * used[:, None], 0.0)
    slope = _slopes(costed, seed, np.hstack([np.zeros((len(taken), 1)), taken]))
    price_slope = slope.copy()
    price_slope[:, 1:] += np.where(closed[:, None], rest, ends) * used[:, None]
    own_slope = np.where(closed[:, None], 0.0, slope)
    own_slope[:, 1:] += np.where(closed[:, None], ends - rest, ends) * used[:, None]
    settled = _settled_by_price(costed)[:, None]
    return _ratio(costed, np.where(settled, price_slope, 0.0), own_slope, count)


def purchase_ratio(costed: CostedBom, bought: BoughtLines, origins: Origins) -> Ratio:
    """Return the origin-binary share as a ratio over all prices: what is bought counts whole."""
    count = len(origins.territories)
    bought_units = np.zeros(costed.levels.size)
    add_at(bought_units, bought.position, np.where(np.isnan(bought.spend), 0.0, bought.multiple))
    local = np.hstack([origins.established == 1, origins.established != 0]).astype(np.float64)
    direct = np.hstack([np.ones((len(local), 1)), local]) * bought_units[:, None]
    paid = ~np.isnan(costed.price_low)[:, None]
    slope = _slopes(costed, np.where(paid, 0.0, direct), np.zeros_like(direct))
    price = np.where(_settled_by_price(costed)[:, None], slope, 0.0) + np.where(paid, direct, 0.0)
    own = np.where(costed.costs.closed_by_price[:, None], 0.0, slope)
    return _ratio(costed, price, own, count)


def _slopes(costed: CostedBom, seed: Floats, taken: Floats) -> Floats:
    """Spread derivatives with respect to costs from users to parts.

    An assembly closed by its price passes on ``taken`` only, any other what it holds.
    """
    levels, closed = costed.levels, costed.costs.closed_by_price
    quantity = np.nan_to_num(costed.usage_quantity, nan=0.0)[:, None]
    held = seed.copy()
    for _, using in levels.downward():
        parent = levels.parent[using]
        passed = np.where(closed[parent, None], taken[parent], held[parent])
        add_at(held, levels.child[using], quantity[using] * passed)
    return held


def _settled_by_price(costed: CostedBom) -> Flags:
    """Tell where the price is the cost: priced parts, and assemblies closed by their price."""
    part = ~costed.levels.has_parts & ~np.isnan(costed.price_low)
    return np.asarray(part | costed.costs.closed_by_price, dtype=np.bool_)


def _ratio(costed: CostedBom, price: Floats, own: Floats, count: int) -> Ratio:
    """Return the ratio over the prices, then over the values that the firm states, which are certain."""
    slope = np.vstack([price, own])
    low, high = (np.nan_to_num(end, nan=0.0) for end in (costed.price_low, costed.price_high))
    stated = np.where(~costed.levels.has_parts & ~np.isnan(costed.price_low), 0.0, costed.own)
    certain = np.nan_to_num(stated, nan=0.0)
    return Ratio(
        low=np.concatenate([low, certain]),
        high=np.concatenate([high, certain]),
        denominator=slope[:, 0],
        numerator_low=slope[:, 1 : 1 + count],
        numerator_high=slope[:, 1 + count :],
    )
