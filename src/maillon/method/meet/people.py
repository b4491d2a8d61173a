"""Which person of each firm attends each meeting: several people of a firm meet in parallel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from maillon.core.event import Event, Pair, pair_of
from maillon.method.meet.capacity import person_room


@dataclass(frozen=True, slots=True)
class Attended:
    """A meeting of two persons (their ranks), in a given session or at any, and the track it belongs to.

    ``pair`` are the firms; ``first`` is somebody of the first of them, ``second`` of the other.
    """

    pair: Pair
    first: int
    second: int
    session: int | None = None
    slot: int | None = None
    track: str = ""


def share_meetings(event: Event, pairs: Iterable[Pair]) -> tuple[Attended, ...]:
    """Return each meeting with the persons who attend it.

    Whoever is asked for by name attends; the others go, hardest first, to the pair of persons with a common
    slot whose busier one has the most room left. Meetings that no two persons could share keep the two with
    the most room: the timetable then says why it cannot be held.
    """
    named, sessions, tracks = _asked_for(event)
    slots = {pair_of(*must.pair): must.slot for must in event.musts if must.slot is not None}
    room = {person: person_room(event, person) for person in range(len(event.persons))}
    busy: dict[int, int] = defaultdict(int)
    choices = {pair: _choices(event, pair, named.get(pair, {}), sessions.get(pair)) for pair in pairs}
    made: dict[Pair, Attended] = {}
    for pair in sorted(choices, key=lambda one: (len(choices[one]), one)):
        first, second = min(
            choices[pair],
            key=lambda two: (
                max((busy[person] + 1) / max(room[person], 0.5) for person in two),
                sum(busy[p] for p in two),
                two,
            ),
        )
        busy[first] += 1
        busy[second] += 1
        made[pair] = Attended(pair, first, second, sessions.get(pair), slots.get(pair), tracks.get(pair, ""))
    return tuple(made[pair] for pair in choices)


def _asked_for(event: Event) -> tuple[dict[Pair, dict[int, int]], dict[Pair, int], dict[Pair, str]]:
    named: dict[Pair, dict[int, int]] = defaultdict(dict)
    sessions: dict[Pair, int] = {}
    tracks: dict[Pair, str] = {}
    for wish in sorted(event.wishes, key=lambda one: one.rank, reverse=True):
        pair = pair_of(wish.asker, wish.asked)
        if wish.person is not None:
            named[pair][event.persons[wish.person].firm] = wish.person
        if wish.session is not None:
            sessions[pair] = wish.session
        if wish.track:
            tracks[pair] = wish.track
    return named, sessions, tracks


def _choices(
    event: Event, pair: Pair, named: Mapping[int, int], session: int | None
) -> Sequence[tuple[int, int]]:
    sides = [(named[firm],) if firm in named else event.people_of(firm) for firm in pair]
    every = [(one, other) for one in sides[0] for other in sides[1]]
    open_slots = {
        person: {t for t in event.open_slots(person) if session in (None, event.slots[t].session)}
        for side in sides
        for person in side
    }
    return [two for two in every if open_slots[two[0]] & open_slots[two[1]]] or every
