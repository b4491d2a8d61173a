"""From the meetings chosen to the timetable of people: one problem of the exact engine a track."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from types import MappingProxyType

from maillon.core.errors import InvalidRequest
from maillon.core.event import Event, Group, Pair, pair_of
from maillon.core.message import message
from maillon.core.reason import Reason
from maillon.method.meet.agenda import Agenda, Appointment, count_moves, idle_groups
from maillon.method.meet.large import schedule_large
from maillon.method.meet.people import Attended, share_meetings
from maillon.method.meet.placeable import build_part, heaviest_placeable
from maillon.method.meet.seating import Seated, assign_locations
from maillon.method.meet.timetable import Timetable, TimetableProblem, schedule_meetings
from maillon.solve import Status


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting to place: its persons, what it must keep to, and where: tables (ranks) or one booth."""

    people: tuple[int, ...]
    tables: tuple[int, ...]
    booth: int | None = None
    session: int | None = None
    slot: int | None = None
    track: str = ""
    group: str = ""
    pair: Pair | None = None
    weight: float = 1.0


Engine = Callable[[TimetableProblem, float], Timetable]
_EQUAL: Mapping[Pair, float] = MappingProxyType({})
#: What the organiser wants weighs more than all wishes of an event together.
_WANTED = 10_000.0


def schedule_event(
    event: Event,
    pairs: Iterable[Pair],
    *,
    weights: Mapping[Pair, float] = _EQUAL,
    time_limit: float = 60.0,
    fairness: int | None = 2,
    engine: Engine | None = None,
) -> Agenda:
    """Place the meetings of these pairs of firms, and the group meetings, with the fewest breaks.

    Breaks come first, then the fewest changes of table for those slots. ``fairness`` bounds how much the
    breaks of two persons may differ. Tracks have tables of their own and are placed one after the other, each
    around what is placed: the number of breaks is then proven only where it is zero. Where no timetable
    exists for all, the meetings of greatest total weight (``weights``, 1 unless told) that have one together
    are held, the others are ``missing``. ``engine`` places the meetings of one problem within some seconds.
    """
    planned = plan_meetings(event, share_meetings(event, pairs), weights)
    run = engine or engine_for_size(fairness)
    tracks = sorted({one.track for one in planned}, key=lambda track: (track == "", track))
    placed: list[tuple[Planned, int]] = []
    said: list[Timetable] = []
    for track in tracks:
        own = [one for one in planned if one.track == track]
        problem = build_problem(event, own, placed)
        found = run(problem, time_limit / len(tracks))
        if found.status is Status.INFEASIBLE:
            own, found = _without_some(own, problem, found, run, time_limit / len(tracks))
        said.append(found)
        if found.slots:
            open_slots = planned_slots(event)
            placed += [(one, open_slots[slot]) for one, slot in zip(own, found.slots, strict=True)]
    return _agenda(event, planned, placed, said)


#: Meetings that the exact engine takes; more are placed by the search for large events, with a bound too.
_EXACT = 400


def _without_some(
    own: list[Planned], problem: TimetableProblem, refused: Timetable, run: Engine, seconds: float
) -> tuple[list[Planned], Timetable]:
    """Return the heaviest meetings that can be placed together, and their timetable, with what was refused.

    Meetings that the organiser wants weigh more than all others.
    """
    kept = heaviest_placeable(problem, [one.weight for one in own], time_limit=seconds)
    some = [own[meeting] for meeting in kept]
    if not some:
        return own, refused
    found = run(build_part(problem, kept), seconds)
    return some, replace(found, reasons=(*refused.reasons, *found.reasons))


def engine_for_size(fairness: int | None, *, strict: bool = False) -> Engine:
    """Return the engine for any size; ``fairness`` is how much two persons' breaks may differ.

    Where no timetable is so fair, the rule is given up and a reason says so, unless ``strict``: the timetable
    then says why and what would help.
    """

    def run(problem: TimetableProblem, seconds: float) -> Timetable:
        if len(problem.meetings) <= _EXACT:
            found = schedule_meetings(problem, time_limit=seconds, fairness=fairness, explain=strict)
            if found.status is Status.INFEASIBLE and not strict and not found.reasons:
                found = _unfairly(problem, found, seconds, fairness)
            if found.slots or found.status is not Status.NOTHING:
                return found
        return schedule_large(problem, time_limit=seconds, fairness=fairness)

    return run


def _unfairly(
    problem: TimetableProblem, refused: Timetable, seconds: float, fairness: int | None
) -> Timetable:
    """Return the timetable without the rule of fairness, the reason said; else what was refused."""
    if fairness is None:
        return refused
    found = schedule_meetings(problem, time_limit=seconds, fairness=None, explain=False)
    reasons = (Reason("fairness", params={"breaks": fairness}),)
    return replace(found, reasons=reasons) if found.slots else refused


def planned_slots(event: Event) -> tuple[int, ...]:
    """Return the slots in which meetings are planned: all but the buffers."""
    return tuple(t for t, slot in enumerate(event.slots) if not slot.buffer)


def plan_meetings(
    event: Event, meetings: Sequence[Attended], weights: Mapping[Pair, float] = _EQUAL
) -> list[Planned]:
    """Return what is to be placed: the meetings of two, then those of a group."""
    musts = {pair_of(*must.pair) for must in event.musts}
    found = [
        Planned(
            (one.first, one.second),
            _tables(event, one.track),
            receiving_booth(event, one.pair),
            one.session,
            one.slot,
            one.track,
            pair=one.pair,
            weight=_WANTED if one.pair in musts else weights.get(one.pair, 1.0),
        )
        for one in meetings
    ]
    busy: dict[int, int] = {}
    for one in found:
        for person in one.people:
            busy[person] = busy.get(person, 0) + 1
    return found + [_group(event, group, busy) for group in event.groups]


def _group(event: Event, group: Group, busy: dict[int, int]) -> Planned:
    people = tuple(
        min(
            event.people_of(firm),
            key=lambda p: (
                group.slot is not None and group.slot not in event.open_slots(p),
                busy.get(p, 0),
                p,
            ),
        )
        for firm in group.firms
    )
    for person in people:
        busy[person] = busy.get(person, 0) + 1
    codes = {place.code: rank for rank, place in enumerate(event.locations)}
    booth = codes.get(group.location)
    return Planned(people, _tables(event, ""), booth, slot=group.slot, group=group.name, weight=_WANTED)


def _tables(event: Event, track: str) -> tuple[int, ...]:
    return tuple(rank for rank in event.tables if event.locations[rank].track == track)


def receiving_booth(event: Event, pair: Pair) -> int | None:
    """Return the booth where a pair meets: of the firm that was asked first, where both have one."""
    ranks = {w.asked: w.rank for w in reversed(event.wishes) if {w.asker, w.asked} == set(pair)}
    hosts = sorted((firm for firm in pair if firm in event.booths), key=lambda f: (ranks.get(f, 10**6), f))
    return event.booths[hosts[0]] if hosts else None


def build_problem(
    event: Event, meetings: Sequence[Planned], placed: Sequence[tuple[Planned, int]] = ()
) -> TimetableProblem:
    """Return the problem of placing ``meetings`` around what is ``placed`` (with its slot in the event).

    Buffers are left out; each pause between sessions is nobody's break.
    """
    slots = planned_slots(event)
    rank = {slot: place for place, slot in enumerate(slots)}
    tables = {table for one in meetings if one.booth is None for table in one.tables}
    lacking = [one for one in meetings if one.booth is None and not one.tables]
    if lacking:
        raise InvalidRequest(
            message("{n} meetings have no table: track “{track}”.", n=len(lacking), track=lacking[0].track),
            message("Give tables to this track, or some without a track."),
        )
    taken = [sum(at == slot and not tables.isdisjoint(one.tables) and one.booth is None for one, at in placed)
             for slot in slots]  # fmt: skip
    away = [set(person.absent) for person in event.persons]
    for one, slot in placed:
        for person in one.people:
            away[person].add(slot)
    sizes = [len(list(held)) for _, held in groupby(event.slots[slot].session for slot in slots)]
    starts = [0, *accumulate(sizes)]
    sessions = {event.slots[slots[start]].session: range(start, stop)
                for start, stop in pairwise(starts)}  # fmt: skip
    return TimetableProblem(
        participants=len(event.persons),
        meetings=tuple(one.people for one in meetings),
        tables=tuple(len(tables) - n for n in taken),
        sessions=tuple(sessions.get(number, range(0)) for number in range(len(event.sessions))),
        session_of=tuple(one.session for one in meetings),
        forbidden=tuple(frozenset(rank[slot] for slot in slots_away if slot in rank) for slots_away in away),
        fixed=tuple(None if one.slot is None else rank[one.slot] for one in meetings),
        at_booth=frozenset(place for place, one in enumerate(meetings) if one.booth is not None),
        lunches=tuple(starts[1:-1]),
    )


def _agenda(
    event: Event,
    planned: Sequence[Planned],
    placed: Sequence[tuple[Planned, int]],
    said: Sequence[Timetable],
) -> Agenda:
    seated = [(one, slot) for one, slot in placed if one.booth is None]
    tables = assign_locations(event, [Seated(one.people, slot, one.tables) for one, slot in seated])
    held = [Appointment(one.people, slot, one.booth, one.group)
            for one, slot in placed if one.booth is not None]  # fmt: skip
    held += [
        Appointment(one.people, slot, table, one.group)
        for (one, slot), table in zip(seated, tables, strict=True)
    ]
    held.sort(key=lambda one: (one.slot, one.location, one.people))
    busy: dict[int, list[int]] = {}
    for appointment in held:
        for person in appointment.people:
            busy.setdefault(person, []).append(appointment.slot)
    breaks = sum(idle_groups(event, own) for own in busy.values())
    there = {id(one) for one, _ in placed}
    return Agenda(
        tuple(held),
        _status(said, breaks),
        breaks if held else None,
        said[0].bound if len(said) == 1 else (0 if held else None),
        count_moves(event, held) if held else None,
        sum(one.seconds for one in said),
        tuple(one.pair for one in planned if one.pair is not None and id(one) not in there),
        tuple(reason for one in said for reason in one.reasons),
    )


def _status(said: Sequence[Timetable], breaks: int) -> Status:
    """Return the verdict on the whole: that of the only part, else the least certain one."""
    if not said:
        return Status.OPTIMAL
    worst = max((one.status for one in said), key=list(Status).index)
    if len(said) > 1 and worst is Status.OPTIMAL and breaks:
        return Status.FEASIBLE
    return worst
