"""Whether a timetable obeys every rule: all is computed anew, nothing is taken from whoever made it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from maillon.core.event import Event, Pair, Wish
from maillon.core.reason import Reason
from maillon.method.meet.agenda import Agenda, Appointment
from maillon.method.meet.timetable import TimetableProblem


def verify_agenda(event: Event, agenda: Agenda, pairs: Iterable[Pair] | None = None) -> tuple[Reason, ...]:
    """Return every violation of the rules of the event, none where the timetable is sound.

    With ``pairs`` each of these firms must meet once, and nobody else. The ``code`` of a violation is stable;
    its ``params`` name persons, firms, slots and locations by their rank.
    """
    held = [one for one in agenda.appointments if _is_known(event, one)]
    strange = [
        Reason("unknown", params={"appointment": one}) for one in agenda.appointments if one not in held
    ]
    return (
        *strange,
        *_presence(event, held),
        *_places(event, held),
        *_wishes(event, held),
        *_musts(event, held),
        *_groups(event, held),
        *_caps(event, held),
        *(_exactly(event, held, set(pairs)) if pairs is not None else ()),
        *_figures(event, agenda, held),
    )


def _is_known(event: Event, one: Appointment) -> bool:
    return (
        len(set(one.people)) == len(one.people) >= 2
        and all(person in range(len(event.persons)) for person in one.people)
        and one.slot in range(len(event.slots))
        and one.location in range(len(event.locations))
    )


def _firms(event: Event, one: Appointment) -> tuple[int, ...]:
    return tuple(sorted(event.persons[person].firm for person in one.people))


def _of_two(event: Event, held: Sequence[Appointment]) -> Iterator[tuple[Pair, Appointment]]:
    for one in held:
        if not one.group and len(one.people) == 2:
            first, second = _firms(event, one)
            yield (first, second), one


def _presence(event: Event, held: Sequence[Appointment]) -> Iterator[Reason]:
    """Yield persons at two places at once, absent, or called during a buffer."""
    busy = Counter((person, one.slot) for one in held for person in one.people)
    for (person, slot), times in busy.items():
        if times > 1:
            yield Reason("twice-at-once", params={"person": person, "slot": slot})
        if slot in event.persons[person].absent:
            yield Reason("absent", params={"person": person, "slot": slot})
    for slot in sorted({one.slot for one in held}):
        if event.slots[slot].buffer:
            yield Reason("in-buffer", params={"slot": slot})


def _places(event: Event, held: Sequence[Appointment]) -> Iterator[Reason]:
    """Yield tables taken twice, booths of strangers, receivers away from their booth, tables of a track."""
    used = Counter((one.location, one.slot) for one in held)
    kept = {group.location: group.name for group in event.groups if group.location}
    booths = {place.firm for place in event.locations if place.firm is not None}
    tracks = {tuple(sorted((wish.asker, wish.asked))): wish.track for wish in event.wishes if wish.track}
    for (location, slot), times in used.items():
        if times > 1 and event.locations[location].firm is None:
            yield Reason("place-twice", params={"location": location, "slot": slot})
    for one in held:
        place, firms = event.locations[one.location], _firms(event, one)
        where = {"location": one.location, "slot": one.slot, "firms": firms}
        if kept.get(place.code, one.group) != one.group:
            yield Reason("kept-place", params=where)
        elif place.firm is not None and place.firm not in firms:
            yield Reason("strange-booth", params=where)
        elif not one.group and place.firm is None and booths & set(firms):
            yield Reason("away-from-booth", params=where)
        if place.firm is None and not one.group and place.track != tracks.get(firms, ""):
            yield Reason("wrong-track", params=where)


def _wishes(event: Event, held: Sequence[Appointment]) -> Iterator[Reason]:
    """Yield meetings that must not be, twice, unasked, or without whom or when was asked for."""
    wished: dict[tuple[int, ...], list[Wish]] = defaultdict(list)
    for wish in event.wishes:
        wished[min(wish.asker, wish.asked), max(wish.asker, wish.asked)].append(wish)
    musts = {tuple(sorted(must.pair)) for must in event.musts}
    for pair, times in Counter(pair for pair, _ in _of_two(event, held)).items():
        if times > 1:
            yield Reason("pair-twice", params={"firms": pair})
        if pair[0] == pair[1]:
            yield Reason("same-firm", params={"firms": pair})
        elif pair in {tuple(sorted(two)) for two in event.forbidden}:
            yield Reason("forbidden-pair", params={"firms": pair})
        elif pair not in wished and pair not in musts:
            yield Reason("unasked", params={"firms": pair})
    for pair, one in _of_two(event, held):
        for wish in _dearest(wished[pair]):
            if wish.person is not None and wish.person not in one.people:
                yield Reason("not-who-was-asked", params={"firms": pair, "person": wish.person})
        asked = {wish.session for wish in wished[pair] if wish.session is not None}
        if asked and event.slots[one.slot].session not in asked:
            yield Reason("wrong-session", params={"firms": pair, "slot": one.slot})


def _dearest(wishes: Sequence[Wish]) -> Iterator[Wish]:
    """Yield, of each side, its first wish that names somebody."""
    named = sorted((wish for wish in wishes if wish.person is not None), key=lambda one: one.rank)
    yield from {wish.asker: wish for wish in reversed(named)}.values()


def _musts(event: Event, held: Sequence[Appointment]) -> Iterator[Reason]:
    slots = {pair: one.slot for pair, one in _of_two(event, held)}
    for must in event.musts:
        pair = (min(must.pair), max(must.pair))
        if pair not in slots:
            yield Reason("must-missing", params={"firms": pair})
        elif must.slot is not None and slots[pair] != must.slot:
            yield Reason("must-elsewhen", params={"firms": pair, "slot": must.slot})


def _groups(event: Event, held: Sequence[Appointment]) -> Iterator[Reason]:
    """Yield group meetings that are not held once, with one person of each firm, when and where agreed."""
    for group in event.groups:
        own = [one for one in held if one.group == group.name]
        if len(own) != 1:
            yield Reason("group-times", params={"group": group.name, "n": len(own)})
        for one in own:
            if _firms(event, one) != tuple(sorted(group.firms)):
                yield Reason("group-firms", params={"group": group.name})
            if group.slot not in (None, one.slot):
                yield Reason("group-elsewhen", params={"group": group.name, "slot": one.slot})
            if group.location and event.locations[one.location].code != group.location:
                yield Reason("group-elsewhere", params={"group": group.name})
    known = {group.name for group in event.groups}
    for one in held:
        if (one.group or len(one.people) > 2) and one.group not in known:
            yield Reason("unknown-group", params={"group": one.group, "firms": _firms(event, one)})


def _caps(event: Event, held: Sequence[Appointment]) -> Iterator[Reason]:
    """Yield firms and persons with more meetings than allowed; a group counts in a person's day only."""
    kinds: dict[tuple[int, str], int] = defaultdict(int)
    total: dict[int, int] = defaultdict(int)
    for pair, _ in _of_two(event, held):
        for one, other in (pair, pair[::-1]):
            total[one] += 1
            for kind in {event.firms[other].kind, "*"}:
                kinds[one, kind] += 1
    for rank, firm in enumerate(event.firms):
        if firm.most is not None and total[rank] > firm.most:
            yield Reason("firm-cap", params={"firm": rank, "n": total[rank], "most": firm.most})
        for (kind, met), most in event.caps.items():
            if kind in ("*", firm.kind) and kinds[rank, met] > most:
                yield Reason("kind-cap", params={"firm": rank, "n": kinds[rank, met], "most": most})
    day = Counter(person for one in held for person in one.people)
    for person, times in day.items():
        absent = event.persons[person].absent
        free = sum(not slot.buffer and t not in absent for t, slot in enumerate(event.slots))
        if times > free - event.spare:
            yield Reason("no-spare", params={"person": person, "n": times, "most": free - event.spare})


def _exactly(event: Event, held: Sequence[Appointment], pairs: set[Pair]) -> Iterator[Reason]:
    met = {pair for pair, _ in _of_two(event, held)}
    wanted = {(min(pair), max(pair)) for pair in pairs}
    yield from (Reason("not-held", params={"firms": pair}) for pair in sorted(wanted - met))
    yield from (Reason("not-chosen", params={"firms": pair}) for pair in sorted(met - wanted))


def _figures(event: Event, agenda: Agenda, held: Sequence[Appointment]) -> Iterator[Reason]:
    """Yield stated numbers of breaks and of changes of place that are not those of the timetable."""
    at = {(person, one.slot): one.location for one in held for person in one.people}
    breaks = moves = 0
    for person in range(len(event.persons)):
        breaks += _breaks(event, {slot for who, slot in at if who == person})
    for (person, slot), location in at.items():
        after = slot + 1
        if (person, after) in at and event.slots[after].start == event.slots[slot].end:
            same_session = event.slots[after].session == event.slots[slot].session
            moves += same_session and at[person, after] != location
    for code, stated, found in (("breaks", agenda.breaks, breaks), ("moves", agenda.moves, moves)):
        if stated is not None and stated != found:
            yield Reason(f"{code}-miscounted", params={"stated": stated, "found": found})


def _breaks(event: Event, busy: set[int]) -> int:
    """Return how many runs of idle slots lie between two meetings of one session, walking slot by slot."""
    found, idle, met, session = 0, False, False, -1
    for place, slot in enumerate(event.slots):
        if slot.session != session:
            idle, met, session = False, False, slot.session
        if slot.buffer:
            continue
        if place in busy:
            found += met and idle
            met, idle = True, False
        else:
            idle = True
    return found


def verify_timetable(
    problem: TimetableProblem,
    slots: Sequence[int],
    locations: Sequence[int] = (),
    breaks: int | None = None,
) -> tuple[Reason, ...]:
    """Return every violation of the rules of a timetable problem (all counted from 0), none where sound.

    ``locations`` are checked where given; ``breaks`` is the number stated, to be compared with the count.

    >>> problem = TimetableProblem(participants=3, meetings=((0, 1), (1, 2)), tables=(1, 1))
    >>> verify_timetable(problem, (0, 1), (0, 0), 0)
    ()
    >>> [reason.code for reason in verify_timetable(problem, (1, 1))]
    ['twice-at-once', 'tables-full']
    """
    if len(slots) != len(problem.meetings) or any(slot not in range(problem.slots) for slot in slots):
        return (Reason("not-all-placed", params={"n": len(slots), "expected": len(problem.meetings)}),)
    return (
        *_clashes(problem, slots),
        *_meeting_rules(problem, slots),
        *_table_rules(problem, slots, locations),
        *_stated(problem, slots, breaks),
    )


def _clashes(problem: TimetableProblem, slots: Sequence[int]) -> Iterator[Reason]:
    busy = Counter((p, slots[m]) for m, people in enumerate(problem.meetings) for p in people)
    for (person, slot), times in busy.items():
        if times > 1:
            yield Reason("twice-at-once", params={"person": person, "slot": slot})
        if slot in problem.forbidden[person]:
            yield Reason("absent", params={"person": person, "slot": slot})


def _meeting_rules(problem: TimetableProblem, slots: Sequence[int]) -> Iterator[Reason]:
    for meeting, slot in enumerate(slots):
        where = {"meeting": meeting, "slot": slot}
        session, fixed = problem.session_of[meeting], problem.fixed[meeting]
        if session is not None and slot not in problem.sessions[session]:
            yield Reason("wrong-session", params=where)
        if fixed is not None and slot != fixed:
            yield Reason("must-elsewhen", params=where)
        for before in problem.precedences[meeting]:
            if slots[before] >= slot:
                yield Reason("too-early", params={**where, "before": before})


def _table_rules(
    problem: TimetableProblem, slots: Sequence[int], locations: Sequence[int]
) -> Iterator[Reason]:
    seated = [meeting for meeting in range(len(slots)) if meeting not in problem.at_booth]
    used = Counter(slots[meeting] for meeting in seated)
    for slot, times in used.items():
        if times > problem.tables[slot]:
            yield Reason("tables-full", params={"slot": slot, "n": times, "room": problem.tables[slot]})
    if not locations:
        return
    if len(locations) != len(slots):
        yield Reason("not-all-placed", params={"n": len(locations), "expected": len(slots)})
        return
    for (slot, location), times in Counter((slots[m], locations[m]) for m in seated).items():
        if times > 1 or location not in range(problem.tables[slot]):
            yield Reason("place-twice", params={"location": location, "slot": slot})


def _stated(problem: TimetableProblem, slots: Sequence[int], breaks: int | None) -> Iterator[Reason]:
    """Yield a number of breaks that is not the one counted here, slot by slot as in the definition."""
    found = 0
    for person in range(problem.participants):
        busy = {slots[m] for m, people in enumerate(problem.meetings) if person in people}
        for part in problem.parts:
            met = False
            for slot in part:
                met = met or slot in busy
                found += met and slot not in busy and slot + 1 in part and slot + 1 in busy
    if breaks is not None and breaks != found:
        yield Reason("breaks-miscounted", params={"stated": breaks, "found": found})
