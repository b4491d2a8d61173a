"""A timetable problem as text, for a child process."""

from __future__ import annotations

import json
from dataclasses import fields

from maillon.method.meet.timetable.problem import TimetableProblem


def write_problem(problem: TimetableProblem) -> str:
    """Return every field as JSON; sets become sorted lists, ranges their two ends."""
    return json.dumps({field.name: _plain(getattr(problem, field.name)) for field in fields(problem)})


def read_problem(text: str) -> TimetableProblem:
    """Return the problem of ``write_problem``.

    >>> problem = TimetableProblem(2, ((0, 1),), (1, 1), sessions=(range(1),), session_of=(0,))
    >>> read_problem(write_problem(problem)) == problem
    True
    """
    said = json.loads(text)
    return TimetableProblem(
        participants=said["participants"],
        meetings=tuple(map(tuple, said["meetings"])),
        tables=tuple(said["tables"]),
        sessions=tuple(range(start, stop) for start, stop in said["sessions"]),
        session_of=tuple(said["session_of"]),
        forbidden=tuple(map(frozenset, said["forbidden"])),
        fixed=tuple(said["fixed"]),
        precedences=tuple(map(frozenset, said["precedences"])),
        at_booth=frozenset(said["at_booth"]),
        lunches=tuple(said["lunches"]),
    )


def _plain(value: object) -> object:
    if isinstance(value, range):
        return [value.start, value.stop]
    if isinstance(value, frozenset):
        return sorted(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
