"""What ``maillon pool`` shows: the chamber's result, one member's view, or a location of Beasley."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from maillon.cli.pool_files import plain
from maillon.cli.terminal import Say, table
from maillon.core.errors import InvalidRequest
from maillon.core.message import Message, message
from maillon.core.reason import Reason
from maillon.language.format import format_number
from maillon.method.plan.pool import PoolLine, PoolNeed, PoolPlan, PoolRules, Search, group_needs, pool_needs
from maillon.method.plan.pool.competition import Competition, SignOff, check_competition
from maillon.method.plan.pool.location import Location, LocationProblem
from maillon.method.plan.pool.result import LineOutcome, MemberOutcome
from maillon.method.plan.pool.views import MemberView, PooledNeed, Withheld, publish_need, view_for_member
from maillon.method.plan.pool.words import euros, say_reason
from maillon.solve import Solution, Status


@dataclass(frozen=True, slots=True)
class Choice:
    """The options of the command."""

    years: int
    discount: float
    robust: bool
    share_by: str
    buying_share: float | None
    signed_off_by: str
    why: str
    time_limit: float


@dataclass(frozen=True, slots=True)
class Pooled:
    """One group of needs: the chamber's plan, the competition check and what may be published."""

    needs: tuple[PoolNeed, ...]
    plan: PoolPlan
    competition: Competition
    published: PooledNeed | Withheld


def pooled(
    needs: Sequence[PoolNeed],
    lines: Sequence[PoolLine],
    choice: Choice,
    on_progress: Callable[[Solution], None] | None = None,
) -> list[Pooled]:
    """Return the result of each group of needs."""
    rules = PoolRules(choice.years, choice.discount, choice.robust)
    search = Search(
        choice.time_limit, "shapley" if choice.share_by == "shapley" else "core", on_progress=on_progress
    )
    sign_off = (
        SignOff(choice.signed_off_by, dt.datetime.now(dt.UTC).date(), choice.why)
        if choice.signed_off_by
        else None
    )
    if sign_off is not None and not choice.why:
        raise InvalidRequest(message("A sign-off says why."), message("Add --why with a sentence."))
    results = []
    for group, plan in zip(group_needs(needs, lines), pool_needs(needs, lines, rules, search), strict=True):
        competition = check_competition(group.needs, choice.buying_share, sign_off)
        results.append(Pooled(group.needs, plan, competition, publish_need(group.needs, competition)))
    return results


def results_json(results: Sequence[Pooled], aside: Sequence[Message], say: Say) -> dict[str, Any]:
    """Return the chamber's full result as JSON takes it."""
    return {
        "pools": [
            {
                **_worded(plain(each.plan), say),
                "gap": plain(float(each.plan.gap)),
                "competition": _worded(plain(each.competition), say),
                "published": _published_json(each.published, say),
            }
            for each in results
        ],
        "set_aside": [say(each) for each in aside],
    }


def views_of(results: Sequence[Pooled], member: str) -> list[MemberView]:
    """Return what one member may see; ``InvalidRequest`` if it has no need there."""
    views = [view_for_member(each.plan, each.needs, member) for each in results]
    found = [view for view in views if view is not None]
    if not found:
        raise InvalidRequest(message("{firm} has no need in this pool.", firm=member))
    return found


def views_json(views: Sequence[MemberView], say: Say) -> dict[str, Any]:
    """Return one member's views as JSON takes them."""
    return {"pools": [_worded(plain(view), say) for view in views]}


def location_json(problem: LocationProblem, found: Location) -> dict[str, Any]:
    """Return a location: lines are numbered from 1, loads in units."""
    loads = found.shares @ problem.demand if found.shares.size else np.zeros(0)
    return plain(  # type: ignore[no-any-return] # a dict in, a dict out
        {
            "status": str(found.status),
            "objective": found.objective,
            "bound": found.bound,
            "gap": float(found.gap),
            "seconds": round(found.seconds, 3),
            "opened": [int(line) + 1 for line in np.flatnonzero(found.opened)],
            "volumes": [float(loads[line]) for line in np.flatnonzero(found.opened)],
            "missing_capacity": found.missing,
        }
    )


def location_shown(problem: LocationProblem, found: Location, say: Say, language: str) -> list[Any]:
    """Return what a reader sees of a location."""
    sentences = [say(_status(found.status, found.gap))]
    if found.missing:
        sentences.append(
            say(message("All lines together lack {missing} of capacity.", missing=round(found.missing, 2)))
        )
    if not found.shares.size:
        return sentences
    sentences.append(
        say(
            message(
                "Cost {cost}, proved bound {bound}.",
                cost=round(found.objective, 3),
                bound=round(found.bound, 3),
            )
        )
    )
    loads = found.shares @ problem.demand
    rows = [
        [
            str(line + 1),
            format_number(loads[line], language),
            format_number(problem.capacity[line], language),
            format_number(problem.fixed[line], language),
        ]
        for line in np.flatnonzero(found.opened)
    ]
    heads = [message("Line"), message("Volume"), message("Capacity"), message("Fixed cost")]
    return [*sentences, table("", [say(head) for head in heads], rows, frozenset({1, 2, 3}))]


def results_shown(results: Sequence[Pooled], aside: Sequence[Message], say: Say, language: str) -> list[Any]:
    """Return what the chamber reads."""
    shown: list[Any] = [say(each) for each in aside]
    for each in results:
        plan = each.plan
        title = " · ".join(part for part in (plan.family, plan.process, plan.specification) if part)
        shown += ["", title, say(_status(plan.status, plan.gap)), *_told(plan.reasons, say)]
        shown.append(
            say(
                message(
                    "Together {cost} a year, against {alone} apart.",
                    cost=euros(plan.objective),
                    alone=euros(plan.cost_alone),
                )
            )
        )
        shown += [
            _lines_table(plan.lines, say, language),
            _members_table(plan.members, say, language),
            say(_rule(plan)),
        ]
        shown += _departures_shown(plan, say)
        shown += _published_shown(each, say)
    return shown


def views_shown(views: Sequence[MemberView], say: Say) -> list[Any]:
    """Return what one member reads."""
    shown: list[Any] = []
    for view in views:
        shown += ["", " · ".join(part for part in (view.firm, view.family, view.process) if part)]
        shown.append(
            say(
                message(
                    "Its purchases: {cost} a year in the pool, {alone} alone.",
                    cost=euros(view.cost),
                    alone=euros(view.cost_alone),
                )
            )
        )
        if view.pool_price is not None:
            shown.append(say(message("Price in the pool: {price}.", price=euros(view.pool_price))))
        if view.partners:
            shown.append(
                say(message("Partners who agree to be named: {names}.", names=", ".join(view.partners)))
            )
        shown += _told(view.reasons, say)
    return shown


def _status(status: Status, gap: float) -> Message:
    if status is Status.FEASIBLE:
        if not np.isfinite(gap):
            return message("Feasible; how far from the best is not proved.")
        return message("Feasible, at most {gap} % from the best.", gap=round(100 * gap, 3))
    return {
        Status.OPTIMAL: message("Proven optimal."),
        Status.INFEASIBLE: message("Proven infeasible."),
        Status.NOTHING: message("No solution was found within the limit."),
        Status.CANCELLED: message("The search was cancelled."),
        Status.MEMORY: message("The search ran out of memory."),
    }.get(status, message("The search failed."))


def _rule(plan: PoolPlan) -> Message:
    if plan.rule == "least-core":
        return message(
            "No sharing satisfies every coalition; the best-off would gain {gain} a year by leaving.",
            gain=euros(plan.excess),
        )
    return {
        "core": message("No firm and no coalition of firms would pay less by leaving."),
        "shapley": message("Each firm pays what it adds, on average over the orders of joining (Shapley)."),
        "partial": message("Time ran out: only some coalitions were considered."),
    }.get(plan.rule, message("Time ran out: every firm saves the same percentage."))


def _lines_table(lines: Sequence[LineOutcome], say: Say, language: str) -> Any:
    heads = [
        message("Line"), message("Set up"), message("Volume"), message("Unit price"),
        message("Missing volume"), message("Or price cut"), message("Or support"), message("Why"),
    ]  # fmt: skip
    rows = [
        [
            line.name,
            say(message("yes")) if line.opened else say(message("no")),
            format_number(line.volumes[-1], language),
            _figure(line.unit_price, language, 2),
            _figure(line.missing_volume or None, language),
            _figure(line.missing_price or None, language, 2),
            _figure(line.missing_support or None, language),
            " ".join(_told(line.reasons, say)),
        ]
        for line in lines
    ]
    return table("", [say(head) for head in heads], rows, frozenset({2, 3, 4, 5, 6}))


def _figure(figure: float | None, language: str, decimals: int = 0) -> str:
    """Return a figure as the reader writes it, nothing where there is none."""
    return "" if figure is None else format_number(figure, language, decimals)


def _members_table(members: Sequence[MemberOutcome], say: Say, language: str) -> Any:
    heads = [
        message("Firm"), message("Joins"), message("Alone a year"), message("In the pool"), message("Saving"),
        message("Price"), message("Why"),
    ]  # fmt: skip
    rows = [
        [
            member.firm,
            say(message("yes")) if member.joins else say(message("no")),
            format_number(member.cost_alone, language),
            format_number(member.cost, language),
            " – ".join(format_number(each, language) for each in (member.saving.low, member.saving.high))
            if member.joins
            else "",
            _figure(member.pool_price, language, 2),
            " ".join(_told(member.reasons, say)),
        ]
        for member in members
    ]
    return table("", [say(head) for head in heads], rows, frozenset({2, 3, 4, 5}))


def _departures_shown(plan: PoolPlan, say: Say) -> list[str]:
    broken = [each.firm for each in plan.departures if each.viable is False]
    if not plan.departures:
        return []
    if broken:
        return [
            say(message("The pool would not survive the departure of: {names}.", names=", ".join(broken)))
        ]
    changes = [each.change for each in plan.departures if each.change is not None]
    if not changes:
        return []
    return [
        say(
            message(
                "Whoever leaves, the lines hold; the others pay {percent} % more at most.",
                percent=round(100 * max(changes), 1),
            )
        )
    ]


def _published_shown(each: Pooled, say: Say) -> list[str]:
    shown = _told(each.competition.reasons, say)
    if isinstance(each.published, Withheld):
        return [*shown, say(message("Nothing is published.")), *_told(each.published.reasons, say)]
    low, high = each.published.volume
    return [
        *shown,
        say(
            message(
                "Publishable need: {family}, {low} to {high} {unit} a year.",
                family=each.published.family,
                low=low,
                high=high,
                unit=each.published.unit,
            )
        ),
    ]


def _published_json(published: PooledNeed | Withheld, say: Say) -> dict[str, Any]:
    return {"publishable": isinstance(published, PooledNeed), **_worded(plain(published), say)}


def _told(reasons: Sequence[Reason], say: Say) -> list[str]:
    return [say(say_reason(reason)) for reason in reasons]


def _worded(value: Any, say: Say) -> Any:
    """Add its sentence to every reason of a plain result."""
    if isinstance(value, list):
        return [_worded(each, say) for each in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"code", "weight", "params"}:
        return value | {"text": say(say_reason(Reason(value["code"], value["weight"], value["params"])))}
    return {name: _worded(each, say) for name, each in value.items()}
