"""Which meetings to hold: the exact choice, by weight and then by the worst-served firm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from maillon.core.event import Event
from maillon.method.meet.capacity import firm_room, hall_room, person_room
from maillon.method.meet.wishes import Candidate
from maillon.solve import Solution, Status, solve
from maillon.solve.blocks import Block, ModelBuilder, NamedModel, terms


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``room`` of the candidates ``members`` may be held; ``code`` and ``who`` name the rule."""

    code: str
    who: int
    members: tuple[int, ...]
    room: int
    other: str = ""


def list_limits(event: Event, candidates: Sequence[Candidate]) -> list[Limit]:
    """Return every rule that bounds how many meetings are held: firms, persons asked for, kinds, the hall."""
    of_firm: dict[int, list[int]] = {}
    of_person: dict[int, list[int]] = {}
    for place, candidate in enumerate(candidates):
        for firm in candidate.pair:
            of_firm.setdefault(firm, []).append(place)
        for person in {wish.person for wish in candidate.wishes if wish.person is not None}:
            of_person.setdefault(person, []).append(place)
    seated = [p for p, c in enumerate(candidates) if not any(firm in event.booths for firm in c.pair)]
    limits = [Limit("hall", -1, tuple(seated), hall_room(event))]
    limits += [Limit("firm", firm, tuple(held), firm_room(event, firm)) for firm, held in of_firm.items()]
    limits += [
        Limit("person", person, tuple(held), person_room(event, person)) for person, held in of_person.items()
    ]
    return limits + _kind_limits(event, candidates, of_firm)


def _kind_limits(event: Event, candidates: Sequence[Candidate], of_firm: dict[int, list[int]]) -> list[Limit]:
    limits = []
    for (kind, other), room in event.caps.items():
        for firm, held in of_firm.items():
            if kind not in ("*", event.firms[firm].kind):
                continue
            members = tuple(
                place for place in held if other in ("*", event.firms[_other(candidates[place], firm)].kind)
            )
            if len(members) > room:
                limits.append(Limit("kind", firm, members, room, other))
    return limits


def _other(candidate: Candidate, firm: int) -> int:
    one, other = candidate.pair
    return other if one == firm else one


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Which candidates are held, the total weight (thousandths), the worst share, and how sure both are."""

    held: tuple[bool, ...]
    weight: int
    bound: float
    worst: float
    status: Status
    seconds: float


def choose_meetings(
    event: Event,
    candidates: Sequence[Candidate],
    limits: Sequence[Limit],
    *,
    time_limit: float = 60.0,
    give: float = 0.0,
    cancel: Callable[[], bool] | None = None,
) -> Choice:
    """Hold the candidates of greatest total weight; among those choices, the best for the worst-served firm.

    ``give`` (0 to 1) is the share of the greatest weight that may be given up for the worst-served firm.
    The first goal is a b-matching with side rules, the second fixes its value and maximises the least
    satisfied share: both are integer programmes solved to proof (status says so where time ran out).
    """
    if (everything := _everything(event, candidates, limits)) is not None:
        return everything
    model, _ = _model(event, candidates, limits, floor=None)
    first = solve(model.linear, time_limit=time_limit, threads=1, cancel=cancel)
    if not first.values.size:
        return Choice((), 0, float("nan"), float("nan"), first.status, first.seconds)
    weight = _weight(candidates, first)
    shares = worst_shares(event, candidates, _held(first, len(candidates)))
    if min(shares.values(), default=1.0) == 1.0 or first.status is not Status.OPTIMAL:
        return _choice(candidates, first, first, event, first.seconds)
    model, worst = _model(event, candidates, limits, floor=int(np.floor(weight * (1 - give))))
    second = solve(
        model.linear,
        time_limit=max(1.0, time_limit - first.seconds),
        threads=1,
        hint=np.append(first.values, min(shares.values())) if worst else None,
        cancel=cancel,
    )
    best = second if second.values.size else first
    return _choice(candidates, best, first, event, first.seconds + second.seconds)


def _everything(event: Event, candidates: Sequence[Candidate], limits: Sequence[Limit]) -> Choice | None:
    """Return the choice of all that can be held, where no limit forbids it: best on both goals."""
    held = tuple(candidate.closed is None for candidate in candidates)
    if any(sum(held[member] for member in limit.members) > limit.room for limit in limits):
        return None
    weight = sum(candidate.weight for candidate, kept in zip(candidates, held, strict=True) if kept)
    worst = min(worst_shares(event, candidates, held).values(), default=float("nan"))
    return Choice(held, weight, float(weight), worst, Status.OPTIMAL, 0.0)


def _model(
    event: Event, candidates: Sequence[Candidate], limits: Sequence[Limit], floor: int | None
) -> tuple[NamedModel, Block | None]:
    """Return the model of weight, or with a ``floor`` on the weight that of the worst share."""
    build = ModelBuilder()
    weights = np.array([candidate.weight for candidate in candidates], dtype=np.float64)
    closed = np.array([candidate.closed is not None for candidate in candidates])
    must = np.array([candidate.must for candidate in candidates])
    shares = own_limits(event, candidates) if floor is not None else {}
    held = build.add_columns(
        "held",
        cost=-weights if floor is None else np.zeros(len(weights)),
        lower=must.astype(np.float64),
        upper=np.where(closed & ~must, 0.0, 1.0),
        integer=True,
    )
    worst = build.add_columns("worst", cost=[-1.0], upper=[1.0]) if shares else None
    rows = [row for row, limit in enumerate(limits) for _ in limit.members]
    members = [place for limit in limits for place in limit.members]
    build.add_rows(
        "limits", len(limits), [terms(held, members, rows, 1.0)], upper=[limit.room for limit in limits]
    )
    if floor is not None:
        build.add_rows("weight", 1, [terms(held, np.arange(len(weights)), 0, weights)], lower=floor - 0.5)
    for row, (firm, best) in enumerate(shares.items()):
        own = [(p, c.own[firm] / best) for p, c in enumerate(candidates) if firm in c.own]
        if worst is not None:
            parts = [terms(held, [p for p, _ in own], 0, [s for _, s in own]), terms(worst, [0], 0, [-1.0])]
            build.add_rows(f"share {row}", 1, parts, lower=0.0)
    return build.model(), worst


def own_limits(event: Event, candidates: Sequence[Candidate]) -> dict[int, int]:
    """Return, for each firm with wishes of its own, the most that it could get if it were alone.

    That is the sum of its best wishes, as many as it has room for, leaving out what can never be held.
    """
    worth: dict[int, list[int]] = {}
    for candidate in candidates:
        if candidate.closed is None:
            for firm, value in candidate.own.items():
                worth.setdefault(firm, []).append(value)
    best = {
        firm: sum(sorted(values, reverse=True)[: firm_room(event, firm)]) for firm, values in worth.items()
    }
    return {firm: total for firm, total in best.items() if total > 0}


def worst_shares(event: Event, candidates: Sequence[Candidate], held: Sequence[bool]) -> dict[int, float]:
    """Return the satisfied share of each firm with wishes of its own: what it gets of what it could get."""
    got: dict[int, int] = dict.fromkeys(own_limits(event, candidates), 0)
    for candidate, kept in zip(candidates, held, strict=True):
        for firm, value in candidate.own.items():
            if kept and firm in got:
                got[firm] += value
    return {firm: min(1.0, got[firm] / best) for firm, best in own_limits(event, candidates).items()}


def _held(solution: Solution, count: int) -> tuple[bool, ...]:
    return tuple(bool(value) for value in solution.values[:count] > 0.5)


def _weight(candidates: Sequence[Candidate], solution: Solution) -> int:
    held = _held(solution, len(candidates))
    return sum(c.weight for c, kept in zip(candidates, held, strict=True) if kept)


def _choice(
    candidates: Sequence[Candidate], best: Solution, first: Solution, event: Event, seconds: float
) -> Choice:
    held = _held(best, len(candidates))
    shares = worst_shares(event, candidates, held)
    status = first.status if first.status is not Status.OPTIMAL else best.status
    worst = min(shares.values(), default=float("nan"))
    return Choice(held, _weight(candidates, best), -first.bound, worst, status, seconds)
