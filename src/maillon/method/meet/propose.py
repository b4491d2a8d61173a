"""Who should meet: the chosen meetings with their reasons, and every wish refused with the reason why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from maillon.core.errors import InvalidRequest
from maillon.core.event import Event, Origin, Pair, pair_of
from maillon.core.message import message
from maillon.core.reason import Reason
from maillon.method.meet.choice import (
    Limit,
    choose_meetings,
    list_limits,
    worst_shares,
)
from maillon.method.meet.status_words import STATUS_WORDS
from maillon.method.meet.wishes import UNIT, Candidate, list_candidates
from maillon.solve import Status


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting to hold: two firms, its weight (1 is a first wish of one side), and why."""

    pair: Pair
    weight: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A wished meeting that is not held, and every rule that stands in its way."""

    pair: Pair
    weight: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """The meetings chosen, the wishes refused, and how well the event serves its firms.

    ``weight`` and its proven upper ``bound`` are in first wishes; ``shares`` gives the satisfied share of
    each firm (its rank) that has wishes of its own.
    """

    meetings: tuple[Meeting, ...]
    refusals: tuple[Refusal, ...]
    weight: float
    bound: float
    shares: Mapping[int, float]
    status: Status
    seconds: float

    @property
    def worst(self) -> float:
        """The satisfied share of the worst-served firm; NaN where no firm has a wish of its own."""
        return min(self.shares.values(), default=float("nan"))

    def __repr__(self) -> str:
        """Return the proposal in one line."""
        return (
            f"<Proposal {self.status}: {len(self.meetings)} meetings, weight {self.weight:.3f},"
            f" worst share {self.worst:.0%}, {len(self.refusals)} refused>"
        )


def propose_meetings(
    event: Event,
    *,
    time_limit: float = 60.0,
    give: float = 0.0,
    cancel: Callable[[], bool] | None = None,
) -> Proposal:
    """Choose the meetings of greatest mutual weight, then of the best worst-served firm (see ``choice``).

    Raises ``InvalidRequest`` where nobody wishes anything, or where the meetings that must be held break a
    rule among themselves.
    """
    candidates = list_candidates(event)
    if not candidates:
        raise InvalidRequest(
            message("Nobody asks to meet anybody."),
            message("Add a sheet of wishes: who asks, whom, in which order."),
        )
    if not 0 <= give < 1:
        raise InvalidRequest(
            message("The share of weight to give up is between 0 and 1."), message("For example 0.05.")
        )
    limits = list_limits(event, candidates)
    refuse_impossible_musts(event, candidates, limits)
    refuse_impossible_groups(event)
    chosen = choose_meetings(event, candidates, limits, time_limit=time_limit, give=give, cancel=cancel)
    if not chosen.held:
        raise InvalidRequest(
            message("No choice of meetings was found: {status}.", status=STATUS_WORDS[chosen.status]),
            message("Give more time, or lower the caps."),
        )
    return Proposal(
        tuple(
            Meeting(c.pair, c.weight / UNIT, reasons_to_hold(c))
            for c, kept in zip(candidates, chosen.held, strict=True)
            if kept
        ),
        tuple(
            Refusal(c.pair, c.weight / UNIT, reasons_to_refuse(event, place, candidates, limits, chosen.held))
            for place, (c, kept) in enumerate(zip(candidates, chosen.held, strict=True))
            if not kept
        ),
        chosen.weight / UNIT,
        float(np.floor(chosen.bound + 1e-6)) / UNIT,
        worst_shares(event, candidates, chosen.held),
        chosen.status,
        chosen.seconds,
    )


def reasons_to_hold(candidate: Candidate) -> tuple[Reason, ...]:
    """Return why a meeting is held: it must, both asked, one asked, a need met."""
    reasons = [Reason("must")] if candidate.must else []
    asked = [wish for wish in candidate.wishes if wish.origin is Origin.ASKED]
    if {wish.asker for wish in asked} == set(candidate.pair):
        reasons.append(Reason("both-asked", candidate.weight / UNIT))
    for wish in sorted(candidate.wishes, key=lambda one: (one.origin, one.rank)):
        params = {"asker": wish.asker, "asked": wish.asked, "rank": wish.rank, "why": wish.why}
        reasons.append(Reason(str(wish.origin), candidate.own.get(wish.asker, 0) / UNIT, params))
    return tuple(reasons)


def reasons_to_refuse(
    event: Event,
    place: int,
    candidates: Sequence[Candidate],
    limits: Sequence[Limit],
    held: Sequence[bool],
) -> tuple[Reason, ...]:
    """Return the rules that stand in the way of a candidate: a closed door, or limits that others fill.

    Where no limit is full the meeting was traded for the worst-served firm (``traded``).
    """
    if (closed := candidates[place].closed) is not None:
        return (Reason(closed),)
    full = tuple(
        Reason(f"{limit.code}-full", params={"who": limit.who, "room": limit.room, "other": limit.other})
        for limit in limits
        if place in limit.members and sum(held[member] for member in limit.members) >= limit.room
    )
    return full or (Reason("traded"),)


def refuse_impossible_musts(event: Event, candidates: Sequence[Candidate], limits: Sequence[Limit]) -> None:
    """Raise ``InvalidRequest`` where the meetings that must be held exceed a limit or are impossible.

    Every rule is an upper limit on how many are held: the musts can be held together if and only if no limit
    is exceeded by them alone, so that counting is a proof.
    """
    for candidate in candidates:
        if candidate.must and candidate.closed is not None:
            one, other = (event.firms[firm].name for firm in candidate.pair)
            raise InvalidRequest(
                _CLOSED[candidate.closed](one, other), message("Remove this meeting, or the rule.")
            )
    for limit in limits:
        musts = sum(candidates[member].must for member in limit.members)
        if musts > limit.room:
            who = event.persons[limit.who].name if limit.code == "person" else ""
            if limit.code in ("firm", "kind"):
                who = event.firms[limit.who].name
            raise InvalidRequest(
                message(
                    "{who}: {musts} meetings must be held, there is room for {room}.",
                    who=who or message("The hall"),
                    musts=musts,
                    room=limit.room,
                ),
                message("Remove {n} of them, or add slots.", n=musts - limit.room),
            )


def refuse_impossible_groups(event: Event) -> None:
    """Raise ``InvalidRequest`` for a group meeting at which a firm has nobody there."""
    for group in event.groups:
        for firm in group.firms:
            if not any(group.slot in (None, *event.open_slots(p)) for p in event.people_of(firm)):
                raise InvalidRequest(
                    message(
                        "{firm} has nobody there for the group meeting “{group}”.",
                        firm=event.firms[firm].name,
                        group=group.name,
                    ),
                    message("Move the group meeting, or leave this firm out of it."),
                )


def lost_weight(event: Event, pair: Pair, *, time_limit: float = 60.0) -> float | None:
    """Return what total weight is lost by forcing a refused meeting; None where it cannot be held at all.

    The choice is made anew with the meeting held: the difference is exact where both are proven.
    """
    candidates = list_candidates(event)
    limits = list_limits(event, candidates)
    wanted = pair_of(*pair)
    forced = [replace(c, must=c.must or c.pair == wanted) for c in candidates]
    try:
        refuse_impossible_musts(event, forced, limits)
    except InvalidRequest:
        return None
    free = choose_meetings(event, candidates, limits, time_limit=time_limit / 2)
    kept = choose_meetings(event, forced, limits, time_limit=time_limit / 2)
    return (free.weight - kept.weight) / UNIT if kept.held and free.held else None


_CLOSED = {
    "forbidden": lambda one, other: message(
        "{one} and {other} must meet and must not.", one=one, other=other
    ),
    "no-common-slot": lambda one, other: message(
        "{one} and {other} must meet but are never there at the same time.", one=one, other=other
    ),
    "session": lambda one, other: message(
        "{one} and {other} must meet in a session when one of them is away.", one=one, other=other
    ),
    "away-at-slot": lambda one, other: message(
        "{one} and {other} must meet at a time when one of them is away.", one=one, other=other
    ),
}
