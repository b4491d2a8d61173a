"""Which person of each firm attends each meeting: several people of a firm meet in parallel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maillon.core.errors import InvalidRequest
from maillon.core.event import Event, Pair, pair_of
from maillon.core.message import message
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


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the meeting of each pair: persons by firm, a session, a slot, a track."""

    named: Mapping[Pair, Mapping[int, int]]
    sessions: Mapping[Pair, int]
    slots: Mapping[Pair, int]
    tracks: Mapping[Pair, str]


def read_asked(event: Event) -> Asked:
    """Return what wishes and musts ask of each pair; of several wishes the dearest counts."""
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
    slots = {pair_of(*must.pair): must.slot for must in event.musts if must.slot is not None}
    return Asked(named, sessions, slots, tracks)


def closed_door(event: Event, asked: Asked, pair: Pair) -> str | None:
    """Return why two firms can never meet, None where they can.

    ``forbidden``, ``no-common-slot`` (of the persons asked for), ``session`` (away in the one asked for),
    ``away-at-slot`` (away at the slot that the organiser wants).
    """
    if pair in event.forbidden:
        return "forbidden"
    if not _possible(event, asked, pair, None, None):
        return "no-common-slot"
    session = asked.sessions.get(pair)
    if not _possible(event, asked, pair, session, None):
        return "session"
    return None if _possible(event, asked, pair, session, asked.slots.get(pair)) else "away-at-slot"


def _possible(
    event: Event, asked: Asked, pair: Pair, session: int | None, slot: int | None
) -> list[tuple[int, int]]:
    """Return the persons who can attend together: a slot of the session (this slot) is open to both."""
    named = asked.named.get(pair, {})
    sides = [(named[firm],) if firm in named else event.people_of(firm) for firm in pair]
    wanted = {
        t
        for t, held in enumerate(event.slots)
        if session in (None, held.session) and slot in (None, t) and not held.buffer
    }
    return [
        (one, other)
        for one in sides[0]
        for other in sides[1]
        if wanted - event.persons[one].absent - event.persons[other].absent
    ]


def share_meetings(event: Event, pairs: Iterable[Pair]) -> tuple[Attended, ...]:
    """Return each meeting with the persons who attend it.

    Whoever is asked for by name attends; the others go, hardest first, to the pair of persons with a common
    slot whose busier one has the most room left. Raises ``InvalidRequest`` for two firms that cannot meet.
    """
    asked = read_asked(event)
    room = {person: person_room(event, person) for person in range(len(event.persons))}
    busy: dict[int, int] = defaultdict(int)
    choices = {
        pair: _possible(event, asked, pair, asked.sessions.get(pair), asked.slots.get(pair)) for pair in pairs
    }
    for pair, people in choices.items():
        if not people:
            one, other = (event.firms[firm].name for firm in pair)
            raise InvalidRequest(message("{one} and {other} cannot meet.", one=one, other=other))
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
        made[pair] = Attended(
            pair,
            first,
            second,
            asked.sessions.get(pair),
            asked.slots.get(pair),
            asked.tracks.get(pair, ""),
        )
    return tuple(made[pair] for pair in choices)
