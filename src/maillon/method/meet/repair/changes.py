"""What happens on the day, and the problem that is left once it has happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.method.meet.timetable.problem import TimetableProblem


@dataclass(frozen=True, slots=True)
class Away:
    """A participant is not there in these slots: late, gone early, or not come at all (every slot)."""

    participant: int
    slots: frozenset[int]


@dataclass(frozen=True, slots=True)
class TablesLost:
    """So many tables are lost in these slots: a room closed, a stand taken down."""

    slots: frozenset[int]
    tables: int


@dataclass(frozen=True, slots=True)
class Added:
    """A meeting to fit in, between these participants; at a booth of theirs where ``at_booth``."""

    people: tuple[int, ...]
    at_booth: bool = False


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A meeting that will not be held."""

    meeting: int


Change = Away | TablesLost | Added | Cancelled


@dataclass(frozen=True, slots=True)
class Left:
    """The problem after the changes, and the slot that each meeting of it has been published with.

    ``published`` is ``None`` for a meeting that is new. ``dropped`` are the meetings, by their number in
    ``problem``, that cannot take place any more whatever is moved: cancelled, or with someone absent all day.
    ``past`` are the meetings already held.
    """

    problem: TimetableProblem
    published: tuple[int | None, ...]
    dropped: frozenset[int]
    past: frozenset[int]


def apply_changes(
    problem: TimetableProblem, published: Sequence[int], changes: Sequence[Change], *, now: int = 0
) -> Left:
    """Return what is left to arrange at the start of slot ``now``; earlier meetings are history.

    Meetings keep their numbers, added ones come after them. Raises ``InvalidRequest`` for a participant,
    meeting or slot that does not exist.
    """
    if len(published) != len(problem.meetings):
        raise InvalidRequest(
            message("The published timetable has {found} meetings where {expected} are expected.",
                    found=len(published), expected=len(problem.meetings))
        )  # fmt: skip
    for change in changes:
        _check(change, problem)
    added = [change for change in changes if isinstance(change, Added)]
    slots = (*published, *(None for _ in added))
    past = frozenset(m for m, slot in enumerate(slots) if slot is not None and slot < now)
    left = _extended(problem, added, changes, now)
    cancelled = frozenset(change.meeting for change in changes if isinstance(change, Cancelled)) - past
    # An added meeting or one to come cannot take a slot that is over.
    impossible = frozenset(m for m, own in enumerate(left.open_slots) if max(own, default=-1) < now) - past
    return Left(left, slots, cancelled | impossible, past)


def _extended(
    problem: TimetableProblem, added: Sequence[Added], changes: Sequence[Change], now: int
) -> TimetableProblem:
    new = len(added)
    tables, forbidden = list(problem.tables), list(problem.forbidden)
    for change in changes:
        if isinstance(change, Away):
            forbidden[change.participant] |= frozenset(slot for slot in change.slots if slot >= now)
        if isinstance(change, TablesLost):
            for slot in change.slots:
                tables[slot] = max(0, tables[slot] - change.tables) if slot >= now else tables[slot]
    first = len(problem.meetings)
    return replace(
        problem,
        meetings=(*problem.meetings, *(change.people for change in added)),
        tables=tuple(tables),
        session_of=(*problem.session_of, *(None,) * new),
        forbidden=tuple(forbidden),
        fixed=(*problem.fixed, *(None,) * new),
        precedences=(*problem.precedences, *(frozenset[int](),) * new),
        at_booth=problem.at_booth | {first + n for n, change in enumerate(added) if change.at_booth},
    )


def _check(change: Change, problem: TimetableProblem) -> None:
    people: tuple[int, ...] = ()
    slots: frozenset[int] = frozenset()
    if isinstance(change, Away):
        people, slots = (change.participant,), change.slots
    elif isinstance(change, TablesLost):
        slots = change.slots
    elif isinstance(change, Added):
        people = change.people
    elif change.meeting not in range(len(problem.meetings)):
        raise InvalidRequest(message("There is no meeting {meeting}.", meeting=change.meeting + 1))
    for person in people:
        if person not in range(problem.participants):
            raise InvalidRequest(message("There is no participant {participant}.", participant=person + 1))
    for slot in slots:
        if slot not in range(problem.slots):
            raise InvalidRequest(message("There is no slot {slot}.", slot=slot + 1))
    if isinstance(change, TablesLost) and change.tables < 0:
        raise InvalidRequest(message("The number of tables lost is negative."))
