"""The values of every factor for some parts, a block of draws at a time, in the least memory that says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from maillon.method.cost.arithmetic import FACTORS
from maillon.method.cost.customs import Array
from maillon.method.cost.uncertainty.scopes import FOLLOWS, SCOPE_OF, Scope, names_in
from maillon.method.cost.uncertainty.shocks import LEVELS, Levels, Shocks
from maillon.method.cost.uncertainty.triangular import mode_place, step_means, unit_quantile

NAMES = tuple(FACTORS)
_ROW = {name: row for scope in (Scope.PART, Scope.OFFER) for row, name in enumerate(names_in(scope))}
#: Tables kept of one form of law each, 32 KiB apiece: most ranges of a factor share their form.
_MOST_TABLES = 512


@dataclass(slots=True)
class Tables:
    """The laws met so far on the unit range: by form for levels, by factor and form for shared ranks."""

    shocks: Shocks
    own: dict[float, Array] = field(default_factory=dict)
    shared: dict[tuple[str, float], Array] = field(default_factory=dict)

    def at_levels(self, place: float) -> Array:
        """Return the value of each level for a mode at ``place``."""
        found = self.own.get(place)
        if found is None:
            if len(self.own) >= _MOST_TABLES:
                self.own.clear()
            found = self.own[place] = step_means(LEVELS, place)
        return found

    def at_ranks(self, name: str, place: float) -> Array:
        """Return the value in each draw of a factor drawn everywhere, for a mode at ``place``."""
        found = self.shared.get((name, place))
        if found is None:
            if len(self.shared) >= _MOST_TABLES:
                self.shared.clear()
            found = self.shared[name, place] = unit_quantile(self.shocks.ranks[name], place)
        return found


@dataclass(frozen=True, slots=True)
class FactorDraws:
    """One factor of some parts: its range and form for each, and the levels of its draws if its own."""

    name: str
    low: Array
    width: Array
    place: Sequence[float]
    alike: bool
    levels: Levels | None

    def take(self, block: slice, tables: Tables) -> Array:
        """Return a block of draws: (1, draws) where all parts share the values, else (parts, draws)."""
        if self.levels is None:
            return self._shared(block, tables)
        levels = self.levels[:, block]
        if self.alike:  # one range for all: its own table, and no further pass over the draws
            law = self.low[0] + self.width[0] * tables.at_levels(self.place[0])
            return np.take(law, levels, mode="clip")
        if len(set(self.place)) == 1:
            unit = np.take(tables.at_levels(self.place[0]), levels, mode="clip")
        else:
            unit = np.empty(levels.shape)
            for part, place in enumerate(self.place):
                np.take(tables.at_levels(place), levels[part], out=unit[part], mode="clip")
        unit *= self.width[:, None]
        unit += self.low[:, None]
        return unit

    def _shared(self, block: slice, tables: Tables) -> Array:
        unit = [tables.at_ranks(self.name, place)[block] for place in dict.fromkeys(self.place)]
        if len(unit) == 1:
            return self.low[:, None] + self.width[:, None] * unit[0]
        each = np.array([tables.at_ranks(self.name, place)[block] for place in self.place])
        return np.asarray(self.low[:, None] + self.width[:, None] * each)


@dataclass(frozen=True, slots=True)
class Columns:
    """All factors of some parts: those that are certain as they are, the others ready to be drawn."""

    certain: Mapping[str, Array]
    drawn: Sequence[FactorDraws]
    tables: Tables

    def take(self, block: slice) -> dict[str, Array]:
        """Return what ``cost_arrays`` reads, for a block of draws."""
        return {**self.certain, **{factor.name: factor.take(block, self.tables) for factor in self.drawn}}


def prepare_columns(table: Array, levels: Mapping[Scope, Levels], tables: Tables) -> Columns:
    """Return the factors of parts from their ranges, shape (3, factors, parts), and their levels by scope.

    ``levels`` have the shape (factors of the scope, parts, draws). A range without width is its own value in
    every draw, exactly.
    """
    certain, drawn = {}, []
    for rank, name in enumerate(NAMES):
        low, mid, high = table[:, rank]
        alike = bool((table[:, rank] == table[:, rank, :1]).all())
        if (low == high).all():
            certain[name] = mid[:1, None] if alike else mid[:, None]
            continue
        scope = SCOPE_OF[name]
        shown = slice(0, 1) if alike and scope is Scope.EVERYWHERE else slice(None)
        # Ranges that were scaled have one form up to the last digit: they share a table.
        place = mode_place(low, mid, high)[shown].round(12).tolist()
        own = None if scope is Scope.EVERYWHERE else levels[scope][_ROW[FOLLOWS.get(name, name)]]
        drawn.append(FactorDraws(name, low[shown], (high - low)[shown], place, alike, own))
    return Columns(certain, drawn, tables)
