"""What counting alone proves impossible, said with who and how many."""

from __future__ import annotations

from collections.abc import Iterator

from maillon.core.reason import Reason
from maillon.method.meet.timetable.problem import TimetableProblem


def find_overfull(problem: TimetableProblem) -> tuple[Reason, ...]:
    """Return why no timetable can exist, as far as counting tells; empty when counting finds no obstacle.

    Codes: ``closed-meeting`` (meeting, participants), ``too-many-meetings`` (participant, meetings, slots),
    ``too-many-in-session`` (participant, session, meetings, slots), ``same-slot-twice`` (participant,
    meetings, slot), ``too-few-tables`` (meetings, places). Numbers of things count from 0.

    >>> problem = TimetableProblem(participants=3, meetings=((0, 1), (0, 2)), tables=(2,))
    >>> [(reason.code, dict(reason.params)) for reason in find_overfull(problem)]
    [('too-many-meetings', {'participant': 0, 'meetings': 2, 'slots': 1})]
    """
    found = [*_closed(problem), *_overfull_participants(problem), *_overfull_hall(problem)]
    return tuple(found)


def _closed(problem: TimetableProblem) -> Iterator[Reason]:
    for meeting, slots in enumerate(problem.open_slots):
        if not slots:
            yield Reason(
                "closed-meeting", params={"meeting": meeting, "participants": problem.meetings[meeting]}
            )


def _overfull_participants(problem: TimetableProblem) -> Iterator[Reason]:
    for person, own in enumerate(problem.meetings_of):
        yield from _same_slot(problem, person, own)
        slots = {slot for m in own for slot in problem.open_slots[m]}
        if len(own) > len(slots):
            yield Reason(
                "too-many-meetings",
                params={"participant": person, "meetings": len(own), "slots": len(slots)},
            )
            continue
        for session in range(len(problem.sessions)):
            bound = [m for m in own if problem.session_of[m] == session]
            slots = {slot for m in bound for slot in problem.open_slots[m]}
            if len(bound) > len(slots):
                yield Reason(
                    "too-many-in-session",
                    params={
                        "participant": person,
                        "session": session,
                        "meetings": len(bound),
                        "slots": len(slots),
                    },
                )


def _same_slot(problem: TimetableProblem, person: int, own: tuple[int, ...]) -> Iterator[Reason]:
    for slot in range(problem.slots):
        fixed = tuple(m for m in own if problem.fixed[m] == slot)
        if len(fixed) > 1:
            yield Reason("same-slot-twice", params={"participant": person, "meetings": fixed, "slot": slot})


def _overfull_hall(problem: TimetableProblem) -> Iterator[Reason]:
    seated, places = len(problem.meetings) - len(problem.at_booth), sum(problem.tables)
    if seated > places:
        yield Reason("too-few-tables", params={"meetings": seated, "places": places})
