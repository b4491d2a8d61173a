"""The prices of a whole column, field by field: most columns hold bare numbers, which need no reading."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from maillon.intake.grid import Cell
from maillon.intake.understand.cells import map_distinct
from maillon.intake.understand.numbers import Decimal
from maillon.intake.understand.prices import read_price

T = TypeVar("T")
_BARE = {int, float, type(None)}


@dataclass(frozen=True, slots=True)
class PriceColumn:
    """What the price cells of each line say (see ``Price``); all lists are of one length."""

    lows: list[float | None]
    highs: list[float | None]
    currencies: list[str | None]
    packs: list[int]
    vat_included: list[bool | None]

    def __len__(self) -> int:
        """Count the lines."""
        return len(self.lows)

    def replaced(self, other: PriceColumn, where: Sequence[bool]) -> PriceColumn:
        """Return these prices, with those of ``other`` on the lines that ``where`` marks.

        >>> net, gross = read_price_column([10, None]), read_price_column([12, 24])
        >>> net.replaced(gross, [False, True]).lows
        [10.0, 24.0]
        """
        return PriceColumn(
            _picked(self.lows, other.lows, where),
            _picked(self.highs, other.highs, where),
            _picked(self.currencies, other.currencies, where),
            _picked(self.packs, other.packs, where),
            _picked(self.vat_included, other.vat_included, where),
        )


def read_price_column(cells: Sequence[Cell], decimal: Decimal = Decimal.COMMA) -> PriceColumn:
    """Return the prices that cells hold, each distinct text read once.

    >>> read_price_column([2, None, "3,50 €"]).lows, read_price_column(["3,50 €"]).currencies
    ([2.0, None, 3.5], ['EUR'])
    """
    size = len(cells)
    if set(map(type, cells)) <= _BARE:
        figures = [float(c) if isinstance(c, int | float) and math.isfinite(c) else None for c in cells]
        return PriceColumn(figures, [None] * size, [None] * size, [1] * size, [None] * size)
    prices = map_distinct(cells, lambda cell: read_price(cell, decimal))
    lows, highs, currencies, packs, flags = zip(*prices, strict=True)
    return PriceColumn(list(lows), list(highs), list(currencies), list(packs), list(flags))


def _picked(own: Sequence[T], other: Sequence[T], where: Sequence[bool]) -> list[T]:
    return [theirs if taken else ours for ours, theirs, taken in zip(own, other, where, strict=True)]
