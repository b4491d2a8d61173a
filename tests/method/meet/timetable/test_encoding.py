"""The model of a timetable has the optimum that brute force finds, whatever the rules."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pysat.examples.rc2 import RC2
from pysat.formula import WCNF

from factories.timetables import fewest_breaks, obeys, small_problems
from maillon.method.meet.timetable import TimetableProblem, count_breaks
from maillon.method.meet.timetable.encoding import encode
from maillon.solve.sat_formula import write_clauses


def solve_with_rc2(problem: TimetableProblem, fairness: int | None) -> tuple[int, tuple[int, ...]] | None:
    """Return the least cost and the slots by RC2, an engine that the product does not use."""
    encoding = encode(problem, fairness=fairness)
    model = encoding.model()
    clauses, _ = write_clauses({name: getattr(model, name) for name in model.__slots__})
    formula = WCNF()
    formula.extend(clauses)
    formula.extend([[-literal] for literal in model.cost_literals.tolist()], [1] * len(model.cost_literals))
    if [] in clauses:  # RC2 overlooks an empty clause
        return None
    with RC2(formula, solver="cadical195") as engine:
        values = engine.compute()
        return None if values is None else (engine.cost, encoding.slots([value > 0 for value in values]))


@settings(max_examples=150, deadline=None)
@given(small_problems(), st.sampled_from([None, 0, 1, 2]))
def test_the_cheapest_model_is_the_timetable_with_the_fewest_breaks(
    problem: TimetableProblem, fairness: int | None
) -> None:
    found = solve_with_rc2(problem, fairness)
    assert (found and found[0]) == fewest_breaks(problem, fairness)
    if found is not None:
        cost, slots = found
        assert obeys(problem, slots)
        assert sum(count_breaks(problem, slots)) == cost


def test_fairness_holds_above_a_least_number_of_breaks_that_is_not_zero() -> None:
    # Both meet in slots 0 and 2 and nobody else is there: each has one break, and the difference is 0.
    problem = TimetableProblem(2, ((0, 1), (0, 1)), (1, 1, 1), fixed=(0, 2))
    assert solve_with_rc2(problem, 0) == (2, (0, 2))
    alone = TimetableProblem(3, ((0, 1), (0, 1)), (1, 1, 1), fixed=(0, 2))
    assert solve_with_rc2(alone, 0) is None
    assert solve_with_rc2(alone, 1) == (2, (0, 2))


@pytest.mark.parametrize(("lunches", "breaks"), [((), 2), ((2,), 0)])
def test_a_pause_is_no_break(lunches: tuple[int, ...], breaks: int) -> None:
    problem = TimetableProblem(2, ((0, 1), (0, 1)), (1, 1, 1, 1), fixed=(0, 3), lunches=lunches)
    found = solve_with_rc2(problem, None)
    assert found is not None
    assert found[0] == breaks
