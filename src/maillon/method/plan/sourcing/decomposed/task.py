"""What crosses to the child process and back: a problem in arrays, its rules in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from maillon.method.plan.sourcing.arrays import Flags, Floats, SourcingArrays
from maillon.method.plan.sourcing.rules import PlanRules

#: The rules that are numbers; forced and forbidden pairs are already in the arrays.
_NUMBERS = tuple(each.name for each in fields(PlanRules) if each.name not in {"forced", "forbidden"})
_WHOLE = {"critical_sources", "most_sources"}


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """One search: what to plan, in how many seconds, with which seed, from which plan (empty: none)."""

    arrays: SourcingArrays
    rules: PlanRules
    time_limit: float
    seed: int
    start_share: Floats = field(default_factory=lambda: np.empty(0))
    start_used: Flags = field(default_factory=lambda: np.empty(0, dtype=np.bool_))


def packed_task(task: Task) -> dict[str, npt.ArrayLike]:
    """Return the task as named arrays; a rule that is not asked is NaN."""
    arrays = {each.name: getattr(task.arrays, each.name) for each in fields(SourcingArrays)}
    numbers = [getattr(task.rules, name) for name in _NUMBERS]
    rules = np.array([np.nan if number is None else number for number in numbers], dtype=np.float64)
    start = {"_start_share": task.start_share, "_start_used": task.start_used}
    return arrays | start | {"_rules": rules, "_time_limit": task.time_limit, "_seed": task.seed}


def unpacked_task(packed: Mapping[str, npt.NDArray[Any]]) -> Task:
    """Return the task of ``packed_task``.

    >>> import numpy as np
    >>> from maillon.method.plan.sourcing import PlanRules, sourcing_problem
    >>> from maillon.method.plan.sourcing.arrays import sourcing_arrays
    >>> problem = sourcing_problem({"part": ["P"], "spend": [1.0]},
    ...     {"part": ["P"], "supplier": ["S"], "annual_cost": [1.0], "qualification_cost": [0.0]},
    ...     {"supplier": ["S"], "opening_cost": [0.0]})
    >>> rules = PlanRules(budget=3.0)
    >>> packed = packed_task(Task(sourcing_arrays(problem, rules), rules, 1.0, 0))
    >>> unpacked_task({name: np.asarray(value) for name, value in packed.items()}).rules == rules
    True
    """
    numbers: dict[str, Any] = {}
    for name, number in zip(_NUMBERS, packed["_rules"].tolist(), strict=True):
        numbers[name] = None if np.isnan(number) else int(number) if name in _WHOLE else number
    arrays = SourcingArrays(**{each.name: packed[each.name] for each in fields(SourcingArrays)})
    start = packed["_start_share"], packed["_start_used"]
    return Task(arrays, PlanRules(**numbers), float(packed["_time_limit"]), int(packed["_seed"]), *start)
