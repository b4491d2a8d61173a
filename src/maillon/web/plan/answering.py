"""Making a plan and all that is asked about it: moves, quarters, trade-offs, what contradicts what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maillon.web.plan.stored import known, plan_to_json, reason_to_json

if TYPE_CHECKING:
    from maillon.method.plan.sourcing import PlanProgress, PlanRules, SourcingPlan, SourcingProblem

#: Seconds for each trade-off, and for what more budget buys.
EACH, MORE_BUDGET, CONFLICT = 3.0, 5.0, 20.0


@dataclass(frozen=True, slots=True)
class Listener:
    """What the search tells while it goes on, and whether it should end with the best plan so far."""

    heard: Callable[[PlanProgress], None]
    advanced: Callable[[float], None]
    stopped: Callable[[], bool]


def answer_plan(
    problem: SourcingProblem, rules: PlanRules, wishes: dict[str, Any], listener: Listener
) -> dict[str, Any]:
    """Return the plan of a request as plain data; any part of the work may be cut short by the listener."""
    from maillon.method.plan.sourcing import plan_sourcing  # noqa: PLC0415 - solvers only in the worker
    from maillon.method.plan.sourcing.conflict import explain_conflict  # noqa: PLC0415 - as above
    from maillon.solve import Status  # noqa: PLC0415 - as above

    plan = plan_sourcing(
        problem, rules, time_limit=wishes["seconds"], on_progress=listener.heard, cancel=listener.stopped
    )
    told: dict[str, Any] = {"plan": plan_to_json(plan), "gap": known(plan.gap), "today": _today(problem)}
    if plan.status is Status.INFEASIBLE:
        conflict = explain_conflict(problem, rules, time_limit=CONFLICT)
        told["conflict"] = [reason_to_json(one) for one in conflict.rules]
        told["relaxations"] = [reason_to_json(one) for one in conflict.relaxations]
        return told
    if not plan.found:
        return told
    told |= tell_plan(problem, rules, plan, wishes)
    told["budget"] = _more_budget(problem, rules, plan, listener)
    told["frontier"] = _frontier(problem, rules, wishes, listener)
    return told


def tell_plan(
    problem: SourcingProblem, rules: PlanRules, plan: SourcingPlan, wishes: dict[str, Any]
) -> dict[str, Any]:
    """Return the moves of a plan by quarter, with reasons, and what it does not meet (nothing, always)."""
    from maillon.method.plan.sourcing.move_reasons import explain_moves  # noqa: PLC0415 - as above
    from maillon.method.plan.sourcing.sequence import sequence_moves  # noqa: PLC0415 - as above
    from maillon.method.plan.sourcing.verify import verify_plan  # noqa: PLC0415 - as above

    moves = {move.part: move for move in explain_moves(problem, rules, plan)}
    sequence = sequence_moves(problem, rules, plan, quarter_budget=wishes.get("quarter_budget"))
    wait = _months(problem)
    return {
        "moves": [
            {
                "part": step.part,
                "today": moves[step.part].today,
                "shares": dict(moves[step.part].shares),
                "saving": moves[step.part].saving,
                "one_off": moves[step.part].one_off,
                "co2_cut": moves[step.part].co2_cut,
                "start": step.start,
                "effective": step.effective,
                "notice": wait["notice"].get(step.part),
                "qualification": max(
                    (wait["ready"].get((step.part, name), 0.0) for name in moves[step.part].shares),
                    default=0.0,
                ),
                "reasons": [reason_to_json(one) for one in (*moves[step.part].reasons, *step.reasons)],
            }
            for step in sequence.steps
        ],
        "order": sequence.status.value,
        "saved": known(sequence.saved),
        "dependent": [reason_to_json(one) for one in sequence.dependent],
        "wrong": [f"{one.code} {one.about}".strip() for one in verify_plan(problem, rules, plan)],
    }


def _months(problem: SourcingProblem) -> dict[str, dict[Any, float]]:
    notice = dict(problem.parts.select("part", "notice_months").iter_rows())
    offers = problem.offers.select("part", "supplier", "qualification_months").iter_rows()
    return {"notice": notice, "ready": {(part, name): months or 0.0 for part, name, months in offers}}


def _today(problem: SourcingProblem) -> dict[str, float]:
    """Return what the parts cost a year as they are bought today, and the local share of them."""
    bought = problem.parts.join(problem.offers, on=["part", "supplier"])
    weight = float(problem.parts["local_weight"].sum())
    local = float((bought["local_weight"] * bought["local_value"].fill_null(0.0)).sum())
    return {"cost": float(bought["annual_cost"].sum()), "local_share": local / weight if weight > 0 else 0.0}


def _more_budget(
    problem: SourcingProblem, rules: PlanRules, plan: SourcingPlan, listener: Listener
) -> dict[str, Any] | None:
    from maillon.method.plan.sourcing.budget_worth import weigh_budget  # noqa: PLC0415 - as above

    if listener.stopped():
        return None
    worth = weigh_budget(problem, rules, plan, time_limit=MORE_BUDGET, cancel=listener.stopped)
    # Less than a euro is the arithmetic of solvers, and no reason to ask for more.
    return None if worth is None or worth.saving < 1.0 else reason_to_json(worth.reason)


def _frontier(
    problem: SourcingProblem, rules: PlanRules, wishes: dict[str, Any], listener: Listener
) -> list[dict[str, Any]]:
    """Return the trade-offs of cost, local share and risk, cheapest first, each with its moves."""
    from maillon.method.plan.sourcing.frontier import trace_frontier  # noqa: PLC0415 - as above

    points = wishes["points"]
    if not points or listener.stopped():
        return []
    found = trace_frontier(
        problem, rules, points=points, time_limit=EACH * points,
        on_progress=listener.advanced, cancel=listener.stopped,
    )  # fmt: skip
    return [
        {
            "cost": known(point.cost),
            "local_share": point.local_share,
            "cvar": known(point.cvar),
            "gap": known(point.gap),
            "one_off": known(point.plan.one_off),
            "co2": known(point.plan.co2),
            "status": point.status.value,
            "plan": plan_to_json(point.plan),
            **tell_plan(problem, rules, point.plan, wishes),
        }
        for point in found
    ]
