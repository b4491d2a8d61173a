"""What is said about a plan: why not, contradictions, trade-offs and order, against oracles."""

import itertools
import math
import threading
from dataclasses import replace

import polars as pl
import pytest

from factories.sourcing import cheapest_by_hand, small_problem
from maillon.core.errors import InvalidRequest
from maillon.method.plan.sourcing import PlanRules, plan_sourcing, sourcing_problem
from maillon.method.plan.sourcing.conflict import explain_conflict
from maillon.method.plan.sourcing.frontier import trace_frontier
from maillon.method.plan.sourcing.least import TARGETS, is_feasible, least_needed, taken
from maillon.method.plan.sourcing.move_reasons import explain_moves
from maillon.method.plan.sourcing.sequence import sequence_moves
from maillon.method.plan.sourcing.verify import verify_plan
from maillon.method.plan.sourcing.why_not import explain_absence
from maillon.solve import Status

RULES = PlanRules(confidence=0.5)


def absent_pairs(problem, plan):
    taken = set(plan.shares.select("part", "supplier").rows())
    return [pair for pair in problem.offers.select("part", "supplier").rows() if pair not in taken]


@pytest.mark.parametrize("seed", [1, 5])
def test_forcing_an_offer_costs_what_the_forced_plan_says(seed):
    problem = small_problem(seed)
    plan = plan_sourcing(problem, RULES, target_gap=0.0)
    part, supplier = absent_pairs(problem, plan)[0]
    answer = explain_absence(problem, RULES, plan, supplier, part)
    forced = plan_sourcing(problem, replace(RULES, forced=((part, supplier),)), target_gap=0.0)
    assert verify_plan(problem, replace(RULES, forced=((part, supplier),)), forced) == ()
    assert answer.cost == pytest.approx(forced.objective - plan.objective, abs=1e-3)
    assert answer.proven


@pytest.mark.parametrize("seed", [1, 5])
def test_the_price_cut_is_the_smallest_that_lets_it_in(seed):
    problem = small_problem(seed)
    plan = plan_sourcing(problem, RULES, target_gap=0.0)
    part, supplier = absent_pairs(problem, plan)[0]
    answer = explain_absence(problem, RULES, plan, supplier, part)

    def forced_objective(cut):
        mine = (pl.col("part") == part) & (pl.col("supplier") == supplier)
        offers = problem.offers.with_columns(
            annual_cost=pl.when(mine).then(pl.col("annual_cost") * (1 - cut)).otherwise("annual_cost")
        )
        forced = replace(RULES, forced=((part, supplier),))
        return plan_sourcing(replace(problem, offers=offers), forced, target_gap=0.0).objective

    assert forced_objective(answer.price_cut + 1e-4) <= plan.objective + 1e-3
    assert forced_objective(answer.price_cut - 1e-3) > plan.objective


def test_a_supplier_in_the_plan_or_unknown_is_said_so():
    problem = small_problem(1)
    plan = plan_sourcing(problem, RULES)
    part, supplier = plan.shares.select("part", "supplier").row(0)
    assert [each.code for each in explain_absence(problem, RULES, plan, supplier, part).reasons] == [
        "in_plan"
    ]
    with pytest.raises(InvalidRequest):
        explain_absence(problem, RULES, plan, "Nobody")


@pytest.mark.parametrize("seed", [3, 8])
def test_the_least_budget_is_where_a_plan_begins_to_exist(seed):
    problem = small_problem(seed)
    rules = replace(RULES, budget=0.0, local_target=0.45)
    least = least_needed(problem, rules, "budget", time_limit=20).one_off
    assert math.isinf(cheapest_by_hand(problem, replace(rules, budget=least - 0.01))) or least == 0
    assert math.isfinite(cheapest_by_hand(problem, replace(rules, budget=least + 0.01)))


@pytest.mark.parametrize("target", TARGETS)
def test_no_plan_has_a_better_figure_than_the_one_that_needs_least(target):
    problem = small_problem(6)
    best = taken(least_needed(problem, RULES, target, time_limit=20), target)
    worse = {"local_target": best + 0.001}.get(target, best * (1 - 1e-3) - 1e-3)
    exact = {"local_target": best - 1e-6}.get(target, best * (1 + 1e-6) + 1e-3)
    if 0 <= worse <= (1 if target == "local_target" else math.inf):
        assert math.isinf(cheapest_by_hand(problem, replace(RULES, **{target: worse})))
        assert is_feasible(problem, replace(RULES, **{target: worse}), time_limit=20) is False
    assert math.isfinite(cheapest_by_hand(problem, replace(RULES, **{target: exact})))
    assert is_feasible(problem, replace(RULES, **{target: exact}), time_limit=20) is True


def test_a_contradiction_names_only_rules_that_are_needed():
    problem = small_problem(3)
    rules = replace(RULES, co2_cap=0.0, budget=1e6, local_target=0.1)
    assert plan_sourcing(problem, rules).status is Status.INFEASIBLE
    found = explain_conflict(problem, rules)
    assert [each.code for each in found.rules] == ["conflict_co2_cap"]
    needed = found.relaxations[0].params["needed"]
    assert plan_sourcing(problem, replace(rules, co2_cap=needed + 0.01)).found
    assert found.minimal


def test_two_contradictions_are_undone_together():
    problem = small_problem(3)
    rules = replace(RULES, co2_cap=0.0, local_target=1.0, budget=1e6)
    found = explain_conflict(problem, rules)
    together, *changes = found.relaxations
    assert together.code == "relax_together"
    assert {each.code for each in changes} == {"relax_co2_cap", "relax_local_target"}
    needed = {each.code.removeprefix("relax_"): each.params["needed"] for each in changes}
    relaxed = replace(rules, co2_cap=needed["co2_cap"] + 0.01, local_target=needed["local_target"] / 100)
    assert plan_sourcing(problem, relaxed).found


def test_the_frontier_holds_plans_that_hold_and_none_beats_another():
    problem = small_problem(4)
    points = trace_frontier(problem, RULES, points=6, time_limit=60)
    assert len(points) >= 2
    for one, other in itertools.permutations(points, 2):
        assert one.cost < other.cost or one.local_share > other.local_share or one.cvar < other.cvar
    for point in points:
        wrong = {each.code for each in verify_plan(problem, replace(RULES, risk_weight=1e-3), point.plan)}
        assert wrong == set()


def moving():
    names = ["P0", "P1", "P2"]
    return sourcing_problem(
        {"part": names, "spend": [100.0] * 3, "supplier": ["Old"] * 3, "notice_months": [7.0, 0.0, 0.0]},
        {
            "part": names * 2,
            "supplier": ["Old"] * 3 + ["New"] * 3,
            "annual_cost": [100.0] * 3 + [60.0, 70.0, 40.0],
            "qualification_cost": [0.0] * 3 + [10.0, 10.0, 20.0],
            "qualification_months": [0.0] * 3 + [3.0, 2.0, 6.0],
        },
        {"supplier": ["Old", "New"], "opening_cost": [0.0, 5.0], "turnover": [None, 400.0]},
    )


def saved_by_hand(budget, quarters):
    """Every choice of three starting quarters: as many moves as possible, then the largest saving."""
    cost, worth, wait, best = [10, 10, 20], [40, 30, 60], [3, 1, 2], (-1, 0.0)
    for starts in itertools.product([*range(quarters), None], repeat=3):
        begun = [start for start in starts if start is not None]
        paid = [
            sum(cost[at] for at, s in enumerate(starts) if s is not None and s <= until)
            + (5 if any(s <= until for s in begun) else 0)
            for until in range(quarters)
        ]
        if all(spent <= budget * (until + 1) + 1e-9 for until, spent in enumerate(paid)):
            saving = sum(
                max(quarters - s - wait[at], 0) * worth[at] / 4
                for at, s in enumerate(starts)
                if s is not None
            )
            best = max(best, (len(begun), saving))
    return best


@pytest.mark.parametrize(("budget", "quarters"), [(15.0, 6), (8.0, 6), (5.0, 5), (45.0, 4)])
def test_the_order_of_moves_is_the_best_of_all(budget, quarters):
    problem, rules = moving(), PlanRules(risk_weight=0.0)
    plan = plan_sourcing(problem, rules)
    found = sequence_moves(problem, rules, plan, quarter_budget=budget, quarters=quarters)
    begun, saved = saved_by_hand(budget, quarters)
    assert sum(step.start is not None for step in found.steps) == begun
    assert found.saved == pytest.approx(saved)


def test_notice_delays_a_move_and_dependence_is_flagged():
    problem, rules = moving(), PlanRules(risk_weight=0.0)
    found = sequence_moves(problem, rules, plan_sourcing(problem, rules))
    step = next(step for step in found.steps if step.part == "P0")
    assert (step.start, step.effective) == (1, 4)
    assert [each.code for each in step.reasons] == ["notice_delays"]
    assert [(each.code, each.params["percent"]) for each in found.dependent] == [("depends_on_you", 75.0)]


def test_a_move_is_explained_by_its_figures():
    problem, rules = moving(), PlanRules(risk_weight=0.0)
    moves = explain_moves(problem, rules, plan_sourcing(problem, rules))
    assert [(move.part, move.saving, move.one_off) for move in moves] == [
        ("P2", 60.0, 20.0),
        ("P0", 40.0, 10.0),
        ("P1", 30.0, 10.0),
    ]
    assert [each.code for each in moves[0].reasons] == ["cheaper", "one_off"]


def test_the_caller_of_a_frontier_is_asked_in_its_own_thread_and_can_stop_it():
    here, asked, heard = threading.get_ident(), [], []

    def cancel():
        asked.append(threading.get_ident())
        return len(heard) > 0

    points = trace_frontier(
        small_problem(4), RULES, points=6, time_limit=60, on_progress=heard.append, cancel=cancel
    )
    assert set(asked) == {here}
    assert heard[0] < 1
    assert points
