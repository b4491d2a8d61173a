"""Targets that may be missed at a price: a search can then start from any plan and buy its way back.

Under tight targets the parts near the relaxation often hold no plan at all. A missed target costs more than
anything that it could save, so that the improvement steps remove what is missed first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from maillon.method.plan.sourcing.arrays import Floats
from maillon.solve.blocks import Block, NamedModel

#: The rows that can be missed, each a block of one row.
TARGET_ROWS = ("budget", "co2", "local", "risk")
#: The block of columns that say by how much.
MISSED = "missed"
#: A miss this small, relative to the target, is the arithmetic of the solver.
_NOTHING = 1e-7
#: A miss costs so many times what the relaxation would pay for it, and what the whole plan costs a unit.
_DEARER = 10.0


def elastic(model: NamedModel, prices: Mapping[str, float], objective: float) -> NamedModel:
    """Return the model with one more column a target, what is missed of it.

    ``prices`` are those of the relaxation (€/yr a unit of the target), ``objective`` its optimum in €/yr.
    """
    names = [name for name in TARGET_ROWS if name in model.rows]
    if not names:
        return model
    linear, rows = model.linear, np.array([model.rows[name].start for name in names])
    above = np.isfinite(linear.row_upper[rows])
    limit = np.where(above, linear.row_upper[rows], linear.row_lower[rows])
    paid = np.abs([prices.get(name, 0.0) for name in names])
    cost = _DEARER * (paid + abs(objective) / np.maximum(np.abs(limit), 1.0))
    columns, count = len(linear.cost), len(names)
    ends, value = linear.start[rows + 1], np.where(above, -1.0, 1.0)
    grown = replace(
        linear,
        cost=np.concatenate([linear.cost, cost]),
        lower=np.concatenate([linear.lower, np.zeros(count)]),
        upper=np.concatenate([linear.upper, np.full(count, np.inf)]),
        start=(linear.start + np.searchsorted(rows, np.arange(len(linear.start)))).astype(np.int32),
        index=np.insert(linear.index, ends, columns + np.arange(count)).astype(np.int32),
        value=np.insert(linear.value, ends, value),
        integer=np.concatenate([linear.integer, np.zeros(count, dtype=np.bool_)]),
    )
    return NamedModel(grown, {**model.columns, MISSED: Block(MISSED, columns, count)}, model.rows)


def missed(model: NamedModel, values: Floats) -> Floats:
    """Return by how much these values miss each target, whatever their own columns say."""
    if MISSED not in model.columns:
        return np.empty(0)
    linear, plain = model.linear, values.copy()
    plain[model.columns[MISSED].at] = 0.0
    short = []
    for name in (name for name in TARGET_ROWS if name in model.rows):
        row = model.rows[name].start
        cells = slice(linear.start[row], linear.start[row + 1])
        activity = float(linear.value[cells] @ plain[linear.index[cells]])
        short.append(max(activity - linear.row_upper[row], linear.row_lower[row] - activity, 0.0))
    return np.array(short)


def meets_targets(model: NamedModel, values: Floats) -> bool:
    """Return whether no target is missed, to the arithmetic of the solver."""
    if MISSED not in model.columns:
        return True
    rows = [model.rows[name].start for name in TARGET_ROWS if name in model.rows]
    upper, lower = model.linear.row_upper[rows], model.linear.row_lower[rows]
    limit = np.where(np.isfinite(upper), upper, lower)
    return bool((values[model.columns[MISSED].at] <= _NOTHING * np.maximum(np.abs(limit), 1.0)).all())
