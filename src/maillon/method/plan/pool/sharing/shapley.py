"""Shapley shares: each firm pays what it adds, on average over the orders in which firms may come.

p_j = mean over orders of c(those before j and j) - c(those before j). L. S. Shapley, "A value for n-person
games", Contributions to the Theory of Games II (1953); sampled by orders with their reverses (Castro, Gómez
& Tejada, Computers & Operations Research 36, 2009).
"""

from __future__ import annotations

import itertools
from math import factorial

import numpy as np
import numpy.typing as npt

from maillon.method.plan.pool.arrays import PoolArrays
from maillon.method.plan.pool.sharing.coalitions import Cancel, Shares, coalition_costs
from maillon.method.plan.pool.sharing.core_program import Flags, Floats

#: Up to so many firms every coalition is priced; beyond, orders are drawn.
EXACT_FIRMS = 12


def shapley_shares(
    arrays: PoolArrays,
    total: float,
    *,
    orders: int = 60,
    seed: int = 0,
    time_limit: float = 120.0,
    cancel: Cancel = None,
) -> Shares:
    """Return the Shapley shares of ``total`` (€): exact up to ``EXACT_FIRMS`` firms, else sampled with error.

    As a firm never adds more than it pays alone, no share exceeds that. ``orders`` pairs are drawn. Where
    ``total`` is more than the least cost (a plan that was asked to be robust), savings shrink in proportion.
    """
    firms = arrays.shape[1]
    asked, drawn = _every_coalition(firms) if firms <= EXACT_FIRMS else _drawn(firms, orders, seed)
    costs = coalition_costs(arrays, asked, time_limit=time_limit, cancel=cancel)
    none = np.zeros(firms)
    if not np.isfinite(costs).all():
        return Shares("same-saving", _scaled(none, arrays.alone, total), np.nan, proved=False, error=none)
    if drawn is None:
        exact = _scaled(exact_shapley(costs, firms), arrays.alone, total)
        return Shares("shapley", exact, np.nan, proved=True, error=none)
    paid, error = _sampled(costs, drawn, firms)
    return Shares("shapley", _scaled(paid, arrays.alone, total), np.nan, proved=False, error=error)


def _scaled(paid: Floats, alone: Floats, total: float) -> Floats:
    """Return shares that sum to ``total``: each firm keeps the same part of what it saved at ``paid``."""
    saved = np.maximum(alone - paid, 0.0)
    whole = float(saved.sum())
    return np.asarray(alone - saved * ((float(alone.sum()) - total) / whole if whole else 0.0))


def exact_shapley(costs: Floats, firms: int) -> Floats:
    """Return the shares from the cost of every coalition, numbered by its members as bits.

    The glove game (one left glove, two right ones; a pair is worth 1, here as a cost of -1) gives the owner
    of the left glove two thirds:

    >>> pairs = np.array([0, 0, 0, -1, 0, -1, 0, -1.0])
    >>> [round(float(share), 4) for share in exact_shapley(pairs, 3)]
    [-0.6667, -0.1667, -0.1667]
    """
    numbers = np.arange(1 << firms)
    size = np.array([number.bit_count() for number in range(1 << firms)])
    weight = np.array([factorial(k) * factorial(firms - k - 1) / factorial(firms) for k in range(firms)])
    shares = np.empty(firms)
    for firm in range(firms):
        before = numbers[(numbers >> firm) & 1 == 0]
        shares[firm] = weight[size[before]] @ (costs[before | (1 << firm)] - costs[before])
    return shares


def _every_coalition(firms: int) -> tuple[Flags, None]:
    return (np.arange(1 << firms)[:, None] >> np.arange(firms)) & 1 == 1, None


def _drawn(firms: int, orders: int, seed: int) -> tuple[Flags, npt.NDArray[np.intp]]:
    """Return the coalitions of the drawn orders, each once, and the orders; the last one is everybody."""
    draw = np.random.default_rng(seed)
    drawn = [draw.permutation(firms) for _ in range(orders)]
    every = np.array([each for order in drawn for each in (order, order[::-1])])
    met = dict.fromkeys(key for order in every for key in _prefixes(order))
    everybody = (1 << firms) - 1
    numbers = [number for number in met if number != everybody] + [everybody]
    flags = [[(number >> firm) & 1 == 1 for firm in range(firms)] for number in numbers]
    return np.array(flags, dtype=bool), every


def _prefixes(order: npt.NDArray[np.intp]) -> list[int]:
    return list(itertools.accumulate((1 << int(firm) for firm in order), initial=0))


def _sampled(costs: Floats, orders: npt.NDArray[np.intp], firms: int) -> tuple[Floats, Floats]:
    """Mean and 95 % half-width over pairs of an order and its reverse: the pairs are independent."""
    met = dict.fromkeys(key for order in orders for key in _prefixes(order))
    everybody = (1 << firms) - 1
    numbers = [number for number in met if number != everybody] + [everybody]
    cost = dict(zip(numbers, costs.tolist(), strict=True))
    added = np.empty((len(orders), firms))
    for row, order in enumerate(orders):
        prefixes = _prefixes(order)
        for place, firm in enumerate(order):
            added[row, firm] = cost[prefixes[place + 1]] - cost[prefixes[place]]
    pairs = added.reshape(-1, 2, firms).mean(axis=1)
    return pairs.mean(axis=0), 1.96 * pairs.std(axis=0, ddof=1) / np.sqrt(len(pairs))
