"""Rolling costs up: what one unit of each item costs, from its parts and what is added to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from maillon.core.bom import Bom
from maillon.core.reason import Reason
from maillon.method.diagnose.assumptions import DEFAULT_ASSUMPTIONS, DiagnoseAssumptions
from maillon.method.diagnose.items import item_table
from maillon.method.diagnose.levels import Flags, Floats, Levels, level_structure, sum_by_user
from maillon.method.diagnose.plausible import drop_absurd_quantities
from maillon.method.diagnose.prices import price_lines
from maillon.method.diagnose.reasons import counted

#: Prices and sums of parts are equal below this relative difference: files round their subtotals.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class RolledCosts:
    """Costs of one unit of each item, by position, as ranges.

    ``low`` and ``high`` are what is known of its cost. ``closed_by_price`` marks the assemblies whose price
    settles their cost: their own value is that price less their parts. ``incomplete`` marks the items of
    which some part has neither price nor enclosing price; ``mixed`` the assemblies closed by a price although
    such a part is inside. ``set_aside`` marks the assemblies whose price is below what their parts may cost.
    """

    low: Floats
    high: Floats
    closed_by_price: Flags
    incomplete: Flags
    mixed: Flags
    set_aside: Flags

    @property
    def mid(self) -> Floats:
        """Middle of each range."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True, eq=False)
class CostedBom:
    """A bill of materials with its structure, items and rolled-up costs: what every measure starts from.

    ``items`` has one row for each position; ``quantity`` gives the quantity of each line (NaN: unknown), and
    ``usage_quantity`` that of each usage below the top level.
    """

    bom: Bom
    assumptions: DiagnoseAssumptions
    levels: Levels
    items: pl.DataFrame
    quantity: Floats
    costs: RolledCosts
    currency: str
    annual: bool
    reasons: tuple[Reason, ...]

    @property
    def usage_quantity(self) -> Floats:
        """Quantity of each usage below the top level; NaN where unknown."""
        return self.quantity[self.levels.rows]

    @property
    def price_low(self) -> Floats:
        """Lower end of the price of each item; NaN where it has none."""
        return floats(self.items["low"])

    @property
    def price_high(self) -> Floats:
        """Upper end of the price of each item; NaN where it has none."""
        return floats(self.items["high"])

    @property
    def own(self) -> Floats:
        """What the firm itself adds to one unit of each item; NaN where not stated."""
        return floats(self.items["own"])


def floats(column: pl.Series) -> Floats:
    """Return a column as numbers, NaN where null."""
    return column.cast(pl.Float64).fill_null(float("nan")).to_numpy()


def cost_bom(bom: Bom, assumptions: DiagnoseAssumptions = DEFAULT_ASSUMPTIONS) -> CostedBom:
    """Price the lines and roll their costs up: c_n = v_n + Σ q_k·c_k (methods-economics §2).

    v_n is the declared ``own_value`` of an assembly, else its price less its parts, else 0 (counted in the
    reasons). Lines on or below a cycle are excluded and counted.

    >>> from maillon.core.bom import bom_from
    >>> bom = bom_from({"parent": [None, 1, 1], "quantity": [1, 2, 3], "unit_price": [None, 10.0, 5.0]})
    >>> cost_bom(bom).costs.low.tolist()
    [35.0, 10.0, 5.0]
    """
    levels = level_structure(bom.structure())
    prices = price_lines(bom, assumptions)
    items, merged = item_table(bom, prices, levels)
    quantity, absurd = drop_absurd_quantities(levels, floats(prices.frame["quantity"]))
    costs = _roll_up(levels, quantity[levels.rows], items)
    reasons = (
        *prices.reasons,
        *merged,
        *counted("cyclic_lines", len(levels.cyclic_rows)),
        *counted("absurd_quantities", absurd),
        *counted("price_below_parts", int(costs.set_aside.sum())),
        *counted("own_value_missing", _without_own_value(levels, items, costs)),
    )
    return CostedBom(
        bom, assumptions, levels, items, quantity, costs, prices.currency, prices.annual, reasons
    )


def as_costed(bom: Bom | CostedBom, assumptions: DiagnoseAssumptions) -> CostedBom:
    """Return the costed form of a bill of materials, computing it only where it is not given."""
    return bom if isinstance(bom, CostedBom) else cost_bom(bom, assumptions)


def _roll_up(levels: Levels, quantity: Floats, items: pl.DataFrame) -> RolledCosts:
    price_low, price_high, own = floats(items["low"]), floats(items["high"]), floats(items["own"])
    priced, assembly = ~np.isnan(price_low), levels.has_parts
    declared = ~np.isnan(own) & (assembly | ~priced)  # the price of a part holds all its value
    low, high = np.where(declared, own, 0.0), np.where(declared, own, 0.0)
    incomplete = ~assembly & ~priced & ~declared
    closed, mixed, aside = (np.zeros_like(assembly) for _ in range(3))
    known = np.nan_to_num(quantity, nan=0.0)
    for at, using in levels.upward():
        child = levels.child[using]
        low[at] += sum_by_user(levels, at, using, known[using] * low[child])
        high[at] += sum_by_user(levels, at, using, known[using] * high[child])
        missing = (incomplete[child] | np.isnan(quantity[using])).astype(np.float64)
        incomplete[at] |= sum_by_user(levels, at, using, missing) > 0
        by_price = priced[at] & (~declared[at] | (assembly[at] & incomplete[at]))
        holds = price_low[at] >= high[at] * (1 - ROUNDING)
        closed[at] = by_price & holds & assembly[at]
        aside[at] = by_price & ~holds
        taken = by_price & holds
        mixed[at] = closed[at] & incomplete[at]
        low[at] = np.where(taken, price_low[at], low[at])
        high[at] = np.where(taken, price_high[at], high[at])
        incomplete[at] &= ~taken
    return RolledCosts(low, high, closed, incomplete, mixed, aside)


def _without_own_value(levels: Levels, items: pl.DataFrame, costs: RolledCosts) -> int:
    stated = items["own"].is_not_null().to_numpy()
    return int((levels.has_parts & ~stated & ~costs.closed_by_price).sum())
