"""What is asked of a sourcing plan of the documented size: the frontier, why not a supplier, contradictions.

2,200 parts × 20 candidates, 600 suppliers, 200 disruptions, invented from seeds as in ``plan``.
Environment: ``PLAN_SEEDS`` (first seeds, default 3), ``PLAN_FRONTIER`` (seconds of the frontier, default
300), ``PLAN_SCALE`` (share of the size, default 1).
"""

from __future__ import annotations

import math
import os
import time
from dataclasses import replace

from bench.plan import KINDS, _size
from bench.plan_instances import draw
from maillon.method.plan.sourcing import PlanRules, SourcingPlan, SourcingProblem, plan_sourcing
from maillon.method.plan.sourcing.conflict import explain_conflict
from maillon.method.plan.sourcing.frontier import trace_frontier
from maillon.method.plan.sourcing.why_not import explain_absence

PEERS = ("highspy",)
FRONTIER, POINTS, ASKED = float(os.environ.get("PLAN_FRONTIER", "300")), 20, 5


def table() -> tuple[str, list[str], list[list[str]]]:
    """Ask each question on the first seeds; the frontier only on the first, as it takes minutes."""
    rows = []
    for seed in range(1, int(os.environ.get("PLAN_SEEDS", "3")) + 1):
        kind = list(KINDS)[(seed - 1) % len(KINDS)]
        problem, rules = draw(seed, _size(), KINDS[kind])
        plan = plan_sourcing(problem, rules, time_limit=30)
        rows += [_absences(seed, problem, rules, plan), _contradiction(seed, problem, rules, plan)]
        if seed == 1:
            rows.append(_frontier(seed, problem, rules))
    return (
        "Questions to a sourcing plan, 2,200 parts × 20 candidates × 200 disruptions",
        ["question", "seed", "seconds", "answer", "load"],
        rows,
    )


def _row(question: str, seed: int, seconds: str, answer: str) -> list[str]:
    return [question, str(seed), seconds, answer, f"{os.getloadavg()[0]:.1f}"]


def _absences(seed: int, problem: SourcingProblem, rules: PlanRules, plan: SourcingPlan) -> list[str]:
    """Ask why the first suppliers that the plan leaves out are not in it."""
    taken = set(plan.shares["supplier"])
    absent = [name for name in sorted(set(problem.offers["supplier"])) if name not in taken][:ASKED]
    spent, known = [], 0
    for supplier in absent:
        begun = time.perf_counter()
        answer = explain_absence(problem, rules, plan, supplier)
        spent.append(time.perf_counter() - begun)
        known += math.isfinite(answer.cost)
    told = f"{known} of {len(absent)} with a cost"
    return _row("why not this supplier", seed, f"{max(spent):.1f} at most", told)


def _contradiction(seed: int, problem: SourcingProblem, rules: PlanRules, plan: SourcingPlan) -> list[str]:
    """Ask for nearly everything local with almost no money for it."""
    asked = replace(rules, budget=1.0, local_target=0.95)
    begun = time.perf_counter()
    found = explain_conflict(problem, asked)
    names = ", ".join(reason.code for reason in found.rules)
    needed = "; ".join(f"{reason.code} {dict(reason.params)}" for reason in found.relaxations)
    proof = "each proved needed" if found.minimal else "not proved least"
    return _row(
        "which rules contradict", seed, f"{time.perf_counter() - begun:.1f}", f"{names} ({proof}); {needed}"
    )


def _frontier(seed: int, problem: SourcingProblem, rules: PlanRules) -> list[str]:
    begun = time.perf_counter()
    points = trace_frontier(problem, rules, points=POINTS, time_limit=FRONTIER)
    spent = time.perf_counter() - begun
    gaps = [point.gap for point in points]
    told = f"{len(points)} unbeaten of {POINTS}; gaps {min(gaps):.2%} to {max(gaps):.2%}"
    return _row(f"frontier of {POINTS} points", seed, f"{spent:.0f}", told)
