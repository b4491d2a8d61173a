"""The repair as a mixed-integer model: some meetings free to move, all others where they were published.

    x[m,t] = 1: free meeting m in slot t;  drop[m] = 1: not held;  s[p,t] = 1: p starts a stretch of meetings
    SUM_t x[m,t] + drop[m] = 1;  SUM_(m of p) x[m,t] <= 1;  SUM_m x[m,t] <= free tables of t
    s[p,t] >= u[p,t] - u[p,t-1], u[p,t] = SUM_(m of p) x[m,t] + held[p,t], inside each part of the day
    min B^2 SUM drop[m] + B SUM (1 - x[m, published]) + SUM s[p,t],  B above any number of stretches

The three goals are lexicographic: meetings held, then meetings moved, then stretches, hence breaks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from maillon.method.meet.repair.changes import Left
from maillon.solve import Solution, Status, solve
from maillon.solve.blocks import Block, ModelBuilder, NamedModel, Term, terms

Cells = dict[tuple[int, int], list[int]]


@dataclass(frozen=True, slots=True)
class Arranged:
    """Slots of the free meetings (``None``: not held), and whether they are proven best."""

    slots: Mapping[int, int | None]
    proven: bool
    status: Status


@dataclass(frozen=True, slots=True)
class _Held:
    """What the meetings that stay take: who is busy when, tables left."""

    busy: Mapping[int, frozenset[int]]
    tables: Sequence[int]


def arrange(
    left: Left,
    slots: Sequence[int | None],
    free: Sequence[int],
    *,
    now: int,
    time_limit: float,
    cancel: Callable[[], bool] | None = None,
) -> Arranged:
    """Place the ``free`` meetings best, all others staying at ``slots``."""
    if not free:
        return Arranged({}, True, Status.OPTIMAL)
    held = _held(left, slots, frozenset(free))
    choices = [(m, t) for m in free for t in _open(left, m, held, now)]
    model, big = _model(left, slots, free, choices, held)
    found = solve(model.linear, time_limit=time_limit, cancel=cancel)
    if not found.values.size:
        return Arranged({}, False, found.status)
    taken = found.values[model.columns["x"].at] > 0.5 if choices else np.empty(0, bool)
    placed: dict[int, int | None] = dict.fromkeys(free)
    placed |= {m: t for (m, t), chosen in zip(choices, taken, strict=True) if chosen}
    return Arranged(placed, _is_proven(found, big), found.status)


def _is_proven(found: Solution, big: int) -> bool:
    """Whether held and moved meetings are proven best; the breaks may still leave a gap below ``big``."""
    if found.status is Status.OPTIMAL:
        return True
    return bool(np.isfinite(found.bound)) and found.objective // big == found.bound // big


def _held(left: Left, slots: Sequence[int | None], free: frozenset[int]) -> _Held:
    busy: dict[int, set[int]] = defaultdict(set)
    tables = list(left.problem.tables)
    for meeting, slot in enumerate(slots):
        if slot is None or meeting in free:
            continue
        if meeting not in left.problem.at_booth:
            tables[slot] -= 1
        for person in left.problem.meetings[meeting]:
            busy[person].add(slot)
    return _Held({person: frozenset(own) for person, own in busy.items()}, tables)


def _open(left: Left, meeting: int, held: _Held, now: int) -> Iterable[int]:
    people = left.problem.meetings[meeting]
    for slot in left.problem.open_slots[meeting]:
        seated = meeting in left.problem.at_booth or held.tables[slot] > 0
        if slot >= now and seated and not any(slot in held.busy.get(person, ()) for person in people):
            yield slot


def _model(
    left: Left,
    slots: Sequence[int | None],
    free: Sequence[int],
    choices: Sequence[tuple[int, int]],
    held: _Held,
) -> tuple[NamedModel, int]:
    touched = sorted({person for meeting in free for person in left.problem.meetings[meeting]})
    big = 1 + sum(len(left.problem.meetings_of[person]) for person in touched)
    build = ModelBuilder()
    moved = [0.0 if slots[m] in {None, t} else float(big) for m, t in choices]
    x = build.add_columns("x", cost=moved, upper=1.0, integer=True)
    drop = build.add_columns("drop", cost=np.full(len(free), float(big) * big), upper=1.0, integer=True)
    row = {meeting: number for number, meeting in enumerate(free)}
    once = [
        terms(x, range(len(choices)), [row[m] for m, _ in choices], 1.0),
        terms(drop, range(len(free)), range(len(free)), 1.0),
    ]
    build.add_rows("once", len(free), once, lower=1.0, upper=1.0)
    cells = _cells(left, choices)
    crowded = [columns for columns in cells.values() if len(columns) > 1]
    build.add_rows("one at a time", len(crowded), [_sum(x, crowded)], upper=1.0)
    _add_tables(build, x, left, choices, held)
    _add_starts(build, x, left, touched, cells, held)
    _add_order(build, (x, drop), left, slots, row, choices)
    return build.model(), big


def _cells(left: Left, choices: Sequence[tuple[int, int]]) -> Cells:
    """Return the columns that would busy each participant in each slot."""
    cells: Cells = defaultdict(list)
    for column, (meeting, slot) in enumerate(choices):
        for person in left.problem.meetings[meeting]:
            cells[person, slot].append(column)
    return cells


def _add_tables(
    build: ModelBuilder, x: Block, left: Left, choices: Sequence[tuple[int, int]], held: _Held
) -> None:
    wanted: dict[int, list[int]] = defaultdict(list)
    for column, (meeting, slot) in enumerate(choices):
        if meeting not in left.problem.at_booth:
            wanted[slot].append(column)
    short = {slot: columns for slot, columns in wanted.items() if len(columns) > held.tables[slot]}
    upper = [float(held.tables[slot]) for slot in short]
    build.add_rows("tables", len(short), [_sum(x, list(short.values()))], upper=upper)


def _add_starts(
    build: ModelBuilder, x: Block, left: Left, touched: Sequence[int], cells: Cells, held: _Held
) -> None:
    """Count the stretches of meetings of each participant touched, in each part of the day."""
    here, before, lower = [], [], []
    for person, part in product(touched, left.problem.parts):
        busy = held.busy.get(person, frozenset())
        for slot in part:
            earlier = slot - 1 if slot > part.start else -1
            here.append(cells.get((person, slot), []))
            before.append(cells.get((person, earlier), []))
            lower.append(float((slot in busy) - (earlier in busy)))
    start = build.add_columns("start", cost=np.ones(len(lower)), upper=1.0)
    rows = range(len(lower))
    parts = [terms(start, rows, rows, 1.0), _sum(x, here, -1.0), _sum(x, before)]
    build.add_rows("start", len(lower), parts, lower=lower)


def _add_order(
    build: ModelBuilder,
    columns: tuple[Block, Block],
    left: Left,
    slots: Sequence[int | None],
    row: Mapping[int, int],
    choices: Sequence[tuple[int, int]],
) -> None:
    """Keep free meetings in the order that precedences ask for, where both meetings are held."""
    (x, drop), horizon = columns, float(left.problem.slots)
    parts: list[Term] = []
    lower: list[float] = []
    for pair in ((later, first) for later, own in enumerate(left.problem.precedences) for first in own):
        if not any(m in row for m in pair) or any(m not in row and slots[m] is None for m in pair):
            continue
        least = 1.0
        for meeting, sign in zip(pair, (1.0, -1.0), strict=True):
            if meeting not in row:
                least -= sign * float(slots[meeting] or 0)
                continue
            own = [(column, slot) for column, (m, slot) in enumerate(choices) if m == meeting]
            parts.append(terms(x, [c for c, _ in own], len(lower), [sign * t for _, t in own]))
            parts.append(terms(drop, [row[meeting]], len(lower), horizon + 1))
        lower.append(least)
    build.add_rows("order", len(lower), parts, lower=lower)


def _sum(x: Block, rows: Sequence[Sequence[int]], value: float = 1.0) -> Term:
    columns = [column for row in rows for column in row]
    places = [number for number, row in enumerate(rows) for _ in row]
    return terms(x, columns, places, value)
