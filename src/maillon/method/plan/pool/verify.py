"""An independent look at a pool: every rule again, from the inputs and the chamber's result alone."""

from __future__ import annotations

from maillon.method.plan.pool.needs import PoolGroup, PoolRules
from maillon.method.plan.pool.result import PoolPlan

_ROUNDING = 1e-6


def verify_pool(group: PoolGroup, rules: PoolRules, plan: PoolPlan) -> tuple[str, ...]:
    """Return what is wrong with a plan as codes with the name concerned; empty if every rule holds.

    Checked: volumes of firms and lines agree year by year, capacities and smallest volumes with their
    ramp-up, nobody buys more than its need, shares add up to the cost, no firm pays more than alone.
    """
    wrong = [*_lines(group, rules, plan), *_members(group, plan)]
    made = [sum(line.volumes[year] for line in plan.lines) for year in range(rules.years)]
    bought = [sum(member.volumes[year] for member in plan.members) for year in range(rules.years)]
    scale = sum(need.volume for need in group.needs)
    if any(abs(one - other) > _ROUNDING * scale for one, other in zip(made, bought, strict=True)):
        wrong.append("made_is_not_bought")
    paid = sum(member.cost for member in plan.members)
    error = sum(member.cost_error for member in plan.members)
    if abs(paid - plan.objective) > _ROUNDING * max(plan.objective, 1.0) + error:
        wrong.append("shares_do_not_add_up")
    return tuple(wrong)


def _lines(group: PoolGroup, rules: PoolRules, plan: PoolPlan) -> list[str]:
    wrong = []
    for line, outcome in zip(group.lines, plan.lines, strict=True):
        for year in range(rules.years):
            reached = line.ramp[min(year, len(line.ramp) - 1)]
            size = _ROUNDING * max(line.capacity, 1.0)
            if outcome.volumes[year] > line.capacity * reached * outcome.opened + size:
                wrong.append(f"over_capacity {line.name}")
            if outcome.opened and outcome.volumes[year] < line.minimum * reached - size:
                wrong.append(f"under_minimum {line.name}")
    return wrong


def _members(group: PoolGroup, plan: PoolPlan) -> list[str]:
    wrong = []
    for need, outcome in zip(group.needs, plan.members, strict=True):
        if max(outcome.volumes) > need.volume * (1 + _ROUNDING):
            wrong.append(f"more_than_needed {need.firm}")
        alone = need.volume * need.price.mid
        if abs(alone - outcome.cost_alone) > _ROUNDING * max(alone, 1.0):
            wrong.append(f"cost_alone {need.firm}")
        if outcome.cost > alone * (1 + _ROUNDING) + _ROUNDING:
            wrong.append(f"pays_more_than_alone {need.firm}")
    return wrong
