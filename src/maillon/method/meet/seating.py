"""At which table each meeting is held, when the slots are known: the fewest changes of table, exactly.

Tables are alike but for their track, so that only who stays counts. A table's day is a chain of meetings; two
meetings that follow at once and share a person may be links of one chain. Each meeting has one successor and
one predecessor at most: the most links is a bipartite matching, and any set of chains finds tables, because
never more chains are open than the slot has meetings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from maillon.core.event import Event
from maillon.method.meet.agenda import follows
from maillon.solve import solve
from maillon.solve.blocks import ModelBuilder, terms


@dataclass(frozen=True, slots=True)
class Seated:
    """A meeting that needs a table: its persons, its slot, and the tables (their ranks) that it may take."""

    people: tuple[int, ...]
    slot: int
    tables: tuple[int, ...]


def assign_locations(
    event: Event, meetings: Sequence[Seated], *, time_limit: float = 30.0
) -> tuple[int, ...]:
    """Return the table of each meeting with the fewest changes between meetings that follow at once.

    No slot may hold more meetings of one set of tables than that set has.
    """
    links = _links(event, meetings)
    after = _best_links(links, len(meetings), time_limit) if links else {}
    begun = [place for place in range(len(meetings)) if place not in set(after.values())]
    tables = [-1] * len(meetings)
    taken: set[tuple[int, int]] = set()
    last: dict[int, int] = {}
    for place in sorted(begun, key=lambda start: (meetings[start].slot, start)):
        chain = _chain(place, after)
        slots = [meetings[one].slot for one in chain]
        free = [t for t in meetings[place].tables if not any((t, slot) in taken for slot in slots)]
        wanted = [last[p] for p in meetings[place].people if last.get(p) in free]
        table = (wanted or free)[0]
        taken.update((table, slot) for slot in slots)
        for one in chain:
            tables[one] = table
            last.update(dict.fromkeys(meetings[one].people, table))
    return tuple(tables)


def _links(event: Event, meetings: Sequence[Seated]) -> dict[tuple[int, int], int]:
    """Return how many persons stay at the table if one meeting follows another there."""
    at: dict[tuple[int, int], int] = {}
    for place, meeting in enumerate(meetings):
        at.update({(person, meeting.slot): place for person in meeting.people})
    links: dict[tuple[int, int], int] = defaultdict(int)
    for (person, slot), place in at.items():
        after = at.get((person, slot + 1))
        if (
            after is not None
            and follows(event, slot, slot + 1)
            and meetings[place].tables == meetings[after].tables
        ):
            links[place, after] += 1
    return links


def _best_links(links: Mapping[tuple[int, int], int], count: int, time_limit: float) -> dict[int, int]:
    build = ModelBuilder()
    stays = build.add_columns("stays", cost=[-n for n in links.values()], upper=1.0, integer=True)
    ends = np.array(list(links), dtype=np.int64)
    every = np.arange(len(ends))
    parts = [terms(stays, every, ends[:, 0], 1.0), terms(stays, every, ends[:, 1] + count, 1.0)]
    build.add_rows("one before, one after", 2 * count, parts, upper=1.0)
    found = solve(build.model().linear, time_limit=time_limit, threads=1)
    kept = found.values > 0.5 if found.values.size else np.zeros(len(ends), dtype=bool)
    return {int(one): int(other) for one, other in ends[kept]}


def _chain(start: int, after: Mapping[int, int]) -> list[int]:
    chain = [start]
    while chain[-1] in after:
        chain.append(after[chain[-1]])
    return chain
