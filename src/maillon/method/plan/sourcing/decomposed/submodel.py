"""A small exact model cut out of the whole one: some offers free, all others as in the plan at hand."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np

from maillon.method.plan.sourcing.arrays import Flags, Floats, SourcingArrays
from maillon.method.plan.sourcing.decomposed.elastic import MISSED
from maillon.solve.blocks import NamedModel
from maillon.solve.highs_child import lp_of
from maillon.solve.model import LinearModel


def free_columns(model: NamedModel, arrays: SourcingArrays, offers: Flags) -> Flags:
    """Return the columns that move when these offers do: theirs, their suppliers' and those of the risk."""
    free = np.zeros(len(model.linear.cost), dtype=np.bool_)
    touched = np.bincount(arrays.supplier, offers, arrays.suppliers) > 0
    ideal = arrays.ideal_cost > 0
    for name, moves in (
        ("share", offers),
        ("used", offers),
        ("opened", touched),
        ("exposure", touched),
        ("missing", offers[ideal]),
    ):
        free[model.columns[name].at] = moves
    for name in ("eta", "excess", MISSED):
        if name in model.columns:
            free[model.columns[name].at] = True
    return free


def cut_out(model: LinearModel, free: Flags, values: Floats) -> tuple[LinearModel, float]:
    """Return the model of the free columns, the others being fixed at ``values``, and what those cost."""
    row = np.repeat(np.arange(len(model.row_lower)), np.diff(model.start))
    fixed = np.where(free, 0.0, values)
    activity = np.bincount(row, model.value * fixed[model.index], len(model.row_lower))
    kept = free[model.index]
    count = np.bincount(row[kept], minlength=len(model.row_lower))
    rows = count > 0
    start = np.concatenate([[0], np.cumsum(count[rows])]).astype(np.int32)
    place = (np.cumsum(free) - 1).astype(np.int32)
    small = LinearModel(
        model.cost[free],
        model.lower[free],
        model.upper[free],
        start,
        place[model.index[kept]],
        model.value[kept],
        (model.row_lower - activity)[rows],
        (model.row_upper - activity)[rows],
        model.integer[free],
    )
    return small, float(model.cost @ fixed)


@dataclass(frozen=True, slots=True)
class Effort:
    """How long one small model is worked on.

    To ``target_gap``, or ``patience`` processor seconds once there is a solution (a busy machine then gets
    more of the clock), and never more than ``time_limit`` seconds of the clock. ``seed`` is HiGHS's.
    """

    time_limit: float
    patience: float
    target_gap: float
    seed: int


def improve(
    model: LinearModel,
    free: Flags,
    values: Floats,
    effort: Effort,
    *,
    from_values: bool = True,
    on_better: Callable[[Floats, float], None] | None = None,
) -> tuple[Floats, float] | None:
    """Return better values of the free columns and the objective of all; None when none was found in time.

    With ``from_values`` the values at hand are a solution, which the search starts from. ``on_better`` hears
    of each solution as it is found.
    """
    small, fixed_cost = cut_out(model, free, values)
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # the package ships no signatures
    _set_effort(highs, effort)
    highs.passModel(lp_of({name: getattr(small, name) for name in small.__slots__}))
    if from_values:
        hint = highspy.HighsSolution()
        hint.col_value = values[free]
        highs.setSolution(hint)

    def whole(found: Floats) -> Floats:
        better = values.copy()
        better[free] = np.where(small.integer, np.round(found), found)
        return better

    begun, known = time.process_time(), [from_values]

    def improved(event: highspy.highs.HighsCallbackEvent) -> None:
        known[0] = True
        if on_better is not None:
            solution = np.array(event.data_out.mip_solution)
            on_better(whole(solution), event.data_out.objective_function_value + fixed_cost)

    def asked(event: highspy.highs.HighsCallbackEvent) -> None:
        event.interrupt(known[0] and time.process_time() - begun > effort.patience)

    highs.cbMipImprovingSolution.subscribe(improved)
    highs.cbMipInterrupt.subscribe(asked)
    highs.run()
    info = highs.getInfo()
    if info.primal_solution_status != highspy.kSolutionStatusFeasible:
        return None
    return whole(np.array(highs.getSolution().col_value)), float(info.objective_function_value) + fixed_cost


def _set_effort(highs: highspy.Highs, effort: Effort) -> None:
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("time_limit", max(effort.time_limit, 0.1))
    highs.setOptionValue("mip_rel_gap", effort.target_gap)
    highs.setOptionValue("random_seed", effort.seed)
