"""Which lines are bought, and for how much: assemblies bought whole are not opened."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from maillon.core.structure import Index
from maillon.method.diagnose.costs import CostedBom, floats
from maillon.method.diagnose.items import MAKING
from maillon.method.diagnose.levels import Flags, Floats, Levels, add_at, push_down

#: Any of these names whoever sells or makes an assembly: it is not the firm's own.
WHO = ("supplier", "supplier_id", "manufacturer", "supplier_country")


@dataclass(frozen=True, slots=True, eq=False)
class BoughtLines:
    """The lines that the firm buys, in the order of the file.

    ``row`` is the row in ``bom.lines``, ``position`` the item bought, ``multiple`` how many of it go into the
    product (or are bought in a year), ``spend`` what they cost, in the main currency; NaN where unknown.
    ``partly`` marks the assemblies bought without a price, valued by those of their parts that have one.
    """

    row: Index
    position: Index
    multiple: Floats
    spend: Floats
    partly: Flags

    def __len__(self) -> int:
        """Count the bought lines."""
        return len(self.row)


def bought_lines(costed: CostedBom) -> BoughtLines:
    """Find the bought lines: parts, and assemblies bought whole, that no other bought assembly contains.

    An assembly is bought whole when the file names its supplier or manufacturer, or its making site while it
    declares no ``own_value`` of the firm. What stands below it is part of its price. The product itself,
    alone at the top level, is never bought whole. A line that only holds an ``own_value`` is the firm's own
    work.

    >>> from maillon.core.bom import bom_from
    >>> from maillon.method.diagnose.costs import cost_bom
    >>> bom = bom_from({"parent": [None, 1, 2], "quantity": [1, 2, 3], "unit_price": [None, 50.0, 4.0],
    ...                 "supplier": [None, "Moteurs réunis", None]})
    >>> bought_lines(cost_bom(bom)).spend.tolist()
    [100.0]
    """
    levels = costed.levels
    whole = bought_whole(costed)
    closed = whole | (~levels.has_parts & ~_own_work(costed))
    met = reached(levels, ~whole)
    factor = np.where(whole[levels.parent], 0.0, np.nan_to_num(costed.usage_quantity, nan=0.0))
    multiple = push_down(levels, top_seed(costed), factor)
    inner = met[levels.parent] & ~whole[levels.parent] & closed[levels.child]
    top = closed[levels.top]
    rows = np.concatenate([levels.top_rows[top], levels.rows[inner]])
    times = np.concatenate([np.ones(int(top.sum())), multiple[levels.parent[inner]]])
    order = np.argsort(rows)
    rows, times = rows[order], times[order] * costed.quantity[rows[order]]
    position = levels.row_position[rows]
    price, partly = purchase_price(costed)
    return BoughtLines(rows, position, times, times * price[position], partly[position])


def bought_whole(costed: CostedBom) -> Flags:
    """Tell for each position whether it is an assembly bought whole."""
    who = pl.any_horizontal(pl.col(WHO).is_not_null())
    where = pl.any_horizontal(pl.col(MAKING).is_not_null()) & pl.col("own").is_null()
    named = costed.items.select(who | where).to_series().to_numpy()
    levels = costed.levels
    whole = np.asarray(levels.has_parts & named, dtype=np.bool_)
    if len(np.unique(levels.top)) == 1:
        whole[levels.top] = False  # the product itself: the firm makes it, whatever its line says
    return whole


def _own_work(costed: CostedBom) -> Flags:
    """Tell for each position whether it is work of the firm itself: value of its own, and no price."""
    work = pl.col("own").is_not_null() & pl.col("low").is_null()
    return np.asarray(costed.items.select(work).to_series().to_numpy(), dtype=np.bool_)


def purchase_price(costed: CostedBom) -> tuple[Floats, Flags]:
    """Return what one unit of each position costs to buy (middle of its range), and where that is partial.

    The price paid where there is one, else the cost of the parts; NaN where nothing is known.
    """
    paid = (costed.price_low + costed.price_high) / 2
    rolled, incomplete = costed.costs.mid, costed.costs.incomplete
    unpriced = np.isnan(paid)
    partly = unpriced & incomplete & (rolled > 0)
    known = np.where(incomplete & ~partly, np.nan, rolled)
    return np.where(unpriced, known, paid), partly


def top_seed(costed: CostedBom) -> Floats:
    """Return how many of each position the top level uses; 0 elsewhere and where the quantity is unknown."""
    seed = np.zeros(costed.levels.size)
    add_at(seed, costed.levels.top, np.nan_to_num(costed.quantity[costed.levels.top_rows], nan=0.0))
    return seed


def reached(levels: Levels, opened: Flags) -> Flags:
    """Tell which positions are met from the top when only ``opened`` ones are opened."""
    met = np.zeros(levels.size, dtype=np.bool_)
    met[levels.top] = True
    for _, usages in levels.downward():
        parent = levels.parent[usages]
        met[levels.child[usages][met[parent] & opened[parent]]] = True
    return met


def unit_mass(costed: CostedBom) -> Floats:
    """Return the mass in kg of one unit of each position: its own, else that of its parts; NaN if unknown.

    One unit of what is counted in kilograms weighs one kilogram.
    """
    stated = costed.items.select(
        pl.coalesce(pl.when(pl.col("mass") > 0).then("mass"), pl.when(pl.col("unit") == "kg").then(1.0))
    ).to_series()
    mass, levels, quantity = floats(stated).copy(), costed.levels, costed.usage_quantity
    assembly = levels.has_parts
    for at, usages in levels.upward():
        parts = np.bincount(
            levels.parent[usages] - at.start,
            weights=quantity[usages] * mass[levels.child[usages]],
            minlength=at.stop - at.start,
        )
        mass[at] = np.where(np.isnan(mass[at]) & assembly[at], parts, mass[at])
    return mass
