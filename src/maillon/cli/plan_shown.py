"""A sourcing plan as JSON and as tables in the reader's language."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from maillon.cli.plan_run import Answer
from maillon.cli.terminal import Say, table
from maillon.core.message import message
from maillon.core.money import Money
from maillon.core.reason import Reason
from maillon.method.plan.sourcing.words import say_reason, say_status

if TYPE_CHECKING:
    from maillon.method.plan.sourcing.frontier import FrontierPoint

#: Rows of the table of moves on a terminal; the JSON has all.
_SHOWN = 40


def answer_json(answer: Answer, say: Say) -> dict[str, Any]:
    """Return the machine's form: figures in €/yr, what is unknown as null."""
    plan = answer.plan
    held: dict[str, Any] = {
        "status": plan.status.value,
        "text": say(say_status(plan.status, plan.gap)),
        "objective": _figure(plan.objective),
        "bound": _figure(plan.bound),
        "gap": _figure(plan.gap),
        "seconds": round(plan.seconds, 3),
        "one_off": _figure(plan.one_off),
        "cvar": _figure(plan.cvar),
        "co2": _figure(plan.co2),
        "local_share": _figure(plan.local_share),
        "moves": list(_moves(answer, say)),
        "reasons": _conflict_reasons(answer, say),
        "wrong": [f"{each.code} {each.about}".strip() for each in answer.wrong],
    }
    if answer.budget is not None:
        held["reasons"] += _told([answer.budget.reason], say)
    if answer.sequence is not None:
        held["saved"] = _figure(answer.sequence.saved)
        held["reasons"] += _told(answer.sequence.dependent, say)
    if (absent := answer.why_not) is not None:
        held["why_not"] = {
            "supplier": absent.supplier,
            "part": absent.part,
            "cost": _figure(absent.cost),
            "least_cost": _figure(absent.least_cost),
            "price_cut": _figure(absent.price_cut),
            "proven": absent.proven,
            "shares": [{"part": part, "share": share} for part, share in absent.shares],
            "reasons": _told(absent.reasons, say),
        }
    if answer.frontier:
        held["frontier"] = [
            {
                "cost": _figure(point.cost),
                "local_share": _figure(point.local_share),
                "cvar": _figure(point.cvar),
                "gap": _figure(point.gap),
                "status": point.status.value,
            }
            for point in answer.frontier
        ]
    return held


def _moves(answer: Answer, say: Say) -> Iterator[dict[str, Any]]:
    steps = {step.part: step for step in answer.sequence.steps} if answer.sequence else {}
    for move in answer.moves:
        step = steps[move.part]
        yield {
            "part": move.part,
            "label": move.label,
            "today": move.today,
            "shares": [{"supplier": name, "share": round(share, 6)} for name, share in move.shares.items()],
            "saving": move.saving,
            "one_off": move.one_off,
            "risk_cut": move.risk_cut,
            "co2_cut": move.co2_cut,
            "start_quarter": step.start,
            "effective_quarter": step.effective,
            "reasons": _told((*move.reasons, *step.reasons), say),
        }


def _conflict_reasons(answer: Answer, say: Say) -> list[dict[str, Any]]:
    if answer.conflict is None:
        return []
    return _told((*answer.conflict.rules, *answer.conflict.relaxations), say)


def _told(reasons: Sequence[Reason], say: Say) -> list[dict[str, Any]]:
    return [
        {"code": each.code, "weight": each.weight, "params": dict(each.params), "text": say(say_reason(each))}
        for each in reasons
    ]


def _figure(value: float) -> float | None:
    return value if math.isfinite(value) else None


def answer_shown(answer: Answer, say: Say) -> Iterator[Any]:
    """Yield what the terminal shows: the verdict, the moves, what was asked."""
    plan = answer.plan
    yield say(say_status(plan.status, plan.gap))
    if answer.conflict is not None:
        yield from _conflict_shown(answer, say)
    if plan.found:
        yield say(
            message(
                "{cost} a year in all; {once} to pay once; CVaR {risk}; local share {local} %.",
                cost=_euros(plan.objective),
                once=_euros(plan.one_off),
                risk=_euros(plan.cvar),
                local=round(100 * plan.local_share, 1),
            )
        )
        yield _moves_table(answer, say)
        if len(answer.moves) > _SHOWN:
            yield say(message("{n} more moves are in the JSON.", n=len(answer.moves) - _SHOWN))
    if answer.sequence is not None:
        yield from (say(say_reason(each)) for each in answer.sequence.dependent)
    if answer.budget is not None:
        yield say(say_reason(answer.budget.reason))
    if answer.why_not is not None:
        yield say(message("Why not {supplier}?", supplier=answer.why_not.supplier))
        yield from (f"  {say(say_reason(each))}" for each in answer.why_not.reasons)
    if answer.frontier:
        yield _frontier_table(answer.frontier, say)


def _conflict_shown(answer: Answer, say: Say) -> Iterator[str]:
    if answer.conflict is None:
        return
    rules = " + ".join(say(say_reason(each)) for each in answer.conflict.rules)
    if rules:
        yield say(message("These rules contradict each other: {rules}.", rules=rules))
    yield from (say(say_reason(each)) for each in answer.conflict.relaxations)


def _moves_table(answer: Answer, say: Say) -> Any:
    steps = {step.part: step for step in answer.sequence.steps} if answer.sequence else {}
    names = dict(zip(answer.problem.suppliers["supplier"], answer.problem.suppliers["label"], strict=True))
    heads = [
        message("Part"),
        message("Today"),
        message("Plan"),
        message("Saving"),
        message("Quarter"),
        message("Why"),
    ]
    rows = []
    for move in answer.moves[:_SHOWN]:
        step = steps[move.part]
        told = (say(say_reason(each)) for each in (*move.reasons, *step.reasons))
        rows.append([
            move.label,
            "" if move.today is None else str(names.get(move.today, move.today)),
            ", ".join(f"{names[name]} {share:.0%}" for name, share in move.shares.items()),
            "" if move.saving is None else f"{move.saving:,.0f}",
            "" if step.start is None else str(step.start),
            " ".join(told),
        ])  # fmt: skip
    return table("", [say(head) for head in heads], rows, frozenset({3, 4}))


def _frontier_table(points: Sequence[FrontierPoint], say: Say) -> Any:
    heads = [message("Cost a year"), message("Local share"), message("CVaR"), message("Gap")]
    rows = [
        [
            f"{point.cost:,.0f}",
            f"{point.local_share:.1%}",
            f"{point.cvar:,.0f}",
            f"{point.gap:.2%}" if math.isfinite(point.gap) else "",
        ]
        for point in points
    ]
    return table("", [say(head) for head in heads], rows, frozenset({0, 1, 2, 3}))


def _euros(figure: float) -> Money:
    return Money(round(figure, 0), "EUR")
