"""A part as the design office describes it, before anyone buys it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A part, its price (euro) and mass (kg) per ``unit``; ``most`` bounds the quantity of one line."""

    designation: str
    material: str
    price: float
    mass: float | None
    category: str
    most: int = 1
    unit: str = "P"
