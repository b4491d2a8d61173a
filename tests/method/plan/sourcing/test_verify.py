"""The verifier accepts what holds and rejects each kind of wrong plan."""

from dataclasses import replace

import polars as pl
import pytest

from factories.sourcing import small_problem
from maillon.method.plan.sourcing import PlanRules, plan_sourcing
from maillon.method.plan.sourcing.verify import verify_plan


@pytest.fixture(scope="module")
def sound():
    problem, rules = small_problem(1), PlanRules(confidence=0.5, budget=200.0, local_target=0.2)
    return problem, rules, plan_sourcing(problem, rules)


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_plans_hold(seed):
    problem, rules = small_problem(seed), PlanRules(confidence=0.5)
    assert verify_plan(problem, rules, plan_sourcing(problem, rules)) == ()


def codes(problem, rules, plan):
    return {each.code for each in verify_plan(problem, rules, plan)}


def test_a_sound_plan_has_no_violation(sound):
    assert codes(*sound) == set()


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("over_budget", {"budget": 0.01}),
        ("under_local_target", {"local_target": 1.0}),
        ("over_co2_cap", {"co2_cap": 0.01}),
        ("over_risk_cap", {"risk_cap": 0.01}),
        ("share_too_small", {"least_share": 1.0}),
        ("cvar_wrong", {"confidence": 0.9}),
        ("objective_wrong", {"risk_weight": 5.0}),
        ("forced_offer_missing", {"forced": tuple((f"P{p}", f"S{s}") for p in range(3) for s in range(3))}),
        ("forbidden_offer", {"forbidden": tuple((f"P{p}", f"S{s}") for p in range(3) for s in range(3))}),
    ],
)
def test_each_rule_is_looked_at(sound, code, change):
    problem, rules, plan = sound
    assert code in codes(problem, replace(rules, **change), plan)


def test_each_figure_of_the_inputs_is_looked_at(sound):
    problem, rules, plan = sound
    full = problem.suppliers.with_columns(capacity=pl.lit(0.1))
    assert "over_capacity" in codes(replace(problem, suppliers=full), rules, plan)
    critical = problem.parts.with_columns(critical=pl.lit(value=True))
    single = replace(plan, shares=plan.shares.group_by("part", maintain_order=True).first())
    assert "too_few_sources" in codes(replace(problem, parts=critical), rules, single)
    small = problem.offers.with_columns(most_share=pl.lit(0.1))
    assert "share_too_large" in codes(replace(problem, offers=small), rules, plan)
    several = PlanRules(critical_sources=1, most_sources=1, confidence=0.5)
    everyone = problem.offers.select("part", "supplier", share=pl.lit(1 / 3), annual_cost="annual_cost")
    assert "too_many_sources" in codes(problem, several, replace(plan, shares=everyone))


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("part_not_covered", lambda shares: shares.with_columns(pl.col("share") * 0.9)),
        ("part_over_covered", lambda shares: shares.with_columns(pl.col("share") * 1.1)),
        ("unknown_or_repeated_offer", lambda shares: pl.concat([shares, shares])),
        ("unknown_or_repeated_offer", lambda shares: shares.with_columns(supplier=pl.lit("Nobody"))),
        ("no_plan", lambda shares: shares.clear()),
    ],
)
def test_wrong_shares_are_seen(sound, code, change):
    problem, rules, plan = sound
    assert code in codes(problem, rules, replace(plan, shares=change(plan.shares)))


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("objective_wrong", {"objective": 1.0}),
        ("bound_above_objective", {"bound": 1e9}),
        ("one_off_wrong", {"one_off": -1.0}),
        ("cvar_wrong", {"cvar": 1e6}),
    ],
)
def test_wrong_figures_are_seen(sound, code, change):
    problem, rules, plan = sound
    assert code in codes(problem, rules, replace(plan, **change))


def test_a_supplier_opened_for_nothing_is_seen(sound):
    problem, rules, plan = sound
    assert "opened_wrongly" in codes(problem, rules, replace(plan, opened=plan.opened.clear()))
