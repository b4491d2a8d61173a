"""Uncertain figures: never a bare number, always a range with its unit, source and date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure known within a range, in ``unit``, with where and when it was taken.

    Raises ``ValueError`` when ``low <= mid <= high`` does not hold.

    >>> Estimate(37.8, 44.9, 46.0, "EUR/h", "Rexecode, France, manufacturing", dt.date(2023, 3, 31)).mid
    44.9
    """

    low: float
    mid: float
    high: float
    unit: str
    source: str
    date: dt.date

    def __post_init__(self) -> None:
        if not self.low <= self.mid <= self.high:
            raise ValueError(f"not a range: {self.low} <= {self.mid} <= {self.high}")
