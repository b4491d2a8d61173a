"""Amounts of money with their currency."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency (ISO 4217). Analytics are in float64, rounded only at the edge.

    >>> Money(2.5, "EUR") + Money(1.0, "EUR")
    Money(amount=3.5, currency='EUR')
    """

    amount: float
    currency: str

    def __add__(self, other: Money) -> Money:
        """Add two amounts of one currency; ``ValueError`` if the currencies differ."""
        if other.currency != self.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency}")
        return Money(self.amount + other.amount, self.currency)
