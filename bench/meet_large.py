"""Large events and repairs on the day, beside a greedy timetable and plain CP-SAT on the same event.

The event: 300 firms, 2,000 distinct pairs drawn at random, 40 slots, 56 tables (89 % full), seed 0.
``MEET_SECONDS`` is the time given to each engine (300), ``MEET_CHANGES`` the number of repairs (1,000).
Repairs start from the published timetable of the annealing, at a random moment of the day; one in four is
a participant late, one not coming, one to four tables lost, one meeting added.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

from maillon.method.meet.large import schedule_large
from maillon.method.meet.large.effort import effort_of
from maillon.method.meet.large.seating import Seating
from maillon.method.meet.large.start import place_all
from maillon.method.meet.repair import Added, Away, Change, Repair, TablesLost, repair_timetable
from maillon.method.meet.timetable import TimetableProblem, count_breaks, schedule_meetings

PEERS = ("ortools",)
SECONDS, CHANGES = int(os.environ.get("MEET_SECONDS", "300")), int(os.environ.get("MEET_CHANGES", "1000"))
FIRMS, MEETINGS, SLOTS, TABLES = 300, 2000, 40, 56
HEADER = ["what", "breaks", "bound", "worst participant", "seconds", "note"]


def table() -> tuple[str, list[str], list[list[str]]]:
    """Return the breaks of each engine, then the time of repairs."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from factories.timetables import make_event  # noqa: PLC0415 - the tests' own maker of events

    problem = make_event(FIRMS, MEETINGS, SLOTS, TABLES)
    rows = [_greedy(problem), _annealed(problem, 10), _exact(problem)]
    published = schedule_large(problem, time_limit=SECONDS, fairness=2)
    rows.append(_row(f"annealing, {SECONDS} s, two cores", problem, published.slots, published.seconds))
    rows += _repairs(problem, published.slots)
    title = f"{FIRMS} firms, {MEETINGS} meetings, {SLOTS} slots, {TABLES} tables; fairness 2"
    return title, HEADER, rows


def _row(what: str, problem: TimetableProblem, slots: tuple[int, ...], seconds: float) -> list[str]:
    if not slots:
        return [what, "no timetable", "", "", f"{seconds:.1f}", _load()]
    breaks = count_breaks(problem, slots)
    return [what, str(sum(breaks)), "0", str(max(breaks)), f"{seconds:.1f}", _load()]


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f}"


def _greedy(problem: TimetableProblem) -> list[str]:
    """Each meeting where it costs least, as participants would book themselves."""
    began, seating = time.perf_counter(), Seating(problem)
    left = place_all(seating, effort_of(problem, None), Random(0))
    slots = () if left else tuple(seating.slot)
    return _row("greedy, then room made", problem, slots, time.perf_counter() - began)


def _annealed(problem: TimetableProblem, seconds: int) -> list[str]:
    found = schedule_large(problem, time_limit=seconds)
    return _row(f"annealing, {seconds} s, two cores", problem, found.slots, found.seconds)


def _exact(problem: TimetableProblem) -> list[str]:
    found = schedule_meetings(problem, time_limit=SECONDS)
    return _row(f"CP-SAT and SAT side by side, {SECONDS} s", problem, found.slots, found.seconds)


def _repairs(problem: TimetableProblem, published: tuple[int, ...]) -> list[list[str]]:
    chance, done = Random(5), list[tuple[str, Repair]]()
    for _ in range(CHANGES):
        kind, now, change = _draw(chance, problem)
        done.append((kind, repair_timetable(problem, published, [change], now=now)))
    kinds = Counter(kind for kind, _ in done)
    return [_told(kind, [one for k, one in done if k == kind]) for kind in sorted(kinds)] + [
        _told("all changes", [one for _, one in done])
    ]


def _draw(chance: Random, problem: TimetableProblem) -> tuple[str, int, Change]:
    kind, now = chance.choice(("late", "not coming", "tables lost", "added")), chance.randrange(30)
    if kind == "late":
        return kind, now, Away(chance.randrange(FIRMS), frozenset(range(now, now + chance.randint(1, 5))))
    if kind == "not coming":
        return kind, now, Away(chance.randrange(FIRMS), frozenset(range(SLOTS)))
    if kind == "tables lost":
        return kind, now, TablesLost(frozenset(range(now, now + chance.randint(1, 3))), chance.randint(1, 4))
    known = set(problem.meetings)
    while (pair := tuple(sorted(chance.sample(range(FIRMS), 2)))) in known:
        pass
    return kind, now, Added(pair)


def _told(kind: str, repairs: list[Repair]) -> list[str]:
    seconds = sorted(one.seconds for one in repairs)
    p95 = seconds[int(0.95 * (len(seconds) - 1))]
    moved, least = sum(one.moved for one in repairs), sum(one.least for one in repairs)
    proven = sum(one.proven for one in repairs)
    growth = sum(one.breaks - one.breaks_before for one in repairs) / len(repairs)
    note = (
        f"{len(repairs)} changes: p95 {p95:.2f} s, max {seconds[-1]:.2f}; {moved} moved, at least {least}; "
        f"proven least {proven}; {growth:+.2f} breaks a change; {_load()}"
    )
    return [f"repair: {kind}", "", "", "", f"{seconds[len(seconds) // 2]:.2f}", note]
