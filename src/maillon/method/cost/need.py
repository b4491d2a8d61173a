"""What the firm needs of a part: how many a year, and what a missing one costs."""

from __future__ import annotations

import math
from dataclasses import dataclass

from maillon.core.errors import InvalidRequest
from maillon.core.estimate import Estimate
from maillon.core.message import message
from maillon.core.quotation import LARGEST

_LABELS = {
    "annual_quantity": message("The yearly quantity"),
    "lot": message("The lot"),
    "mass": message("The mass of a piece"),
}


@dataclass(frozen=True, slots=True)
class Demand:
    """Demand for one part. None means unknown.

    ``annual_quantity`` in units/year; ``lot`` is the lot that the firm wants to order (None: the cheapest);
    ``mass`` in kg/unit; ``unit_margin`` is the margin in EUR lost when one part is missing;
    ``cn`` is the customs code of
    the goods, where known; ``other_stop_days`` are expected days a year without parts from named
    scenarios, beyond the default one; ``supplier_share`` is the part's share of what is bought there, by
    which it bears visits and shipments. Raises ``InvalidRequest`` for a quantity, lot or mass that is not
    above zero.
    """

    annual_quantity: float
    lot: float | None = None
    mass: float | None = None
    unit_margin: Estimate | None = None
    other_stop_days: float = 0.0
    cn: str | None = None
    supplier_share: float | None = None

    def __post_init__(self) -> None:
        for name in ("annual_quantity", "lot", "mass"):
            value = getattr(self, name)
            if value is not None and not 0 < value <= LARGEST:
                shown = value if math.isfinite(value) else str(value)
                raise InvalidRequest(
                    message("{name} must be above zero, not {value}.", name=_LABELS[name], value=shown),
                    message("Leave out what is unknown; a cost needs at least the yearly quantity."),
                )
        if not (math.isfinite(self.other_stop_days) and self.other_stop_days >= 0):
            raise InvalidRequest(message("Days of stop cannot be negative."))
        if self.supplier_share is not None and not 0 <= self.supplier_share <= 1:
            raise InvalidRequest(message("The part's share of a supplier's sales lies between 0 and 1."))
