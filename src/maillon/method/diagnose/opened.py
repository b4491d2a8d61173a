"""Own values, every assembly opened: what each step adds, and how much of it can be local."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillon.core.place import TerritoryKind
from maillon.core.structure import Index
from maillon.method.diagnose.bought import reached
from maillon.method.diagnose.costs import CostedBom
from maillon.method.diagnose.levels import Flags, Floats, Levels
from maillon.method.diagnose.origins import Origins, fraction_ends


@dataclass(frozen=True, slots=True, eq=False)
class OpenedValues:
    """What one unit of each position adds (``own``, at the middle of its range), and its local fraction.

    ``mixed`` lists the assemblies whose price also covers parts that have none: what is left of that price
    (``rest``) is shared between them in an unknown way, so it is as local as the least and the most local of
    them (``rest_low``, ``rest_high``; mixed × territories).
    """

    own: Floats
    low: Floats
    high: Floats
    believed_low: Floats
    believed_high: Floats
    mixed: Index
    rest: Floats
    rest_low: Floats
    rest_high: Floats

    def remainder_ends(self) -> tuple[Floats, Floats]:
        """Return the local fraction of what is left of each price once the parts are paid, by position."""
        low, high = self.low.copy(), self.high.copy()
        low[self.mixed], high[self.mixed] = self.rest_low, self.rest_high
        return low, high


def opened_values(costed: CostedBom, origins: Origins) -> OpenedValues:
    """Take from each price what its parts cost, and find how local the difference can be."""
    costs, levels = costed.costs, costed.levels
    parts = parts_cost(costed, costs.mid)
    stated = stated_own(costed)
    left = np.where(costs.closed_by_price, np.maximum(costs.mid - parts - stated, 0.0), 0.0)
    mixed = np.flatnonzero(costs.mixed)
    own = np.where(levels.has_parts, stated + np.where(costs.mixed, 0.0, left), costs.mid)
    low, high = fraction_ends(origins, costed, believed=False)
    believed_low, believed_high = fraction_ends(origins, costed, believed=True)
    rest_low, rest_high = low[mixed], high[mixed]
    if mixed.size:
        inside_low, inside_high = _unpriced_ends(costed, low, high)
        # Where the firm states its own value, what is left of the price belongs to the parts alone.
        alone = ~np.isnan(costed.own[mixed])[:, None]
        rest_low = np.where(alone, inside_low[mixed], np.minimum(low[mixed], inside_low[mixed]))
        rest_high = np.where(alone, inside_high[mixed], np.maximum(high[mixed], inside_high[mixed]))
    return OpenedValues(own, low, high, believed_low, believed_high, mixed, left[mixed], rest_low, rest_high)


def stated_own(costed: CostedBom) -> Floats:
    """Return what the firm says it adds to one unit of each assembly; 0 where it says nothing."""
    return np.where(costed.levels.has_parts, np.nan_to_num(costed.own, nan=0.0), 0.0)


def parts_cost(costed: CostedBom, cost: Floats) -> Floats:
    """Return Σ q_k·c_k over the parts of each position, for a given cost of one unit of each."""
    levels = costed.levels
    quantity = np.nan_to_num(costed.usage_quantity, nan=0.0)
    total = np.bincount(levels.parent, weights=quantity * cost[levels.child], minlength=levels.size)
    return total.astype(np.float64)


def rest_placed(values: OpenedValues, origins: Origins) -> Flags:
    """Tell where the rest of a mixed price is established: all that it may pay for is on the same side."""
    world = np.array([t.kind is TerritoryKind.WORLD for t in origins.territories], dtype=np.bool_)
    return np.asarray((values.rest_low == values.rest_high) & ~world, dtype=np.bool_)


def opened_left_out(costed: CostedBom) -> int:
    """Count the lines that no price covers: none of their own, no quantity, no priced assembly around."""
    levels, costs = costed.levels, costed.costs
    bare = costs.incomplete & ~levels.has_parts
    unknown = np.isnan(costed.quantity)
    top = bare[levels.top] | unknown[levels.top_rows]
    met = reached(levels, ~costs.closed_by_price)[levels.parent] & ~costs.closed_by_price[levels.parent]
    inner = met & (bare[levels.child] | unknown[levels.rows])
    return int(top.sum() + inner.sum()) + len(levels.cyclic_rows)


def _unpriced_ends(costed: CostedBom, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Return for each position the least and most local of the parts below it that have no cost."""
    levels, costs = costed.levels, costed.costs
    everything = _hull(levels, (low, high), np.ones(len(levels.rows), dtype=np.bool_), None)
    bare = costs.incomplete & ~levels.has_parts
    none = np.where(bare[:, None], low, np.inf), np.where(bare[:, None], high, -np.inf)
    uncounted = np.isnan(costed.usage_quantity)
    return _hull(levels, none, costs.incomplete[levels.child], (uncounted, everything))


def _hull(
    levels: Levels,
    seed: tuple[Floats, Floats],
    through: Flags,
    whole: tuple[Flags, tuple[Floats, Floats]] | None,
) -> tuple[Floats, Floats]:
    """Carry the extremes of ``seed`` up the usages ``through``; ``whole`` usages bring all their parts."""
    low, high = seed[0].copy(), seed[1].copy()
    for _, using in levels.upward():
        kept = np.flatnonzero(through[using]) + using.start
        np.minimum.at(low, levels.parent[kept], low[levels.child[kept]])
        np.maximum.at(high, levels.parent[kept], high[levels.child[kept]])
        if whole is not None:
            marked, (all_low, all_high) = whole
            kept = np.flatnonzero(marked[using]) + using.start
            np.minimum.at(low, levels.parent[kept], all_low[levels.child[kept]])
            np.maximum.at(high, levels.parent[kept], all_high[levels.child[kept]])
    return low, high
