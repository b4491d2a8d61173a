"""Running one ``maillon plan``: rules of file and command line, the plan, and what was asked about it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from maillon.core.errors import InvalidRequest
from maillon.core.message import message

if TYPE_CHECKING:
    from types import FrameType

    from maillon.method.plan.sourcing import PlanProgress, PlanRules, SourcingPlan, SourcingProblem
    from maillon.method.plan.sourcing.budget_worth import BudgetWorth
    from maillon.method.plan.sourcing.conflict import Conflict
    from maillon.method.plan.sourcing.frontier import FrontierPoint
    from maillon.method.plan.sourcing.move_reasons import PartMove
    from maillon.method.plan.sourcing.sequence import MoveSequence
    from maillon.method.plan.sourcing.verify import Violation
    from maillon.method.plan.sourcing.why_not import WhyNot

_WHOLE = frozenset({"critical_sources", "most_sources"})


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked beside the plan."""

    why_not: str
    frontier: int
    quarter_budget: float | None
    time_limit: float


@dataclass(frozen=True, slots=True)
class Answer:
    """A plan with all that was asked about it; None or empty for what was not."""

    problem: SourcingProblem
    plan: SourcingPlan
    moves: tuple[PartMove, ...]
    sequence: MoveSequence | None
    conflict: Conflict | None
    why_not: WhyNot | None
    frontier: tuple[FrontierPoint, ...]
    wrong: tuple[Violation, ...]
    budget: BudgetWorth | None
    interrupted: bool


def rules_of(written: Mapping[str, Any], asked: Mapping[str, float | None]) -> PlanRules:
    """Return the rules of the file, those of the command line before them.

    Raises ``InvalidRequest`` for a rule that does not exist, or makes no sense.
    """
    from maillon.method.plan.sourcing import PlanRules

    decided = {"forced", "forbidden"}
    known = {each.name for each in fields(PlanRules)} - decided
    strange = sorted(set(written) - known - decided)
    if strange:
        raise InvalidRequest(
            message("There is no rule “{rule}”.", rule=strange[0]),
            message("The rules are: {rules}.", rules=", ".join(sorted(known))),
        )
    values = dict(written) | {name: value for name, value in asked.items() if value is not None}
    given: dict[str, Any] = {
        name: int(value) if name in _WHOLE else value for name, value in values.items() if value is not None
    }
    return PlanRules(**given)


def answer_plan(
    problem: SourcingProblem, rules: PlanRules, wishes: Wishes, advance: Callable[[float], None]
) -> Answer:
    """Return the plan and what was asked about it; Ctrl-C ends the search with the best plan so far."""
    from maillon.method.plan.sourcing import plan_sourcing
    from maillon.method.plan.sourcing.budget_worth import weigh_budget
    from maillon.method.plan.sourcing.conflict import explain_conflict
    from maillon.method.plan.sourcing.frontier import trace_frontier
    from maillon.method.plan.sourcing.move_reasons import explain_moves
    from maillon.method.plan.sourcing.sequence import sequence_moves
    from maillon.method.plan.sourcing.verify import verify_plan
    from maillon.solve import Status

    def heard(now: PlanProgress) -> None:
        advance(min(now.seconds / wishes.time_limit, 1.0))

    with interruptible() as stopped:
        plan = plan_sourcing(problem, rules, time_limit=wishes.time_limit, on_progress=heard, cancel=stopped)
        conflict = None
        if plan.status is Status.INFEASIBLE:
            conflict = explain_conflict(problem, rules, time_limit=wishes.time_limit)
        points = (
            trace_frontier(
                problem, rules, points=wishes.frontier, time_limit=5 * wishes.time_limit,
                on_progress=advance, cancel=stopped,
            )
            if wishes.frontier > 0 and plan.found and not stopped()
            else ()
        )  # fmt: skip
        worth = None
        if not stopped():
            worth = weigh_budget(problem, rules, plan, time_limit=wishes.time_limit, cancel=stopped)
        interrupted = stopped()
    return Answer(
        problem,
        plan,
        explain_moves(problem, rules, plan) if plan.found else (),
        sequence_moves(problem, rules, plan, quarter_budget=wishes.quarter_budget) if plan.found else None,
        conflict,
        _absence(problem, rules, plan, wishes.why_not) if wishes.why_not and plan.found else None,
        points,
        verify_plan(problem, rules, plan) if plan.found else (),
        worth,
        interrupted,
    )


def _absence(problem: SourcingProblem, rules: PlanRules, plan: SourcingPlan, asked: str) -> WhyNot:
    from maillon.method.plan.sourcing.why_not import explain_absence

    names = set(problem.suppliers["supplier"])
    supplier, _, part = (asked, "", "") if asked in names else asked.rpartition(":")
    if supplier not in names:
        labels = problem.suppliers.filter(label=supplier or asked)["supplier"]
        if not len(labels):
            raise InvalidRequest(
                message("Supplier {name} is not in the file.", name=supplier or asked),
                message("Write SUPPLIER or SUPPLIER:PART, named as in the file."),
            )
        supplier = labels[0]
    return explain_absence(problem, rules, plan, supplier, part or None)


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Yield whether Ctrl-C was pressed; a second one ends the command."""
    pressed: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)
