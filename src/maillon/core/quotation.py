"""A supplier's quotation for one part: prices by quantity, terms, lead times, validity."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from maillon.core.errors import InvalidRequest
from maillon.core.message import message


@dataclass(frozen=True, slots=True)
class PriceBreak:
    """A unit price from a quantity on, in the currency of the quotation."""

    quantity: float
    price: float


#: No price, quantity or duration of a firm is larger: beyond it, a figure is a slip.
LARGEST = 1e12
_LABELS = {
    "minimum_order": message("the minimum order"),
    "multiple": message("the order multiple"),
    "mass": message("the mass"),
    "annual_quantity": message("the yearly quantity"),
    "tooling": message("the tooling"),
    "first_article": message("the first article"),
    "first_lead_time": message("the first lead time"),
    "lead_time": message("the lead time"),
}


@dataclass(frozen=True, slots=True)
class Quotation:
    """What one supplier asks for one part. None means that the quotation does not say, never zero.

    ``breaks`` rise in quantity; each price holds from its quantity on. ``minimum_order`` and ``multiple`` are
    in units; ``tooling`` and ``first_article`` in ``currency``; lead times in days from the order; ``credit``
    in days from reception to payment (negative: paid before). ``country`` is ISO alpha-2 of the making site,
    ``mode`` the transport of the main leg, ``mass`` in kg per unit. ``cn`` is the customs code of the
    goods. ``established``: the firm buys there already, so tooling and first articles are paid. Raises
    ``InvalidRequest`` where a figure makes no sense.

    >>> quoted = Quotation("Invented Ltd", "bracket", (PriceBreak(1, 12.0), PriceBreak(100, 9.5)), "EUR")
    >>> quoted.price_at(99), quoted.price_at(100)
    (12.0, 9.5)
    """

    supplier: str
    part: str
    breaks: tuple[PriceBreak, ...]
    currency: str
    country: str | None = None
    mode: str | None = None
    incoterm: str | None = None
    incoterm_place: str | None = None
    minimum_order: float | None = None
    multiple: float | None = None
    tooling: float | None = None
    first_article: float | None = None
    first_lead_time: float | None = None
    lead_time: float | None = None
    credit: float | None = None
    valid_until: dt.date | None = None
    mass: float | None = None
    annual_quantity: float | None = None
    established: bool = False
    cn: str | None = None
    source: str = ""
    date: dt.date | None = None

    def __post_init__(self) -> None:
        if not self.breaks or any(
            not _sound(step.price) or not _sound(step.quantity) for step in self.breaks
        ):
            raise InvalidRequest(
                message("The quotation of {supplier} gives no usable price.", supplier=self.supplier),
                message("Each price and its quantity must be a number of at least 0."),
            )
        quantities = [step.quantity for step in self.breaks]
        if quantities != sorted(set(quantities)):
            raise InvalidRequest(
                message("The price breaks of {supplier} do not rise in quantity.", supplier=self.supplier),
                message("Give each quantity once, from the smallest to the largest."),
            )
        for name in ("minimum_order", "multiple", "mass", "annual_quantity"):
            self._check(name, getattr(self, name), positive=True)
        for name in ("tooling", "first_article", "first_lead_time", "lead_time"):
            self._check(name, getattr(self, name), positive=False)

    def _check(self, name: str, value: float | None, *, positive: bool) -> None:
        if value is not None and (not _sound(value) or (positive and value == 0)):
            raise InvalidRequest(
                message(
                    "{supplier}: {name} cannot be {value}.",
                    supplier=self.supplier,
                    name=_LABELS[name],
                    value=value if math.isfinite(value) else str(value),
                ),
                message("Leave it empty where it is unknown."),
            )

    @property
    def least_lot(self) -> float:
        """The smallest lot that can be ordered, in units."""
        return self.fitting_lot(0.0)

    def fitting_lot(self, lot: float) -> float:
        """Return the smallest lot of at least ``lot`` that the minimum order and the multiple allow.

        >>> Quotation("Invented", "nut", (PriceBreak(1, 2.0),), "EUR", minimum_order=50).fitting_lot(20)
        50.0
        """
        least = max(lot, self.minimum_order or 0.0, self.breaks[0].quantity, 1e-9)
        step = self.multiple
        return float(math.ceil(least / step - 1e-9) * step) if step else float(least)

    def price_at(self, lot: float) -> float:
        """Return the unit price that a lot of ``lot`` units commands; the first price below its quantity."""
        reached = [step.price for step in self.breaks if step.quantity <= lot]
        return reached[-1] if reached else self.breaks[0].price

    def expired(self, on: dt.date) -> bool:
        """Say whether the validity of the quotation ended before ``on``."""
        return self.valid_until is not None and self.valid_until < on


def _sound(value: float) -> bool:
    return 0 <= value <= LARGEST
