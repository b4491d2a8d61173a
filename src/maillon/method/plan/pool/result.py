"""The chamber's result of pooling: everything. Members and the public only ever see a view made from it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from maillon.core.estimate import Estimate
from maillon.core.reason import Reason
from maillon.solve import Status, relative_gap

Years = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class LineOutcome:
    """What becomes of one candidate line. ``volumes`` are units, year by year; ``unit_price`` €/unit.

    ``unit_price`` is what the pooled volumes cost delivered, fixed costs included, over all years; ``None``
    for a line that stays closed. ``missing_volume`` (units/yr more, of needs like these), ``missing_price``
    (€/unit that the line would have to save) and ``missing_support`` (€ once) each alone would make a closed
    line pay for itself; ``None`` where that alone cannot.
    """

    name: str
    opened: bool
    volumes: Years
    capacity: float
    minimum: float
    unit_price: float | None
    missing_volume: float | None
    missing_price: float | None
    missing_support: float | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class MemberOutcome:
    """What one firm gets: ``volumes`` from lines (units, year by year), costs and price.

    ``cost_alone`` and ``cost`` are €/yr on average, for all its volume; ``pool_price`` €/unit of what the
    lines make for it; ``saving`` €/yr over its range of prices today. ``lines`` name its makers with the
    share (0 to 1) of its volume over all years.
    """

    firm: str
    group: str
    joins: bool
    volumes: Years
    lines: tuple[tuple[str, float], ...]
    cost_alone: float
    cost: float
    cost_error: float
    pool_price: float | None
    saving: Estimate
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """If ``firm`` leaves once the lines are set up: do they hold, and what do the others pay more.

    ``extra`` is €/yr (``None`` where a line falls below its smallest volume or it is unknown), ``change`` the
    same as a share of what the others paid; ``viable``: they keep the lines and pay no more than alone.
    ``replanned_extra`` is what they would pay more with all lines planned anew, before anything is built.
    """

    firm: str
    viable: bool | None
    extra: float | None
    change: float | None
    replanned_extra: float | None


@dataclass(frozen=True, slots=True, eq=False)
class PoolPlan:
    """The best pool of one group of needs and how far from the optimum it can be, in €/yr on average.

    ``rule`` says how costs are shared ("core", "least-core", "shapley", "partial", "same-saving"), ``excess``
    what the best-off coalition would still gain by leaving (€/yr, NaN if unknown).
    """

    family: str
    process: str
    specification: str
    unit: str
    years: int
    status: Status
    objective: float
    bound: float
    seconds: float
    cost_alone: float
    lines: tuple[LineOutcome, ...]
    members: tuple[MemberOutcome, ...]
    rule: str
    excess: float
    departures: tuple[Leaving, ...] = ()
    reasons: tuple[Reason, ...] = ()
    wrong: tuple[str, ...] = field(default=())

    @property
    def gap(self) -> float:
        """The relative gap between objective and bound; NaN where one is unknown."""
        return relative_gap(self.objective, self.bound)

    @property
    def joined(self) -> tuple[MemberOutcome, ...]:
        """The firms that join."""
        return tuple(member for member in self.members if member.joins)

    @property
    def viable(self) -> bool:
        """Whether a line is worth setting up."""
        return any(line.opened for line in self.lines)

    def __repr__(self) -> str:
        """Return the verdict in one line."""
        gap = f", gap {self.gap:.2%}" if self.status is Status.FEASIBLE and np.isfinite(self.gap) else ""
        opened = ", ".join(line.name for line in self.lines if line.opened) or "no line"
        return (
            f"<PoolPlan {self.family}: {self.status}{gap}; {opened} for {len(self.joined)} of "
            f"{len(self.members)} firms, {self.objective:,.0f} against {self.cost_alone:,.0f} €/yr>"
        )
