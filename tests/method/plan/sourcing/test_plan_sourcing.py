"""The plan against every plan tried by hand, and against what it must do when it is stopped."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from bench.plan_instances import Size, draw
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.sourcing import cheapest_by_hand, small_problem
from maillon.method.plan.sourcing import PlanProgress, PlanRules, plan_sourcing, sourcing_problem
from maillon.method.plan.sourcing.arrays import sourcing_arrays
from maillon.method.plan.sourcing.decomposed.relaxation import NoPlanExists, solve_relaxation
from maillon.method.plan.sourcing.plan import plan_from
from maillon.method.plan.sourcing.verify import verify_plan
from maillon.solve import Status


@settings(max_examples=8, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    budget=st.sampled_from([None, 40.0, 90.0]),
    target=st.sampled_from([None, 0.3, 0.6]),
    cap=st.sampled_from([None, 60.0]),
    risk=st.sampled_from([None, 250.0]),
)
def test_the_plan_is_the_cheapest_of_all(
    seed: int, budget: float | None, target: float | None, cap: float | None, risk: float | None
) -> None:
    problem = small_problem(seed)
    rules = PlanRules(budget=budget, local_target=target, co2_cap=cap, risk_cap=risk, confidence=0.5)
    plan, by_hand = plan_sourcing(problem, rules, target_gap=0.0), cheapest_by_hand(problem, rules)
    if np.isinf(by_hand):
        assert plan.status is Status.INFEASIBLE
        assert not plan.found
    else:
        assert plan.status is Status.OPTIMAL
        assert plan.objective == pytest.approx(by_hand, rel=1e-6)
        assert plan.bound == pytest.approx(by_hand, rel=1e-6)


def middling(seed: int) -> tuple:
    return draw(seed, Size(parts=40, candidates=12, suppliers=15, scenarios=20, zones=4, local_zones=2))


def test_two_processes_agree_with_the_exact_solver_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, rules = middling(3)
    both = plan_sourcing(problem, rules, time_limit=30, target_gap=0.02)
    monkeypatch.setattr("maillon.method.plan.sourcing.contest._SMALL", 10**9)
    alone = plan_sourcing(problem, rules, time_limit=30, target_gap=0.02)
    for plan, other in ((both, alone), (alone, both)):
        assert plan.bound <= other.objective * (1 + 1e-9)
        assert plan.gap < 0.05


def test_a_plan_searched_from_another_is_never_worse(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, rules = middling(3)
    monkeypatch.setattr("maillon.method.plan.sourcing.contest._LARGE", 100)
    start = plan_sourcing(problem, rules, time_limit=30, target_gap=0.05)
    again = plan_from(problem, rules, start, time_limit=3)
    assert again.objective <= start.objective * (1 + 1e-9)
    assert plan_from(problem, rules, start, time_limit=0).objective == pytest.approx(start.objective)


def test_a_plan_that_misses_a_target_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, rules = middling(3)
    monkeypatch.setattr("maillon.method.plan.sourcing.contest._LARGE", 100)
    start = plan_sourcing(problem, rules, time_limit=30, target_gap=0.05)
    tighter = replace(rules, local_target=min(start.local_share + 0.05, 1.0))
    mended = plan_from(problem, tighter, start, time_limit=15)
    assert mended.local_share >= tighter.local_target - 1e-6
    assert verify_plan(problem, tighter, mended) == ()
    assert not plan_from(problem, tighter, start, time_limit=0).found


def test_every_figure_of_the_plan_adds_up() -> None:
    problem, rules = middling(4)
    plan = plan_sourcing(problem, rules, time_limit=30, target_gap=0.02)
    assert plan.found
    sums = plan.shares.group_by("part").agg(pl.col("share").sum(), pl.len())
    assert sums["share"].to_list() == pytest.approx([1.0] * 40)
    assert sums["len"].max() <= rules.most_sources
    assert plan.shares["share"].min() >= rules.least_share - 1e-6
    critical = problem.parts.filter("critical")["part"].implode()
    dual = sums.filter(pl.col("part").is_in(critical))
    assert dual["len"].min() >= 2
    assert plan.one_off <= rules.budget + 1e-3
    assert plan.co2 <= rules.co2_cap + 1e-3
    assert plan.local_share >= rules.local_target - 1e-6
    limits = plan.opened.filter(pl.col("capacity").is_not_null())
    assert (limits["exposure"] <= limits["capacity"] + 1e-3).all()
    assert plan.costs.total == plan.objective
    assert plan.bound <= plan.objective * (1 + 1e-9)


def test_the_short_relaxation_equals_the_whole_one() -> None:
    from maillon.method.plan.sourcing.model import sourcing_model
    from maillon.solve import LinearModel, solve

    problem, rules = middling(5)
    arrays = sourcing_arrays(problem, rules)
    linear = sourcing_model(arrays, rules).linear
    fields = {name: getattr(linear, name) for name in LinearModel.__slots__}
    whole = solve(LinearModel(**fields | {"integer": np.zeros(len(linear.cost), dtype=np.bool_)}))
    short = solve_relaxation(arrays, rules, 30.0)
    assert short is not None
    assert short.bound == pytest.approx(whole.objective, rel=1e-7)


def test_a_contradiction_is_proved_by_the_relaxation() -> None:
    problem, _ = middling(6)
    rules = PlanRules(budget=0.0, local_target=1.0)
    with pytest.raises(NoPlanExists):
        solve_relaxation(sourcing_arrays(problem, rules), rules, 30.0)
    plan = plan_sourcing(problem, rules, time_limit=20)
    assert (plan.status, plan.found) == (Status.INFEASIBLE, False)
    assert np.isnan(plan.gap)


def test_a_cancelled_plan_keeps_what_was_found() -> None:
    problem, rules = draw(7, Size(parts=150, candidates=12, suppliers=40, scenarios=40))
    heard: list[PlanProgress] = []
    plan = plan_sourcing(
        problem,
        rules,
        time_limit=60,
        target_gap=0.0,
        on_progress=heard.append,
        cancel=lambda: any(np.isfinite(now.objective) for now in heard),
    )
    assert plan.status is Status.CANCELLED
    assert plan.found
    assert plan.bound <= plan.objective


def test_missing_ideal_lots_are_paid() -> None:
    problem = sourcing_problem(
        {"part": ["P"], "spend": [100.0], "critical": [True]},
        {
            "part": ["P", "P"],
            "supplier": ["A", "B"],
            "annual_cost": [100.0, 110.0],
            "qualification_cost": [0.0, 0.0],
            "ideal_share": [None, 0.5],
            "below_ideal_cost": [None, 40.0],
        },
        {"supplier": ["A", "B"], "opening_cost": [0.0, 0.0]},
    )
    plan = plan_sourcing(problem, PlanRules(risk_weight=0.0), target_gap=0.0)
    # Giving B up to its ideal half costs 10 a share more than A and saves 40.
    assert plan.shares["share"].to_list() == pytest.approx([0.5, 0.5])
    assert plan.objective == pytest.approx(105.0)


def test_a_forced_offer_is_used_and_a_forbidden_one_is_not() -> None:
    problem = small_problem(1)
    rules = PlanRules(forced=(("P0", "S2"),), forbidden=(("P1", "S0"),))
    pairs = set(plan_sourcing(problem, rules).shares.select("part", "supplier").rows())
    assert ("P0", "S2") in pairs
    assert ("P1", "S0") not in pairs
