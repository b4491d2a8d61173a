"""A sourcing plan: who delivers what share, what is proved about its cost, and what changes from today."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from maillon.solve import Status, relative_gap


@dataclass(frozen=True, slots=True)
class CostSplit:
    """The objective by origin, in €/yr: what is paid, one-off costs spread over the years, weighed risk."""

    purchases: float
    below_ideal: float
    qualification: float
    opening: float
    risk: float

    @property
    def total(self) -> float:
        """The objective, in €/yr."""
        return self.purchases + self.below_ideal + self.qualification + self.opening + self.risk


@dataclass(frozen=True, slots=True, eq=False)
class SourcingPlan:
    """The best plan found and how far from the optimum it can be.

    ``objective`` and ``bound`` are €/yr, NaN where there is none. Frames, all empty without a plan:
    ``shares`` (part, supplier, share, annual_cost €/yr), one row an offer that is used; ``moves`` (part,
    supplier, share_today, share, change), one row an offer whose share changes; ``opened`` (supplier,
    opening_cost € once, exposure €/yr, capacity €/yr, null without limit), one row a supplier used;
    ``losses`` (scenario, probability, loss €). ``one_off`` € counts against the budget, ``cvar`` is €,
    ``co2`` kg/yr (NaN where a figure is missing), ``local_share`` 0 to 1.
    """

    status: Status
    objective: float
    bound: float
    seconds: float
    costs: CostSplit | None
    shares: pl.DataFrame
    moves: pl.DataFrame
    opened: pl.DataFrame
    losses: pl.DataFrame
    one_off: float
    cvar: float
    co2: float
    local_share: float

    @property
    def gap(self) -> float:
        """The relative gap between objective and bound; NaN where one is unknown."""
        return relative_gap(self.objective, self.bound)

    @property
    def found(self) -> bool:
        """Whether there is a plan."""
        return not self.shares.is_empty()

    def __repr__(self) -> str:
        """Return the verdict in one line."""
        gap = f", gap {self.gap:.2%}" if np.isfinite(self.gap) else ""
        return (
            f"<SourcingPlan {self.status}{gap}: {self.objective:,.0f} €/yr, "
            f"{self.moves['part'].n_unique()} parts moved, in {self.seconds:.1f} s>"
        )
