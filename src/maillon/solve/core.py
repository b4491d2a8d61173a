"""Why a logic model contradicts itself, in terms of named groups of conditions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields

import numpy as np
import numpy.typing as npt

from maillon.solve.child_process import run_child
from maillon.solve.logic import LogicModel
from maillon.solve.model import Status


def find_contradiction(
    model: LogicModel,
    groups: Sequence[Sequence[int]],
    *,
    time_limit: float = 10.0,
    cancel: Callable[[], bool] | None = None,
) -> tuple[int, ...] | None:
    """Return the ranks of groups whose literals cannot all be true together, none of them superfluous.

    ``()`` when the model contradicts itself without them; ``None`` when all can be true together, or when
    nothing is known within ``time_limit`` seconds.

    >>> from maillon.solve.logic import LogicBuilder
    >>> builder = LogicBuilder()
    >>> a, b, c = builder.new(), builder.new(), builder.new()
    >>> builder.clause(-a, -c)
    >>> find_contradiction(builder.model(), [[a], [b], [c]], time_limit=20)
    (0, 2)
    """
    arrays: dict[str, npt.ArrayLike] = {name.name: getattr(model, name.name) for name in fields(model)}
    arrays["groups"] = np.array([x for group in groups for x in (*group, 0)], dtype=np.int32)
    answer = run_child(
        "maillon.solve.sat_child", arrays | {"strategy": "core"}, time_limit=time_limit, cancel=cancel
    )
    if answer.ended != "answered" or str(answer.arrays["status"]) != Status.INFEASIBLE.value:
        return None
    return tuple(answer.arrays["core"].tolist())
