"""Local against import on the same draws: how likely the local source is cheaper, and by how much."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maillon.core.errors import InvalidRequest
from maillon.core.estimate import Estimate
from maillon.core.message import message
from maillon.method.cost.customs import Array
from maillon.method.cost.uncertainty.columns import NAMES, Tables
from maillon.method.cost.uncertainty.correlations import Correlations, default_correlations
from maillon.method.cost.uncertainty.draw import (
    DRAWS,
    Factors,
    Places,
    check_parts,
    draw_batch,
    gather_spreads,
    oldest,
    reading_order,
    run_batches,
)
from maillon.method.cost.uncertainty.results import Spread, describe_draws, spread_draws
from maillon.method.cost.uncertainty.shocks import draw_shocks
from maillon.method.cost.uncertainty.triangular import as_columns


@dataclass(frozen=True, slots=True, eq=False)
class DrawnComparison:
    """Import and local cost of parts, both under the same draws.

    ``probability``: share of the draws in which the local source is strictly cheaper, shape (parts,);
    ``saving`` is import less local in EUR/unit; ``yearly`` the saving on all parts together in EUR/year, draw
    by draw.
    """

    parts: tuple[str, ...]
    imported: Spread
    local: Spread
    saving: Spread
    probability: Array
    yearly: Array
    draws: int
    seed: int
    correlations: Correlations

    def __repr__(self) -> str:
        """Give the likelihood that all parts together cost less from local sources."""
        return f"DrawnComparison({len(self.parts)} parts, cheaper in {self.probability_of_all:.1%} of draws)"

    @property
    def probability_of_all(self) -> float:
        """The share of the draws in which all parts together cost less from local sources."""
        return float((self.yearly > 0).mean())

    @property
    def per_year(self) -> Estimate:
        """The 5, 50 and 95 % quantiles of the saving on all parts, in EUR/year."""
        return spread_draws(self.yearly[None, :], "EUR/year", self.saving.source, self.saving.date).estimate(
            0
        )

    def probability_error(self, place: int) -> float:
        """Return the standard error of one probability: √(p·(1 - p)/n)."""
        p = float(self.probability[place])
        return math.sqrt(p * (1.0 - p) / self.draws)


def compare_draws(
    imported: Sequence[Factors],
    local: Sequence[Factors],
    parts: Sequence[str] | None = None,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    correlations: Correlations | None = None,
) -> DrawnComparison:
    """Return both costs of each part on common random numbers.

    Markets, rates and what the part itself is (mass, duty, margin…) are one truth for both offers: the law of
    such a factor takes each offer's own range at the same rank. Raises what ``draw_costs`` raises.
    """
    if len(imported) != len(local):
        raise InvalidRequest(message("Each import needs its local offer."))
    names = check_parts(parts, imported, draws)
    correlations = default_correlations() if correlations is None else correlations
    tables = Tables(draw_shocks(draws, seed, correlations))
    sides = {"imported": as_columns(imported, NAMES), "local": as_columns(local, NAMES)}
    order = reading_order(np.concatenate(list(sides.values())))
    source, date = describe_draws(draws, seed), min(oldest(imported), oldest(local))

    def reduce_batch(places: Places) -> tuple[tuple[Spread, ...], Array, Array]:
        there, here = (draw_batch(tables, ranges, names, label, places) for label, ranges in sides.items())
        saved = there.totals - here.totals
        spreads = (spread_draws(x, "EUR/unit", source, date) for x in (there.totals, here.totals, saved))
        return tuple(spreads), (saved > 0).mean(axis=1), there.spend() - here.spend()

    spreads, cheaper, yearly = zip(*run_batches(reduce_batch, order), strict=True)
    there, here, saving = (gather_spreads(side, order) for side in zip(*spreads, strict=True))
    probability = np.concatenate(cheaper)[np.argsort(order)]
    return DrawnComparison(
        names, there, here, saving, probability, np.sum(yearly, axis=0), draws, seed, correlations
    )
