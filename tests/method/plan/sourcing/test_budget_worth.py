"""What more budget buys, on a plan that can be reckoned by hand."""

import pytest

from maillon.method.plan.sourcing import PlanRules, plan_sourcing, sourcing_problem
from maillon.method.plan.sourcing.budget_worth import weigh_budget
from maillon.method.plan.sourcing.words import say_reason


def move_for(once: float):
    """One part at 100 €/yr that a new supplier makes for 80 €/yr, after ``once`` € to qualify it."""
    return sourcing_problem(
        {"part": ["P1"], "spend": [100.0], "supplier": ["Old"]},
        {
            "part": ["P1", "P1"],
            "supplier": ["Old", "New"],
            "annual_cost": [100.0, 80.0],
            "qualification_cost": [0.0, once],
        },
        {"supplier": ["Old", "New"], "opening_cost": [0.0, 0.0]},
    )


@pytest.mark.parametrize(("budget", "extra", "saving"), [(0.0, 1000.0, 10.0), (30.0, 1000.0, 0.0)])
def test_a_budget_is_worth_the_plan_that_it_lets_in(budget: float, extra: float, saving: float) -> None:
    problem, rules = move_for(30.0), PlanRules(budget=budget)
    worth = weigh_budget(problem, rules, plan_sourcing(problem, rules))
    assert worth is not None
    assert (worth.extra, worth.proven) == (extra, True)
    assert worth.saving == pytest.approx(saving)
    assert worth.most >= worth.saving - 1e-6
    assert "more to pay once" in str(say_reason(worth.reason))


def test_a_tenth_more_that_reaches_nothing_is_worth_nothing() -> None:
    problem, rules = move_for(50_000.0), PlanRules(budget=20_000.0)
    worth = weigh_budget(problem, rules, plan_sourcing(problem, rules))
    assert worth is not None
    assert (worth.extra, worth.saving) == (2000.0, 0.0)


def test_without_a_budget_there_is_nothing_to_weigh() -> None:
    problem = move_for(30.0)
    assert weigh_budget(problem, PlanRules(), plan_sourcing(problem, PlanRules())) is None
