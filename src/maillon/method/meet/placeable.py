"""Where no timetable exists for all meetings: the heaviest of them that have one together, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from maillon.method.meet.timetable import TimetableProblem
from maillon.solve import solve
from maillon.solve.blocks import Block, ModelBuilder, Term, terms


def heaviest_placeable(
    problem: TimetableProblem, weights: Sequence[float], *, time_limit: float = 60.0
) -> tuple[int, ...]:
    """Return the numbers of the meetings of greatest total weight that can be placed together.

    Each meeting is at one of its open slots or not held; nobody is twice at once, no slot has more meetings
    than tables: an integer programme of one column a meeting and slot. Precedences are not looked at. The
    best found within ``time_limit`` seconds; empty where none was.
    """
    places = [(m, slot) for m, slots in enumerate(problem.open_slots) for slot in slots]
    if not places:
        return ()
    build = ModelBuilder()
    held = build.add_columns("held", cost=[-weights[m] for m, _ in places], upper=1.0, integer=True)
    once = terms(held, np.arange(len(places)), [m for m, _ in places], 1.0)
    build.add_rows("once", len(problem.meetings), [once], upper=1.0)
    people = [
        (c, p * problem.slots + slot) for c, (m, slot) in enumerate(places) for p in problem.meetings[m]
    ]
    build.add_rows("one at a time", problem.participants * problem.slots, [_terms(held, people)], upper=1.0)
    seated = [(c, slot) for c, (m, slot) in enumerate(places) if m not in problem.at_booth]
    build.add_rows("tables", problem.slots, [_terms(held, seated)], upper=problem.tables)
    found = solve(build.model().linear, time_limit=time_limit, threads=1)
    kept = found.values > 0.5 if found.values.size else np.zeros(len(places), dtype=bool)
    return tuple(sorted({places[int(column)][0] for column in np.flatnonzero(kept)}))


def _terms(block: Block, cells: Sequence[tuple[int, int]]) -> Term:
    return terms(block, [column for column, _ in cells], [row for _, row in cells], 1.0)


def build_part(problem: TimetableProblem, kept: Sequence[int]) -> TimetableProblem:
    """Return the problem of some of its meetings only, numbered anew."""
    number = {meeting: place for place, meeting in enumerate(kept)}
    return replace(
        problem,
        meetings=tuple(problem.meetings[meeting] for meeting in kept),
        session_of=tuple(problem.session_of[meeting] for meeting in kept),
        fixed=tuple(problem.fixed[meeting] for meeting in kept),
        precedences=tuple(
            frozenset(number[one] for one in problem.precedences[meeting] if one in number)
            for meeting in kept
        ),
        at_booth=frozenset(number[meeting] for meeting in kept if meeting in problem.at_booth),
    )
