"""The timetable to find: who wants to meet, in which slots, around how many tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from maillon.core.errors import InvalidRequest
from maillon.core.message import Message, message


@dataclass(frozen=True)
class TimetableProblem:
    """A business-to-business meeting scheduling problem; everything counts from 0.

    ``meetings`` names the participants of each meeting (two, or more for a group meeting). ``tables`` holds,
    for each slot, how many shared tables it has: its length is the number of slots. A meeting in ``at_booth``
    needs none. ``sessions`` are ranges of slots and ``session_of`` the session that a meeting must keep to
    (``None``: any slot). ``forbidden`` are the slots in which a participant is away, ``fixed`` the slot that
    a meeting must have, ``precedences`` the meetings that must end before a meeting starts. ``lunches`` are
    the first slots after a pause that counts as nobody's break. What is left empty constrains nothing.

    Source: M. Bofill, J. Coll, M. Garcia, J. Giráldez-Cru, G. Pesant, J. Suy, M. Villaret, "Constraint
    solving approaches to the business-to-business meeting scheduling problem", JAIR 74 (2022).

    >>> TimetableProblem(participants=3, meetings=((0, 1), (1, 2)), tables=(1, 1, 1))
    <TimetableProblem 3 participants, 2 meetings, 3 slots, 1 table>
    """

    participants: int
    meetings: tuple[tuple[int, ...], ...]
    tables: tuple[int, ...]
    sessions: tuple[range, ...] = ()
    session_of: tuple[int | None, ...] = ()
    forbidden: tuple[frozenset[int], ...] = ()
    fixed: tuple[int | None, ...] = ()
    precedences: tuple[frozenset[int], ...] = ()
    at_booth: frozenset[int] = frozenset()
    lunches: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        count = len(self.meetings)
        empty: dict[str, tuple[object, ...]] = {
            "session_of": (None,) * count,
            "fixed": (None,) * count,
            "precedences": (frozenset(),) * count,
            "forbidden": (frozenset(),) * self.participants,
        }
        for name, value in empty.items():
            if not getattr(self, name):
                object.__setattr__(self, name, value)
        for wrong in _wrong(self):
            raise InvalidRequest(wrong)

    @property
    def slots(self) -> int:
        """The number of slots."""
        return len(self.tables)

    @cached_property
    def meetings_of(self) -> tuple[tuple[int, ...], ...]:
        """The meetings of each participant."""
        found: list[list[int]] = [[] for _ in range(self.participants)]
        for meeting, people in enumerate(self.meetings):
            for person in people:
                found[person].append(meeting)
        return tuple(map(tuple, found))

    @cached_property
    def open_slots(self) -> tuple[tuple[int, ...], ...]:
        """The slots that each meeting may have: its session, its fixed slot, its participants' presence."""
        return tuple(self._open_slots(meeting) for meeting in range(len(self.meetings)))

    def _open_slots(self, meeting: int) -> tuple[int, ...]:
        session, fixed = self.session_of[meeting], self.fixed[meeting]
        slots: Iterable[int] = range(self.slots) if session is None else self.sessions[session]
        away = frozenset[int]().union(*(self.forbidden[person] for person in self.meetings[meeting]))
        seated = meeting in self.at_booth
        return tuple(
            slot
            for slot in slots
            if slot not in away and (seated or self.tables[slot] > 0) and fixed in {None, slot}
        )

    @cached_property
    def parts(self) -> tuple[range, ...]:
        """The stretches of slots between pauses; an idle time is a break only inside one."""
        edges = [0, *self.lunches, self.slots]
        return tuple(range(start, stop) for start, stop in pairwise(edges))

    def __repr__(self) -> str:
        """Return the sizes in one line."""
        most = max(self.tables, default=0)
        return (
            f"<TimetableProblem {self.participants} participants, {len(self.meetings)} meetings, "
            f"{self.slots} slots, {most} {'table' if most == 1 else 'tables'}>"
        )


def _wrong(problem: TimetableProblem) -> Iterable[Message]:
    """Yield what makes no sense, the first alone being told."""
    if not problem.tables:
        yield message("An event needs at least one slot.")
    if any(count < 0 for count in problem.tables):
        yield message("The number of tables of slot {slot} is negative.", slot=_first_negative(problem) + 1)
    yield from _wrong_lengths(problem)
    yield from _wrong_meetings(problem)
    yield from _wrong_slots(problem)


def _first_negative(problem: TimetableProblem) -> int:
    return next(slot for slot, count in enumerate(problem.tables) if count < 0)


def _wrong_lengths(problem: TimetableProblem) -> Iterable[Message]:
    meetings, people = len(problem.meetings), problem.participants
    expected = {"session_of": meetings, "fixed": meetings, "precedences": meetings, "forbidden": people}
    for name, count in expected.items():
        if len(getattr(problem, name)) != count:
            yield message(
                "The field {field} has {found} entries where {expected} are expected.",
                field=name,
                found=len(getattr(problem, name)),
                expected=count,
            )


def _wrong_meetings(problem: TimetableProblem) -> Iterable[Message]:
    known = range(problem.participants)
    for meeting, people in enumerate(problem.meetings):
        if len(set(people)) < 2 or len(set(people)) < len(people):
            yield message("Meeting {meeting} needs at least two different participants.", meeting=meeting + 1)
        if any(person not in known for person in people):
            yield message("Meeting {meeting} names a participant who is not there.", meeting=meeting + 1)
        before = problem.precedences[meeting]
        if meeting in before or any(other not in range(len(problem.meetings)) for other in before):
            yield message("Meeting {meeting} cannot come after a meeting so named.", meeting=meeting + 1)
    if any(meeting not in range(len(problem.meetings)) for meeting in problem.at_booth):
        yield message("A meeting at a booth is not in the list of meetings.")


def _wrong_slots(problem: TimetableProblem) -> Iterable[Message]:
    known = range(problem.slots)
    for meeting, (slot, session) in enumerate(zip(problem.fixed, problem.session_of, strict=True)):
        if slot is not None and slot not in known:
            yield message("The fixed slot of meeting {meeting} does not exist.", meeting=meeting + 1)
        if session is not None and session not in range(len(problem.sessions)):
            yield message("The session of meeting {meeting} does not exist.", meeting=meeting + 1)
    for person, away in enumerate(problem.forbidden):
        if any(slot not in known for slot in away):
            yield message(
                "Participant {participant} is away in a slot that does not exist.", participant=person + 1
            )
    if any(slot not in known for session in problem.sessions for slot in session):
        yield message("A session holds a slot that does not exist.")
    if list(problem.lunches) != sorted(set(problem.lunches) & set(known[1:])):
        yield message("The pauses must be slots of the event, in order, and none of them the first.")
