"""Better and better solutions of a logic model: most of the best one is kept, a part of it is freed."""

from __future__ import annotations

import random
from dataclasses import dataclass

from maillon.solve.logic import split_at_zeros
from maillon.solve.sat_search import LeastCost
from maillon.solve.wire import Arrays

#: Conflicts spent on one neighbourhood.
_BUDGET = 2_000
#: The share of all decisions freed at first, and by how much a proof or a failure changes it.
_FIRST_SHARE, _STEP = 0.25, 1.03


@dataclass(slots=True)
class Neighbourhoods:
    """Groups of decisions that are freed together; groups that share a decision are near each other."""

    parts: list[frozenset[int]]
    near: list[list[int]]
    share: float = _FIRST_SHARE

    @classmethod
    def of(cls, arrays: Arrays) -> Neighbourhoods:
        """Return the neighbourhoods that the parent sent."""
        parts = [frozenset(part) for part in split_at_zeros(arrays["parts"])]
        owners: dict[int, list[int]] = {}
        for index, part in enumerate(parts):
            for variable in part:
                owners.setdefault(variable, []).append(index)
        near = [sorted({other for x in part for other in owners[x]}) for part in parts]
        return cls(parts, near)

    def draw(self, first: int, wanted: float, draw: random.Random) -> frozenset[int]:
        """Return ``wanted`` or a few more decisions: those of parts near each other, around the ``first``."""
        freed, seen, border = set(self.parts[first]), {first}, list(self.near[first])
        while len(freed) < wanted and len(seen) < len(self.parts):
            known = [part for part in border if part not in seen]
            part = draw.choice(known or [part for part in range(len(self.parts)) if part not in seen])
            seen.add(part)
            freed |= self.parts[part]
            border += self.near[part]
        return frozenset(freed)


def descend(search: LeastCost, arrays: Arrays) -> None:
    """Find cheaper and cheaper solutions: a part of the best one is freed, all of it when that is stuck."""
    if search.try_to_solve() is False:
        search.infeasible = True
        return
    neighbourhoods = Neighbourhoods.of(arrays)
    every = sorted(frozenset[int]().union(*neighbourhoods.parts))
    draw = random.Random(int(arrays["seed"]))  # noqa: S311 - a search, no secret
    owners = arrays["cost_part"].repeat(arrays["cost_weights"][: len(arrays["cost_part"])]).tolist()
    while not search.done:
        before = search.objective
        kept: list[int] = []
        if owners and every:
            costly = [owner for owner, x in zip(owners, search.costs, strict=True) if search.holds(x)]
            freed = neighbourhoods.draw(draw.choice(costly), neighbourhoods.share * len(every), draw)
            kept = [x for x in every if x not in freed and search.best[x - 1]]
            search.solver.set_phases([x if search.best[x - 1] else -x for x in every])
        answer = search.try_to_solve([*kept, *search.at_most(before - 1)], _BUDGET if kept else -1)
        if answer is False and not kept:
            search.raise_bound(before)
        elif answer is False:
            neighbourhoods.share = min(1.0, neighbourhoods.share * _STEP)
        elif answer is None:
            neighbourhoods.share /= _STEP
