"""Locating lines: published capacitated instances and an invented one, beside HiGHS and SCIP on the model.

The files of the OR-Library (cap71 … capa, capb, capc) are read from the folder that MAILLON_CFLP names; those
that are absent are left out. POOL_SECONDS bounds each solver on each instance (60). The peers get the
strong model (a share is at most one if its line is open), which bounds far better than the short one.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import highspy
import numpy as np
import pyscipopt

from maillon.method.plan.pool.location import (
    LocationProblem,
    locate_lines,
    location_problem,
    read_beasley,
    verify_location,
)
from maillon.solve import LinearModel, Status, solve
from maillon.solve.blocks import ModelBuilder, terms

FILES = Path(os.environ.get("MAILLON_CFLP", Path(__file__).parents[2] / "shared" / "data" / "cflp"))
SECONDS = float(os.environ.get("POOL_SECONDS", "60"))
#: Published optima (OR-Library; Beasley, EJOR 33, 1988), by file and chosen capacity.
OPTIMA = {
    ("cap71", 0): 932615.750, ("cap72", 0): 977799.400, ("cap73", 0): 1010641.450, ("cap74", 0): 1034976.975,
    ("cap131", 0): 793439.562, ("cap132", 0): 851495.325, ("cap133", 0): 893076.712,
    ("cap134", 0): 928941.750,
    ("capa", 8000): 19240822.449, ("capa", 10000): 18438046.543, ("capa", 12000): 17765201.949,
    ("capa", 14000): 17160439.012,
    ("capb", 5000): 13656379.578, ("capb", 6000): 13361927.449, ("capb", 7000): 13198556.434,
    ("capb", 8000): 13082516.496,
    ("capc", 5000): 11646596.974, ("capc", 5750): 11570340.289, ("capc", 6500): 11518743.744,
    ("capc", 7250): 11505767.394,
}  # fmt: skip


def table() -> tuple[str, list[str], list[list[str]]]:
    """Solve each instance with ours and both peers, one after the other."""
    rows = []
    for (name, capacity), optimum in OPTIMA.items():
        path = FILES / f"{name}.txt"
        if path.exists():
            problem = read_beasley(path, float(capacity) if capacity else None)
            rows.append(_row(f"{name} {capacity or ''}".strip(), problem, f"{optimum:,.3f}"))
    for seed, slack in ((1, 1.4), (2, 2.0), (3, 3.0)):
        problem = invented(seed, 100, 1000, slack)
        rows.append(_row(f"invented {seed}: 100 × 1,000, capacity {slack} × need", problem, ""))
    header = [
        "instance",
        "published optimum",
        "Maillon",
        "gap",
        "s",
        "HiGHS gap",
        "s",
        "SCIP gap",
        "s",
        "load",
    ]
    title = f"Locating lines with capacities, {SECONDS:g} s a solver; gap: proved, relative to the cost found"
    return title, header, rows


def invented(seed: int, lines: int, lots: int, slack: float) -> LocationProblem:
    """Return a random instance: places on a map, costs by distance, capacities of all sizes."""
    draw = np.random.default_rng(seed)
    demand = draw.integers(5, 100, lots).astype(float)
    share = draw.uniform(0.3, 1.7, lines)
    capacity = share / share.sum() * demand.sum() * slack * lines / 20
    sites, places = draw.uniform(0, 1000, (lines, 2)), draw.uniform(0, 1000, (lots, 2))
    distance = np.linalg.norm(sites[:, None] - places[None], axis=2)
    fixed = draw.uniform(0.5, 1.5, lines) * demand.sum() * 12
    return location_problem(capacity, fixed, demand, distance * demand)


def _row(name: str, problem: LocationProblem, optimum: str) -> list[str]:
    ours = locate_lines(problem, time_limit=SECONDS)
    wrong = verify_location(problem, ours)
    if wrong:
        raise AssertionError(f"{name}: {wrong}")
    model = strong_model(problem)
    highs = solve(model, time_limit=SECONDS, target_gap=1e-6)
    return [
        name,
        optimum,
        f"{ours.objective:,.3f}",
        _gap(ours.status is Status.OPTIMAL, ours.gap),
        f"{ours.seconds:.1f}",
        _gap(highs.status is Status.OPTIMAL, highs.gap),
        f"{highs.seconds:.1f}",
        *_scip(model),
        f"{os.getloadavg()[0]:.1f}",
    ]


def _gap(proved: bool, gap: float) -> str:
    return "proved" if proved else "none found" if np.isnan(gap) else f"{gap:.2%}"


def strong_model(problem: LocationProblem) -> LinearModel:
    """Return the whole problem for a solver of models."""
    lines, lots = problem.shape
    build = ModelBuilder()
    share = build.add_columns("share", cost=problem.cost.ravel(), upper=1.0)
    opened = build.add_columns("open", cost=problem.fixed, upper=1.0, integer=True)
    line, lot = (each.ravel() for each in np.indices((lines, lots)))
    column = np.arange(line.size)
    build.add_rows("once", lots, [terms(share, column, lot, 1.0)], lower=1.0, upper=1.0)
    held = [terms(share, column, line, problem.demand[lot])]
    each = np.arange(lines)
    build.add_rows("capacity", lines, [*held, terms(opened, each, each, -problem.capacity)], upper=0.0)
    used = [terms(share, column, column, 1.0), terms(opened, line, column, -1.0)]
    build.add_rows("open_if_used", line.size, used, upper=0.0)
    return build.model().linear


def _scip(model: LinearModel) -> list[str]:
    """Have SCIP read the model as HiGHS writes it; its reading time is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.mps"
        _write(model, path)
        scip = pyscipopt.Model()
        scip.hideOutput()
        scip.readProblem(str(path))
    scip.setParam("limits/time", SECONDS)
    scip.setParam("limits/gap", 1e-6)
    start = time.perf_counter()
    scip.optimize()
    seconds = time.perf_counter() - start
    found = scip.getNSols() > 0
    gap = abs(scip.getObjVal() - scip.getDualbound()) / abs(scip.getObjVal()) if found else float("nan")
    return [_gap(found and gap <= 1e-6, gap), f"{seconds:.1f}"]


def _write(model: LinearModel, path: Path) -> None:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.cost), len(model.row_lower)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = model.cost, model.lower, model.upper
    lp.row_lower_, lp.row_upper_ = model.row_lower, model.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = model.start, model.index, model.value
    kinds = highspy.HighsVarType
    lp.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in model.integer]
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.passModel(lp)
    highs.writeModel(str(path))
