"""Asking what coalitions would pay: fair shares, and what happens when one firm leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from maillon.method.plan.pool.arrays import PoolArrays
from maillon.method.plan.pool.model import pool_model
from maillon.method.plan.pool.sharing.core_program import Flags, Floats
from maillon.solve import run_child
from maillon.solve.wire import Arrays

Cancel = Callable[[], bool] | None
_FIELDS = ("cost", "lower", "upper", "start", "index", "value", "row_lower", "row_upper", "integer")
#: Up to this share of the total, a gain by leaving is the rounding of the solver.
CORE_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """What each firm pays (n, € over all years) and why that holds.

    ``rule`` is "core" (no coalition gains by leaving), "least-core" (the best-off coalition would gain
    ``excess`` €, no shares do better), "shapley", or where time ran out "partial" (only some coalitions were
    considered) or "same-saving" (none was). ``error`` (n, €) is the half-width of the 95 % interval of drawn
    shares, else zero.
    """

    rule: str
    paid: Floats
    excess: float
    proved: bool
    error: Floats


@dataclass(frozen=True, slots=True)
class Departure:
    """What the others would pay (€ over all years) without one firm: lines as planned, and planned anew.

    ``kept`` is infinite where a line would fall below its smallest volume; NaN where it was not computed.
    """

    firm: int
    before: float
    kept: float
    planned_anew: float


def fair_shares(
    arrays: PoolArrays, total: float, *, time_limit: float = 30.0, cancel: Cancel = None
) -> Shares:
    """Return shares that sum to ``total`` (€), none above the firm's cost alone, in the (least) core.

    Of these, the shares nearest to "everybody saves the same percentage" (least worst deviation). The core
    of a cost game: Σ_S p ≤ c(S) for every coalition S; Maschler, Peleg & Shapley, Math. Oper. Res. 4 (1979)
    for the least core.
    """
    firms = arrays.shape[1]
    none = np.zeros(firms)
    if firms == 1:
        return Shares("core", np.array([total]), 0.0, proved=True, error=none)
    answer = _ask(arrays, np.zeros((0, firms), dtype=bool), None, time_limit, cancel, total)
    if "shares" not in answer or not np.isfinite(float(answer["excess"])):
        equal = arrays.alone * (total / max(float(arrays.alone.sum()), 1e-300))
        return Shares("same-saving", equal, float("nan"), proved=False, error=none)
    excess = float(answer["excess"])
    inside = excess <= CORE_ROUNDING * max(abs(total), 1.0)
    proved = bool(answer["proved"])
    rule = "partial" if not proved else "core" if inside else "least-core"
    return Shares(rule, answer["shares"], 0.0 if inside else excess, proved, none)


def coalition_costs(arrays: PoolArrays, asked: Flags, *, time_limit: float, cancel: Cancel = None) -> Floats:
    """Return what each coalition (rows of ``asked``) would pay on its own (€); NaN where time ran out."""
    return _ask(arrays, asked, None, time_limit, cancel).get("costs", np.full(len(asked), np.nan))


def leave_one_by_one(
    arrays: PoolArrays,
    paid: Floats,
    opened: Flags,
    leavers: npt.NDArray[np.intp],
    *,
    time_limit: float = 30.0,
    cancel: Cancel = None,
) -> tuple[Departure, ...]:
    """Return, for each firm that may leave, what the others paid (``paid``, n, €) and would pay."""
    if not len(leavers):
        return ()
    firms = arrays.shape[1]
    left = ~np.eye(firms, dtype=bool)[leavers]
    lines = np.vstack(
        [np.tile(opened.astype(np.float64), (len(left), 1)), np.full((len(left), len(opened)), np.nan)]
    )
    answer = _ask(arrays, np.vstack([left, left]), lines, time_limit, cancel)
    costs = answer.get("costs", np.full(2 * len(left), np.nan))
    return tuple(
        Departure(int(firm), float(paid.sum() - paid[firm]), float(costs[k]), float(costs[len(left) + k]))
        for k, firm in enumerate(leavers)
    )


def without(arrays: PoolArrays, kept: Flags) -> PoolArrays:
    """Return the arrays of some of the firms."""
    return replace(
        arrays, volume=arrays.volume[kept], today=arrays.today[kept], delivered=arrays.delivered[:, kept]
    )


def _ask(
    arrays: PoolArrays,
    asked: Flags,
    opened: Floats | None,
    time_limit: float,
    cancel: Cancel,
    total: float | None = None,
) -> Arrays:
    model = pool_model(arrays)
    lines = np.full((len(asked), arrays.shape[0]), np.nan) if opened is None else opened
    given: dict[str, npt.ArrayLike] = {name: getattr(model.linear, name) for name in _FIELDS}
    for name in ("member", "open"):
        block = model.columns[name]
        given[name] = np.arange(block.start, block.start + block.size)
    given |= {"asked": asked, "opened": lines, "time_limit": time_limit}
    if total is not None:
        given |= {"alone": arrays.alone, "total": total}
    child = "maillon.method.plan.pool.sharing.coalitions_child"
    return run_child(child, given, time_limit=time_limit, cancel=cancel).arrays
