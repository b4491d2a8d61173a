"""When each move starts, each quarter within its budget; nobody is cut without notice."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.core.reason import Reason
from maillon.method.plan.sourcing.move_reasons import PartMove, explain_moves
from maillon.method.plan.sourcing.problem import SourcingProblem
from maillon.method.plan.sourcing.result import SourcingPlan
from maillon.method.plan.sourcing.rules import PlanRules
from maillon.solve import Status, solve
from maillon.solve.blocks import Block, ModelBuilder, terms
from maillon.solve.model import Floats

_MONTHS = 3.0


@dataclass(frozen=True, slots=True)
class Step:
    """One part's move: it is paid and announced in quarter ``start``, and delivers from ``effective`` on.

    Quarters count from 1. ``start`` is None where the budget does not reach the move within the horizon.
    ``worth`` is €/yr saved, weighed risk included, one-off costs apart.
    """

    part: str
    start: int | None
    effective: int | None
    worth: float
    one_off: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class MoveSequence:
    """Steps by quarter, how sure their order is, € ``saved`` in the horizon, suppliers who would depend."""

    steps: tuple[Step, ...]
    status: Status
    saved: float
    dependent: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Move:
    move: PartMove
    new: tuple[str, ...]
    wait: int
    notice: float
    late: bool


def sequence_moves(
    problem: SourcingProblem,
    rules: PlanRules,
    plan: SourcingPlan,
    *,
    quarter_budget: float | None = None,
    quarters: int = 12,
    most_dependence: float = 0.3,
    time_limit: float = 10.0,
) -> MoveSequence:
    """Return the order of the moves that saves most within ``quarters``, each quarter within its budget.

    What a quarter does not spend, the next may. A move is effective when its new suppliers are qualified and
    today's supplier has had its notice, whichever is later. As many moves as possible start; a supplier is
    opened and paid once, with the first move that needs it. A supplier of whose turnover the buyer would be
    more than ``most_dependence`` is flagged. Raises ``InvalidRequest`` for a budget below zero or no quarter.
    """
    if quarters < 1 or (quarter_budget is not None and not quarter_budget >= 0):
        raise InvalidRequest(
            message("The budget of a quarter must be zero or more, and there must be one quarter at least.")
        )
    moves = _moves(problem, rules, plan)
    starts, status, saved = _starts(problem, moves, quarter_budget, quarters, time_limit)
    steps = [_step(problem, one, start, quarters) for one, start in zip(moves, starts, strict=True)]
    steps.sort(key=lambda step: (step.start or quarters + 1, -step.worth / max(step.one_off, 1.0)))
    return MoveSequence(tuple(steps), status, saved, _dependent(problem, plan, most_dependence))


def _moves(problem: SourcingProblem, rules: PlanRules, plan: SourcingPlan) -> list[_Move]:
    parts = {row["part"]: row for row in problem.parts.iter_rows(named=True)}
    months = {
        (part, supplier): wait or 0.0
        for part, supplier, wait in problem.offers.select(
            "part", "supplier", "qualification_months"
        ).iter_rows()
    }
    made = []
    for move in explain_moves(problem, rules, plan):
        new = tuple(name for name in move.shares if name != move.today)
        ready = max((months[move.part, name] for name in new), default=0.0)
        notice = (parts[move.part]["notice_months"] or 0.0) if move.today is not None else 0.0
        wait = math.ceil(max(ready, notice) / _MONTHS - 1e-9)
        made.append(_Move(move, new, wait, notice, notice > ready))
    return made


def _worth(one: _Move) -> float:
    return (one.move.saving or 0.0) + one.move.risk_cut


def _starts(
    problem: SourcingProblem, moves: Sequence[_Move], budget: float | None, quarters: int, time_limit: float
) -> tuple[list[int | None], Status, float]:
    """Return the quarter (from 1) in which each move starts, how sure that is, and € saved in all."""
    if not moves:
        return [], Status.OPTIMAL, 0.0
    opening = dict(zip(problem.suppliers["supplier"], problem.suppliers["opening_cost"], strict=True))
    names = [name for name in dict.fromkeys(n for one in moves for n in one.new) if opening[name] > 0]
    quarter = np.arange(quarters)
    gain = np.array([np.maximum(quarters - quarter - one.wait, 0) * _worth(one) / 4 for one in moves])
    reward = 1.0 + np.abs(gain).sum()
    build = ModelBuilder()
    start = build.add_columns("start", cost=-(gain + reward).ravel(), upper=1.0, integer=True)
    opened = build.add_columns("opened", cost=np.zeros(len(names) * quarters), upper=1.0, integer=True)
    row = np.repeat(np.arange(len(moves)), quarters)
    build.add_rows("once", len(moves), [terms(start, np.arange(len(row)), row, 1.0)], upper=1.0)
    each = np.arange(len(names) * quarters)
    build.add_rows("open_once", len(names), [terms(opened, each, each // quarters, 1.0)], upper=1.0)
    needs = [(at, names.index(name)) for at, one in enumerate(moves) for name in one.new if opening[name] > 0]
    _open_rows(build, (start, opened), needs, quarters)
    if budget is not None:
        cost = np.array([one.move.one_off for one in moves])
        fee = np.array([opening[name] for name in names])
        below = [(until, at) for until in range(quarters) for at in range(until + 1)]
        paid = [
            (until, n * quarters + at, cost[n]) for until, at in below for n in range(len(moves)) if cost[n]
        ]
        fees = [(until, n * quarters + at, fee[n]) for until, at in below for n in range(len(names))]
        rows = [terms(block, [e[1] for e in some], [e[0] for e in some], [e[2] for e in some])
                for block, some in ((start, paid), (opened, fees))]  # fmt: skip
        build.add_rows("budget", quarters, rows, upper=budget * (quarter + 1))
    linear = build.model().linear
    hint = None if budget is None else _first_come(moves, opening, names, budget, quarters)
    found = solve(linear, time_limit=time_limit, target_gap=1e-9, hint=hint)
    if not found.values.size:
        return [None] * len(moves), found.status, 0.0
    chosen = found.values[start.at].reshape(len(moves), quarters) > 0.5
    return (
        [int(np.argmax(some)) + 1 if some.any() else None for some in chosen],
        found.status,
        float((gain * chosen).sum()),
    )


def _first_come(
    moves: Sequence[_Move], opening: Mapping[str, float], names: Sequence[str], budget: float, quarters: int
) -> Floats:
    """Return an order to start from: the moves worth most a euro first, each as soon as money allows."""
    left = budget * np.arange(1.0, quarters + 1)
    start, opened = np.zeros((len(moves), quarters)), np.zeros((len(names), quarters))
    since: dict[str, int] = {}
    for at in sorted(range(len(moves)), key=lambda at: -_worth(moves[at]) / max(moves[at].move.one_off, 1.0)):
        closed = [name for name in moves[at].new if opening[name] > 0 and name not in since]
        price = moves[at].move.one_off + sum(opening[name] for name in closed)
        earliest = max((since.get(name, 0) for name in moves[at].new), default=0)
        # Money spent in a quarter is missing in all later ones.
        able = np.flatnonzero(np.minimum.accumulate(left[::-1])[::-1] >= price)
        if not (able := able[able >= earliest]).size:
            continue
        chosen = int(able[0]) if _worth(moves[at]) > 0 else quarters - 1
        left[chosen:] -= price
        start[at, chosen] = 1.0
        for name in closed:
            since[name] = chosen
            opened[names.index(name), chosen] = 1.0
    return np.concatenate([start.ravel(), opened.ravel()])


def _open_rows(
    build: ModelBuilder, blocks: tuple[Block, Block], needs: Sequence[tuple[int, int]], quarters: int
) -> None:
    """Let a move start no sooner than its new suppliers are opened: sums up to each quarter."""
    start, opened = blocks
    rows, moved, open_at = [], [], []
    for rank, (move, name) in enumerate(needs):
        for until in range(quarters):
            for at in range(until + 1):
                rows.append(rank * quarters + until)
                moved.append(move * quarters + at)
                open_at.append(name * quarters + at)
    both = [terms(start, moved, rows, 1.0), terms(opened, open_at, rows, -1.0)]
    build.add_rows("open_first", len(needs) * quarters, both, upper=0.0)


def _step(problem: SourcingProblem, one: _Move, start: int | None, quarters: int) -> Step:
    reasons = []
    if start is None:
        reasons.append(Reason("not_within", 0.0, {"quarters": quarters}))
    elif start > 1 and _worth(one) > 0:
        reasons.append(Reason("budget_delays", 0.0, {"quarter": start}))
    if one.late and one.move.today is not None:
        label = problem.suppliers.filter(supplier=one.move.today)["label"]
        name = label[0] if len(label) else one.move.today
        reasons.append(Reason("notice_delays", 0.0, {"months": one.notice, "supplier": name}))
    effective = None if start is None else start + one.wait
    return Step(one.move.part, start, effective, _worth(one), one.move.one_off, tuple(reasons))


def _dependent(problem: SourcingProblem, plan: SourcingPlan, most: float) -> tuple[Reason, ...]:
    firms = {row["supplier"]: row for row in problem.suppliers.iter_rows(named=True)}
    found = []
    for name, exposure in plan.opened.select("supplier", "exposure").iter_rows():
        turnover = firms[name]["turnover"]
        if turnover is not None and exposure > most * turnover:
            share = exposure / turnover if turnover else math.inf
            percent = round(100 * share, 1) if math.isfinite(share) else 100.0
            found.append(
                Reason("depends_on_you", share, {"supplier": firms[name]["label"], "percent": percent})
            )
    return tuple(sorted(found, key=lambda reason: -reason.weight))
