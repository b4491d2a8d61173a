"""Sourcing plans of the documented size: ours beside HiGHS and SCIP on the same exact model.

2,200 parts × 20 candidates, 600 suppliers, 200 disruptions (methods-optimisation §3), invented from seeds;
all three get the same seconds and two cores. A peer has "no plan" when it found none in time. Environment:
``PLAN_SEEDS`` (first seeds, default 3), ``PLAN_SECONDS`` (default 60), ``PLAN_PEERS`` (how many seeds the
peers are run on, default 1: they rarely find a plan), ``PLAN_SCALE`` (share of the size, default 1).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from bench.plan_instances import Size, Temper, draw
from maillon.method.plan.sourcing import PlanRules, SourcingProblem, plan_sourcing
from maillon.method.plan.sourcing.arrays import sourcing_arrays
from maillon.method.plan.sourcing.model import sourcing_model
from maillon.solve import relative_gap, solve
from maillon.solve.model import LinearModel

PEERS = ("highspy", "pyscipopt")
#: What each kind of instance is like; the seeds take them in turn.
KINDS = {
    "as documented": Temper(),
    "tight capacity": Temper(capacity=2.0),
    "dear one-off costs": Temper(setup=0.3, opening=3.0),
}
_SCIP = """
import sys, pyscipopt
model = pyscipopt.Model()
model.hideOutput()
model.readProblem(sys.argv[1])
model.setParam("limits/time", float(sys.argv[2]))
model.optimize()
found = model.getNSols() > 0
print(model.getObjVal() if found else "nan", model.getDualbound())
"""


def table() -> tuple[str, list[str], list[list[str]]]:
    """Plan the first seeds with ours, and some of them with the peers."""
    seconds, seeds = float(os.environ.get("PLAN_SECONDS", "60")), int(os.environ.get("PLAN_SEEDS", "3"))
    with_peers = int(os.environ.get("PLAN_PEERS", "1"))
    rows = []
    for seed in range(1, seeds + 1):
        kind = list(KINDS)[(seed - 1) % len(KINDS)]
        problem, rules = draw(seed, _size(), KINDS[kind])
        runs = [("maillon", _ours)] + ([("HiGHS", _highs), ("SCIP", _scip)] if seed <= with_peers else [])
        for name, run in runs:
            begun = time.perf_counter()
            objective, bound = run(problem, rules, seconds)
            spent = time.perf_counter() - begun
            load = f"{os.getloadavg()[0]:.1f}"
            rows.append([str(seed), kind, name, *_figures(objective, bound), f"{spent:.0f} s", load])
    header = ["seed", "kind", "solver", "objective €/yr", "proved bound €/yr", "gap", "time", "load"]
    size = _size()
    shape = f"{size.parts:,} parts × {size.candidates} candidates × {size.scenarios} disruptions"
    return f"Sourcing plan, {shape}, {seconds:.0f} s", header, rows


def _size() -> Size:
    scale = float(os.environ.get("PLAN_SCALE", "1"))
    return Size(parts=int(2200 * scale), suppliers=int(600 * scale), scenarios=int(200 * scale))


def _figures(objective: float, bound: float) -> list[str]:
    gap = relative_gap(objective, bound)
    plan = f"{objective:,.0f}" if np.isfinite(objective) else "no plan"
    return [plan, f"{bound:,.0f}", f"{gap:.3%}" if np.isfinite(gap) else "none"]


def _ours(problem: SourcingProblem, rules: PlanRules, seconds: float) -> tuple[float, float]:
    plan = plan_sourcing(problem, rules, time_limit=seconds)
    return plan.objective, plan.bound


def _model(problem: SourcingProblem, rules: PlanRules) -> LinearModel:
    return sourcing_model(sourcing_arrays(problem, rules), rules).linear


def _highs(problem: SourcingProblem, rules: PlanRules, seconds: float) -> tuple[float, float]:
    found = solve(_model(problem, rules), time_limit=seconds, target_gap=1e-4, threads=2)
    return found.objective, found.bound


def _scip(problem: SourcingProblem, rules: PlanRules, seconds: float) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.mps"
        _write_model(_model(problem, rules), path)
        said = subprocess.run(
            [sys.executable, "-c", _SCIP, str(path), str(seconds)], check=True, capture_output=True, text=True
        )
    objective, bound = said.stdout.split()[-2:]
    return float(objective), float(bound)


def _write_model(model: LinearModel, path: Path) -> None:
    """Write the model as a file that any solver reads; in a process of its own, as HiGHS always is."""
    arrays = {name: getattr(model, name) for name in model.__slots__}
    np.savez(path.with_suffix(".npz"), **arrays)
    program = """
import sys, numpy, highspy
from maillon.solve.highs_child import lp_of
highs = highspy.Highs()
highs.setOptionValue("output_flag", False)
highs.passModel(lp_of(dict(numpy.load(sys.argv[1]))))
highs.writeModel(sys.argv[2])
"""
    command = [sys.executable, "-c", program, str(path.with_suffix(".npz")), str(path)]
    subprocess.run(command, check=True)
