"""Values of a column counted: what is asked of each value is asked once, however often it stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class Tally(Generic[T]):
    """Distinct values in the order of their first place, and how often each stands.

    >>> tally = Tally(["vis", "écrou", "vis"])
    >>> tally.size, tally.values, tally.count(str.isascii), tally.total(len)
    (3, ['vis', 'écrou'], 2, 11)
    """

    def __init__(self, values: Iterable[T]) -> None:
        counted = Counter((type(value), value) for value in values)  # 1, 1.0 and True are three values
        self.values = [value for _, value in counted]
        self._times = list(counted.values())
        self.size = sum(self._times)

    def count(self, holds: Callable[[T], object]) -> int:
        """Return how many values, repeated ones included, make ``holds`` true."""
        return sum(times for value, times in zip(self.values, self._times, strict=True) if holds(value))

    def total(self, measure: Callable[[T], int]) -> int:
        """Return the sum of a measure over all values, repeated ones included."""
        return sum(measure(value) * times for value, times in zip(self.values, self._times, strict=True))
