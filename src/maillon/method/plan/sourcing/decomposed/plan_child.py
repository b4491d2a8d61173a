"""The child process of large plans: relaxation, a first plan around it, then better and better ones."""

from __future__ import annotations

import sys
import time
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from maillon.method.plan.sourcing.arrays import Floats, SourcingArrays
from maillon.method.plan.sourcing.decomposed.elastic import MISSED, elastic, meets_targets, missed
from maillon.method.plan.sourcing.decomposed.regions import first_regions, next_region
from maillon.method.plan.sourcing.decomposed.relaxation import NoPlanExists, Relaxation, solve_relaxation
from maillon.method.plan.sourcing.decomposed.submodel import Effort, free_columns, improve
from maillon.method.plan.sourcing.decomposed.task import Task, unpacked_task
from maillon.method.plan.sourcing.model import sourcing_model
from maillon.method.plan.sourcing.priced import value_at_risk
from maillon.method.plan.sourcing.rules import PlanRules
from maillon.solve.blocks import NamedModel
from maillon.solve.model import Status, relative_gap
from maillon.solve.wire import OUT_OF_MEMORY, read_arrays, write_frame

#: Processor seconds after which the first plan found is good enough, and those of one step of improvement.
_FIRST_SECONDS, _STEP_SECONDS = 3.0, 5.0
#: The share of the time left that one region may take to find a first plan.
_REGION_SHARE = 0.6
#: Relative gaps at which a first plan, and one step, is good enough.
_FIRST_GAP, _STEP_GAP = 1e-3, 1e-5
#: Parts set free in the first step of improvement, and at least.
_FIRST_PARTS, _LEAST_PARTS = 100, 20

#: Values of all columns of the whole model, and their objective.
Plan = tuple[Floats, float]


def main() -> None:
    """Read one task, send each better plan and the bound."""
    started = time.perf_counter()
    task = unpacked_task(read_arrays())
    deadline = started + task.time_limit
    try:
        relaxation = solve_relaxation(task.arrays, task.rules, task.time_limit)
    except NoPlanExists:
        write_frame({"status": Status.INFEASIBLE.value}, final=True)
        return
    if relaxation is None:
        write_frame({"status": Status.NOTHING.value}, final=True)
        return
    write_frame({"bound": relaxation.bound})
    _search(task, relaxation, deadline)


def _search(task: Task, relaxation: Relaxation, deadline: float) -> None:
    random = np.random.default_rng(task.seed)
    model = elastic(sourcing_model(task.arrays, task.rules), relaxation.prices, relaxation.bound)
    best, start = _first_plan(task, model, relaxation, random, deadline), _start(task, model)
    if best is not None and start is not None:
        # What grew from the relaxation often ends cheaper, what was at hand is sure: half the time decides.
        half = (deadline + time.perf_counter()) / 2
        best = min(start, _improved(task, model, relaxation, best, random, half), key=itemgetter(1))
    best = best or start
    if best is None:
        write_frame({"status": Status.NOTHING.value, "bound": relaxation.bound}, final=True)
        return
    _report(model, relaxation, *best)
    end = _improved(task, model, relaxation, best, random, deadline)
    _report(model, relaxation, *end, final=True)


def _improved(
    task: Task,
    model: NamedModel,
    relaxation: Relaxation,
    best: Plan,
    random: np.random.Generator,
    deadline: float,
) -> Plan:
    """Return the best plan met until the deadline; regions grow while they are settled early."""
    (values, objective), count, step = best, _FIRST_PARTS, 0
    while (left := deadline - time.perf_counter()) > 0.1:
        turn = step, min(count, task.arrays.parts)
        share = values[model.columns["share"].at]
        free = free_columns(model, task.arrays, next_region(task.arrays, relaxation, share, turn, random))
        begun = time.process_time()
        # Far from the bound, many rough steps win over few exact ones.
        far = relative_gap(objective, relaxation.bound)
        effort = Effort(left, _STEP_SECONDS, min(max(far / 20, _STEP_GAP), 1e-2), task.seed + step)
        found = improve(model.linear, free, values, effort)
        if found is not None and found[1] < objective * (1 - 1e-9):
            values, objective = found
            _report(model, relaxation, values, objective)
        late = time.process_time() - begun > 0.9 * _STEP_SECONDS
        count = max(_LEAST_PARTS, int(count * 0.85)) if late else int(count * 1.15) + 1
        step += 1
    return values, objective


def _start(task: Task, model: NamedModel) -> Plan | None:
    if not task.start_share.size:
        return None
    values = plan_values(task.arrays, task.rules, model, task.start_share, task.start_used.astype(np.float64))
    return values, float(model.linear.cost @ values)


def _first_plan(
    task: Task,
    model: NamedModel,
    relaxation: Relaxation,
    random: np.random.Generator,
    deadline: float,
) -> Plan | None:
    used = np.round(relaxation.used)
    share = np.where(used > 0, relaxation.share, 0.0)
    near = plan_values(task.arrays, task.rules, model, share, used)
    for offers in first_regions(task.arrays, relaxation, random):
        # A region that holds no plan must leave time for a wider one.
        limit = _REGION_SHARE * (deadline - time.perf_counter())
        found = improve(
            model.linear,
            free_columns(model, task.arrays, offers),
            near,
            Effort(limit, _FIRST_SECONDS, _FIRST_GAP, task.seed),
            from_values=False,
            on_better=lambda values, objective: _report(model, relaxation, values, objective),
        )
        if found is not None:
            return found
    return None


def plan_values(
    arrays: SourcingArrays, rules: PlanRules, model: NamedModel, share: Floats, used: Floats
) -> Floats:
    """Return the values of all columns that follow from shares and uses, the risk at its least."""
    values = np.zeros(len(model.linear.cost))
    exposure = np.bincount(arrays.supplier, share * arrays.spend, arrays.suppliers)
    bought = np.bincount(arrays.supplier, used > 0, arrays.suppliers)
    losses = np.zeros(len(arrays.probability))
    np.add.at(losses, arrays.lost_in, arrays.lost * exposure[arrays.lost_at])
    eta = value_at_risk(losses, arrays.probability, rules.confidence)
    ideal = np.flatnonzero(arrays.ideal_cost > 0)
    for name, figures in (
        ("share", share),
        ("used", used),
        ("opened", (bought > 0) | (arrays.opening == 0)),
        ("exposure", exposure),
        ("missing", np.maximum(arrays.ideal * used - share, 0.0)[ideal]),
        ("eta", eta),
        ("excess", np.maximum(losses - eta, 0.0)),
    ):
        values[model.columns[name].at] = figures
    if MISSED in model.columns:
        values[model.columns[MISSED].at] = missed(model, values)
    return values


def _report(
    model: NamedModel, relaxation: Relaxation, values: Floats, objective: float, *, final: bool = False
) -> None:
    if not meets_targets(model, values):
        if final:
            write_frame({"status": Status.NOTHING.value, "bound": relaxation.bound}, final=True)
        return
    frame: dict[str, npt.ArrayLike] = {
        "status": Status.FEASIBLE.value,
        "bound": relaxation.bound,
        "objective": objective,
        "share": values[model.columns["share"].at],
        "used": values[model.columns["used"].at],
    }
    write_frame(frame, final=final)


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
