"""Better and better solutions of a logic model: most of the best one is kept, a part of it is freed."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

from maillon.solve.logic import split_at_zeros
from maillon.solve.sat_search import LeastCost
from maillon.solve.wire import Arrays

#: Conflicts spent on one neighbourhood.
_BUDGET = 2_000
#: The share of all decisions freed at first, and by how much a proof or a failure changes it.
_FIRST_SHARE, _STEP = 0.25, 1.03
#: Seconds without a better solution after which the whole is searched instead.
_PATIENCE = 2.0


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
    """Find cheaper and cheaper solutions, a part of the best one freed at a time, until that no longer helps.

    Without parts there is nothing to free and nothing is done.
    """
    neighbourhoods = Neighbourhoods.of(arrays)
    owners = arrays["cost_part"].repeat(arrays["cost_weights"][: len(arrays["cost_part"])]).tolist()
    every = sorted(frozenset[int]().union(*neighbourhoods.parts))
    known = [x for x in search.hint if x in frozenset(every)]
    if not owners or not (search.try_to_solve(known, _BUDGET) or search.try_to_solve()):
        return
    draw = random.Random(int(arrays["seed"]))  # noqa: S311 - a search, no secret
    improved = time.perf_counter()
    while not search.done and time.perf_counter() - improved < _PATIENCE:
        before = search.objective
        costly = [owner for owner, x in zip(owners, search.costs, strict=True) if search.holds(x)]
        freed = neighbourhoods.draw(draw.choice(costly), neighbourhoods.share * len(every), draw)
        kept = [x for x in every if x not in freed and search.best[x - 1]]
        search.solver.set_phases([x if search.best[x - 1] else -x for x in every])
        answer = search.try_to_solve([*kept, *search.at_most(before - 1)], _BUDGET)
        if answer:
            improved = time.perf_counter()
        else:
            narrower = 1 / _STEP if answer is None else _STEP
            neighbourhoods.share = min(1.0, neighbourhoods.share * narrower)
