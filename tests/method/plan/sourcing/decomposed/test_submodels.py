"""Small models cut out of the whole one, and the regions they are cut for."""

from dataclasses import replace

import numpy as np
import pytest

from factories.sourcing import small_problem
from maillon.method.plan.sourcing import PlanRules
from maillon.method.plan.sourcing.arrays import SourcingArrays, sourcing_arrays
from maillon.method.plan.sourcing.decomposed.elastic import MISSED, elastic, meets_targets, missed
from maillon.method.plan.sourcing.decomposed.plan_child import plan_values
from maillon.method.plan.sourcing.decomposed.regions import first_regions, next_region
from maillon.method.plan.sourcing.decomposed.relaxation import Relaxation, solve_relaxation
from maillon.method.plan.sourcing.decomposed.submodel import Effort, cut_out, free_columns, improve
from maillon.method.plan.sourcing.model import sourcing_model
from maillon.solve import Solution, solve
from maillon.solve.blocks import NamedModel

EFFORT = Effort(time_limit=20.0, patience=20.0, target_gap=0.0, seed=0)


def solved(seed: int, rules: PlanRules) -> tuple[SourcingArrays, NamedModel, Solution]:
    arrays = sourcing_arrays(small_problem(seed, parts=5, suppliers=4), rules)
    model = sourcing_model(arrays, rules)
    return arrays, model, solve(model.linear)


def test_what_is_fixed_weighs_on_the_rows_and_on_the_cost() -> None:
    arrays, model, best = solved(2, PlanRules())
    free = free_columns(model, arrays, arrays.part == 1)
    small, fixed_cost = cut_out(model.linear, free, best.values)
    again = solve(small)
    assert again.objective + fixed_cost == pytest.approx(best.objective, rel=1e-7)


def test_setting_every_offer_free_finds_the_optimum_from_any_plan() -> None:
    rules = PlanRules()
    arrays, model, best = solved(3, rules)
    worst = solve(sourcing_model(arrays, PlanRules(risk_weight=50.0)).linear).values
    start = model.linear.cost @ worst
    one = improve(model.linear, free_columns(model, arrays, arrays.part == 0), worst, EFFORT)
    heard: list[float] = []
    everything = free_columns(model, arrays, np.ones(len(arrays.part), dtype=np.bool_))
    found = improve(model.linear, everything, worst, EFFORT, on_better=lambda _, cost: heard.append(cost))
    assert one is not None
    assert found is not None
    assert best.objective <= one[1] * (1 + 1e-9) <= start * (1 + 2e-9)
    assert found[1] == pytest.approx(best.objective, rel=1e-6)
    assert all(cost >= best.objective * (1 - 1e-6) for cost in heard)


def relaxed(rules: PlanRules) -> tuple[SourcingArrays, Relaxation]:
    arrays = sourcing_arrays(small_problem(4, parts=6, suppliers=4), rules)
    relaxation = solve_relaxation(arrays, rules, 10.0)
    assert relaxation is not None
    return arrays, relaxation


def test_first_regions_end_with_every_offer() -> None:
    arrays, relaxation = relaxed(PlanRules())
    regions = list(first_regions(arrays, relaxation, np.random.default_rng(0)))
    assert regions[-1].all()


@pytest.mark.parametrize("step", range(4))
def test_a_region_holds_so_many_parts_with_all_that_they_have_today(step: int) -> None:
    arrays, relaxation = relaxed(PlanRules())
    share = np.where(arrays.supplier == 3, 1.0, 0.0)
    region = next_region(arrays, relaxation, share, (step, 2), np.random.default_rng(1))
    chosen = np.unique(arrays.part[region])
    assert chosen.size == 2
    assert region[(share > 0) & np.isin(arrays.part, chosen)].all()


def test_extra_costs_are_reduced_costs() -> None:
    rules = PlanRules(risk_weight=0.1)
    arrays = replace(relaxed(rules)[0], opening=np.zeros(4))
    relaxation = solve_relaxation(arrays, rules, 10.0)
    assert relaxation is not None
    single = (arrays.least_sources == 1)[arrays.part]
    used = single & (relaxation.share > 1e-6)
    # A share at its upper bound may be worth more than its price, none is worth less.
    assert used.sum() >= single.sum() / 4
    assert relaxation.extra[used].max() <= 1e-6
    assert relaxation.extra[single & (relaxation.share == 0)].min() >= -1e-6


TIGHT = PlanRules(confidence=0.5, budget=40.0, local_target=0.4, co2_cap=1e6, risk_cap=1e6)


def test_values_follow_from_shares_and_uses_alone() -> None:
    rules = replace(TIGHT, budget=1e6, local_target=0.0)
    arrays, model, best = solved(2, rules)
    share, used = (best.values[model.columns[name].at] for name in ("share", "used"))
    again = plan_values(arrays, rules, model, share, np.round(used))
    assert model.linear.cost @ again == pytest.approx(best.objective, rel=1e-7)


def test_a_missed_target_costs_more_than_it_saves() -> None:
    rules = replace(TIGHT, budget=None)
    arrays, model, best = solved(3, rules)
    relaxation = solve_relaxation(arrays, rules, 10.0)
    assert relaxation is not None
    loose = elastic(model, relaxation.prices, relaxation.bound)
    found = solve(loose.linear)
    assert found.objective == pytest.approx(best.objective, rel=1e-6)
    assert meets_targets(loose, found.values)


def test_what_a_plan_misses_is_the_distance_to_each_target() -> None:
    free = replace(TIGHT, budget=1e6, local_target=0.0)
    arrays, model, best = solved(3, free)
    share, used = best.values[model.columns["share"].at], np.round(best.values[model.columns["used"].at])
    spent = arrays.setup @ used + arrays.opening @ np.round(best.values[model.columns["opened"].at])
    local = arrays.local @ share / arrays.weight.sum()
    for short in (5.0, 0.0):
        tight = replace(free, budget=spent - short, local_target=local + short / 100)
        loose = elastic(sourcing_model(arrays, tight), {}, best.objective)
        values = plan_values(arrays, tight, loose, share, used)
        found = dict(zip(("budget", "co2", "local", "risk"), missed(loose, values), strict=True))
        assert found["budget"] == pytest.approx(short, abs=1e-6)
        assert found["local"] == pytest.approx(short / 100 * arrays.weight.sum(), abs=1e-6)
        assert found["co2"] == found["risk"] == 0
        assert values[loose.columns[MISSED].at].tolist() == list(found.values())
        assert meets_targets(loose, values) is (short == 0)
