"""Simulated annealing over exchanges of two slots: fewer breaks, every rule kept at every step.

S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, "Optimization by simulated annealing", Science 220 (1983). Only
participants at the ends of a component gain or lose a slot: the change of cost is known before it is made.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from random import Random

from maillon.method.meet.large.seating import Seating

#: Temperatures, in breaks: at the first a break more is accepted one time in five, at the last one in 5,000.
HOT, COLD = 0.6, 0.12
#: Exchanges tried between two looks at the clock.
STRIDE = 1024


def anneal(
    seating: Seating,
    effort: Callable[[int], int],
    chance: Random,
    progress: Callable[[], float],
    floor: int = 0,
) -> Iterator[int]:
    """Improve ``seating`` in place, yielding its cost after each stride, until ``progress`` reaches 1.

    ``progress`` tells how much of the time is over (0 … 1): the temperature falls with it. At ``floor``, a
    cost that cannot be undercut, the work ends.
    """
    costs = [effort(busy) for busy in seating.busy]
    total = sum(costs)
    draw, meetings, slots = chance.random, len(seating.slot), len(seating.tables)
    while (over := progress()) < 1 and total > floor:
        temperature = HOT * (COLD / HOT) ** over
        for _ in range(STRIDE):
            one, target = int(draw() * meetings), int(draw() * slots)
            source = seating.slot[one]
            if source == target or not seating.open[one] >> target & 1:
                continue
            moved = seating.component(one, target)
            if moved is None or not seating.has_room(moved, source, target):
                continue
            ends = _ends(seating, moved, 1 << source | 1 << target)
            change = sum(effort(busy) - costs[person] for person, busy in ends.items())
            if change <= 0 or draw() < math.exp(-change / temperature):
                seating.exchange(moved, source, target)
                for person, busy in ends.items():
                    costs[person] = effort(busy)
                total += change
        yield total
    yield total


def _ends(seating: Seating, moved: list[int], both: int) -> dict[int, int]:
    """Return who has one of the two slots only, with their busy slots after the exchange."""
    ends: dict[int, int] = {}
    for one in moved:
        for person in seating.people[one]:
            busy = seating.busy[person]
            if busy & both != both:
                ends[person] = busy ^ both
    return ends
