"""A group of needs and its lines as arrays: what the model, the shares and the checks all count with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillon.method.plan.pool.location.problem import Floats
from maillon.method.plan.pool.needs import PoolGroup, PoolLine, PoolNeed, PoolRules, makes


@dataclass(frozen=True, slots=True, eq=False)
class PoolArrays:
    """n firms, m lines, T years. ``volume`` (n, units/yr), ``today`` (n, €/unit, the middle price).

    ``delivered`` (m × n, €/unit, infinite where impossible), ``fixed`` (m, € over all years, discounted),
    ``capacity`` and ``minimum`` (m × T, units), ``weight`` (T): what a euro of each year counts.
    """

    volume: Floats
    today: Floats
    delivered: Floats
    fixed: Floats
    capacity: Floats
    minimum: Floats
    weight: Floats

    @property
    def shape(self) -> tuple[int, int, int]:
        """How many lines, firms and years."""
        lines, firms = self.delivered.shape
        return lines, firms, len(self.weight)

    @property
    def alone(self) -> Floats:
        """What each firm pays over all years if nothing changes (n, €, discounted)."""
        return np.asarray(self.volume * self.today * self.weight.sum())


def pool_arrays(group: PoolGroup, rules: PoolRules) -> PoolArrays:
    """Return the arrays of a group. Year 1 counts whole, each later one ``1 + discount_rate`` less."""
    weight = (1.0 + rules.discount_rate) ** -np.arange(rules.years, dtype=np.float64)
    ramp = np.array([_ramp(line, rules.years) for line in group.lines]).reshape(-1, rules.years)
    return PoolArrays(
        np.array([need.volume for need in group.needs]),
        np.array([need.price.mid for need in group.needs]),
        np.array([[_delivered(line, need) for need in group.needs] for line in group.lines]).reshape(
            len(group.lines), len(group.needs)
        ),
        np.array([line.investment + line.yearly_cost * weight.sum() for line in group.lines]),
        ramp * np.array([[line.capacity] for line in group.lines]).reshape(-1, 1),
        ramp * np.array([[line.minimum] for line in group.lines]).reshape(-1, 1),
        weight,
    )


def carried_km(line: PoolLine, need: PoolNeed) -> float | None:
    """Return the great-circle km from a line to a firm, or ``None`` where a place is not known."""
    from maillon.reference.places import distance_km  # noqa: PLC0415 - its tables take 0.3 s, children do without

    here, there = line.place, need.place
    if here.lat is None or here.lon is None or there.lat is None or there.lon is None:
        return None
    return distance_km(here.lat, here.lon, there.lat, there.lon)


def _delivered(line: PoolLine, need: PoolNeed) -> float:
    """€ a unit at the firm's door; infinite where the line does not make it or the way is unknown."""
    if not makes(line, need):
        return np.inf
    km = carried_km(line, need) if line.transport_cost else 0.0
    return np.inf if km is None else line.unit_cost + line.transport_cost * km


def _ramp(line: PoolLine, years: int) -> list[float]:
    return [line.ramp[min(year, len(line.ramp) - 1)] for year in range(years)]
