"""Inputs of a plan that make no sense are refused in words; what is left out has its meaning."""

from typing import Any

import pytest

from maillon.core.errors import InvalidRequest
from maillon.method.plan.sourcing import PlanRules, SourcingProblem, plan_sourcing, sourcing_problem
from maillon.method.plan.sourcing.arrays import sourcing_arrays

PARTS = {"part": ["P1", "P2"], "spend": [100.0, 50.0], "supplier": ["A", None]}
OFFERS = {
    "part": ["P1", "P1", "P2"],
    "supplier": ["A", "B", "B"],
    "annual_cost": [100.0, 90.0, 50.0],
    "qualification_cost": [None, 5.0, 4.0],
}
SUPPLIERS = {"supplier": ["A", "B"], "opening_cost": [None, 10.0]}


def problem(**changes: Any) -> SourcingProblem:
    frames: dict[str, Any] = {"parts": PARTS, "offers": OFFERS, "suppliers": SUPPLIERS}
    for name, columns in changes.items():
        frames[name] = frames.get(name, {}) | columns
    return sourcing_problem(**frames)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"parts": {"part": [], "spend": [], "supplier": []}}, "There is no part to plan."),
        ({"parts": {"spend": [100.0, None]}}, "row 2 has no “spend”"),
        ({"parts": {"spend": [100.0, -1.0]}}, "“spend” of P2 is -1.0"),
        ({"parts": {"notice_months": [-3.0, None]}}, "“notice_months” of P1 is -3.0"),
        ({"parts": {"part": ["P1", "P1"]}}, "P1 is written twice"),
        ({"offers": {"annual_cost": [1.0, float("nan"), 1.0]}}, "“annual_cost” of P1 / B is nan"),
        ({"offers": {"local_value": [30.0, None, None]}}, "write 0.3 for 30 %"),
        ({"offers": {"supplier": ["A", "C", "B"]}}, "names C, which table “suppliers” does not hold"),
        ({"offers": {"part": ["P1", "P1", "P1"], "supplier": ["A", "B", "C"]}}, "names C"),
        ({"offers": {"qualification_cost": [None, None, 1.0]}}, "qualifying P1 / B is not given"),
        ({"suppliers": {"opening_cost": [None, None]}}, "opening supplier B is not given"),
        ({"scenarios": {"scenario": ["D", "E"], "probability": [0.5, None]}}, "others have none"),
        ({"scenarios": {"scenario": ["D", "E"], "probability": [0.5, 0.6]}}, "sum to 1.1"),
    ],
)
def test_what_makes_no_sense_is_said_in_words(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        problem(**changes)
    assert words in str(refusal.value)


@pytest.mark.parametrize(
    "rules",
    [
        {"budget": -1.0},
        {"local_target": 1.5},
        {"confidence": 1.0},
        {"critical_sources": 4},
        {"amortisation_years": 0.0},
        {"risk_weight": float("nan")},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(rules: dict[str, Any]) -> None:
    with pytest.raises(InvalidRequest):
        PlanRules(**rules)


@pytest.mark.parametrize(
    ("changes", "rules", "words"),
    [
        ({"suppliers": {"capacity": [0.0, 0.0]}}, PlanRules(), "Part P1 needs 1 suppliers, and 0 can"),
        ({"parts": {"critical": [False, True]}}, PlanRules(), "Part P2 needs 2 suppliers, and 1 can"),
        (
            {"offers": {"most_share": [0.3, 0.3, None]}},
            PlanRules(),
            "The suppliers of part P1 cannot deliver",
        ),
        ({}, PlanRules(co2_cap=5.0), "P1 / A has no CO2 figure"),
        ({}, PlanRules(forced=(("P2", "A"),)), "A makes no offer for part P2"),
    ],
)
def test_what_one_part_cannot_have_is_said_before_solving(
    changes: dict[str, Any], rules: PlanRules, words: str
) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        sourcing_arrays(problem(**changes), rules)
    assert words in str(refusal.value)


def test_todays_supplier_is_qualified_and_open_for_nothing() -> None:
    plan = plan_sourcing(problem(), PlanRules(), target_gap=0.0)
    # P2 opens B anyway: P1 then saves 10 a year for 5 once.
    assert plan.one_off == pytest.approx(5 + 4 + 10)
    assert plan.objective == pytest.approx(90 + 50 + 19 / 3)
    moved = {row["part"]: row["share_today"] for row in plan.moves.iter_rows(named=True) if row["change"] > 0}
    assert moved == {"P1": 0.0, "P2": 0.0}
