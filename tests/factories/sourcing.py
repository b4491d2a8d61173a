"""Small sourcing problems drawn at random, and every plan of one tried out by hand."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import numpy as np

from maillon.method.plan.sourcing import PlanRules, SourcingProblem, sourcing_problem


def small_problem(seed: int, *, parts: int = 3, suppliers: int = 3, scenarios: int = 3) -> SourcingProblem:
    """Return an invented problem in which every supplier offers every part."""
    random = np.random.default_rng(seed)
    names = [f"S{at}" for at in range(suppliers)]
    spend = random.integers(20, 100, parts).astype(float)
    offers: dict[str, Any] = {
        "part": [f"P{at}" for at in range(parts) for _ in names],
        "supplier": names * parts,
        "annual_cost": np.repeat(spend, suppliers) * random.uniform(0.8, 1.3, parts * suppliers),
        "qualification_cost": random.integers(0, 30, parts * suppliers).astype(float),
        "co2": random.integers(1, 50, parts * suppliers).astype(float),
        "local_value": random.uniform(0, 1, parts * suppliers),
    }
    lost = random.uniform(0, 1, (scenarios, suppliers))
    return sourcing_problem(
        {"part": [f"P{at}" for at in range(parts)], "spend": spend, "critical": random.random(parts) < 0.4},
        offers,
        {
            "supplier": names,
            "opening_cost": random.integers(0, 40, suppliers).astype(float),
            "capacity": spend.sum() * random.uniform(0.5, 1.2, suppliers),
        },
        {"scenario": [f"D{at}" for at in range(scenarios)]},
        {
            "scenario": [f"D{at}" for at in range(scenarios) for _ in names],
            "supplier": names * scenarios,
            "lost_share": lost.ravel(),
        },
    )


def cheapest_by_hand(problem: SourcingProblem, rules: PlanRules) -> float:
    """Return the objective of the best plan: every choice of sources tried, the shares settled by scipy's LP.

    Shares no code with the models of the library; infinite when no choice meets the rules.
    """
    best = np.inf
    names = problem.suppliers["supplier"].to_list()
    for choice in product(*(_choices(problem, rules, part) for part in problem.parts["part"])):
        best = min(best, _cost_of(problem, rules, names, choice))
    return best


def _choices(problem: SourcingProblem, rules: PlanRules, part: str) -> list[tuple[tuple[str, str], ...]]:
    critical = bool(problem.parts.filter(part=part)["critical"][0])
    least = rules.critical_sources if critical else 1
    sources = problem.offers.filter(part=part)["supplier"].to_list()
    counts = range(least, rules.most_sources + 1)
    return [tuple((part, name) for name in some) for count in counts for some in combinations(sources, count)]


def _cost_of(
    problem: SourcingProblem,
    rules: PlanRules,
    names: list[str],
    choice: tuple[tuple[tuple[str, str], ...], ...],
) -> float:
    from scipy.optimize import linprog

    used = [pair for pairs in choice for pair in pairs]
    offer = {(row["part"], row["supplier"]): row for row in problem.offers.iter_rows(named=True)}
    part = {row["part"]: row for row in problem.parts.iter_rows(named=True)}
    supplier = {row["supplier"]: row for row in problem.suppliers.iter_rows(named=True)}
    opened = {name for _, name in used}
    once = sum(offer[pair]["qualification_cost"] for pair in used)
    once += sum(supplier[name]["opening_cost"] for name in opened)
    if rules.budget is not None and once > rules.budget + 1e-9:
        return np.inf
    scenarios = problem.scenarios["scenario"].to_list()
    shares, events = len(used), len(scenarios)
    tail = 1 / (events * (1 - rules.confidence))
    cost = (
        [offer[pair]["annual_cost"] for pair in used]
        + [rules.risk_weight]
        + [rules.risk_weight * tail] * events
    )
    rows, limits = [], []
    for name in names:
        rows.append([part[pair[0]]["spend"] * (pair[1] == name) for pair in used] + [0.0] * (1 + events))
        limits.append(supplier[name]["capacity"])
    lost = {
        (row["scenario"], row["supplier"]): row["lost_share"] for row in problem.losses.iter_rows(named=True)
    }
    for at, event in enumerate(scenarios):
        loss = [rules.loss_per_euro * lost[event, pair[1]] * part[pair[0]]["spend"] for pair in used]
        rows.append([*loss, -1.0, *(-1.0 * (other == at) for other in range(events))])
        limits.append(0.0)
    if rules.co2_cap is not None:
        rows.append([offer[pair]["co2"] for pair in used] + [0.0] * (1 + events))
        limits.append(rules.co2_cap)
    if rules.risk_cap is not None:
        rows.append([0.0] * shares + [1.0] + [tail] * events)
        limits.append(rules.risk_cap)
    if rules.local_target is not None:
        local = [-offer[pair]["local_value"] * part[pair[0]]["spend"] for pair in used]
        rows.append(local + [0.0] * (1 + events))
        limits.append(-rules.local_target * sum(row["spend"] for row in part.values()))
    whole = [[float(pair[0] == name) for pair in used] + [0.0] * (1 + events) for name in part]
    most = [rules.critical_most_share if part[pair[0]]["critical"] else 1.0 for pair in used]
    bounds = [(rules.least_share, high) for high in most] + [(None, None)] + [(0, None)] * events
    if any(low > high for low, high in bounds[:shares]):
        return np.inf
    found = linprog(cost, rows, limits, whole, [1.0] * len(part), bounds)
    return float(found.fun) + once / rules.amortisation_years if found.status == 0 else np.inf
