"""CO2 of a route, leg by leg, with the French legal factors or a user's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from maillon.core.errors import InvalidRequest, MissingData
from maillon.core.estimate import Estimate
from maillon.core.message import message
from maillon.reference.freight.routes import Leg
from maillon.reference.text_rows import TextRow, read_rows

_COLUMNS = "code mode default g_per_tkm fuel_g_per_unit units_per_km load_t source date".split()  # noqa: SIM905 - a list to read


@dataclass(frozen=True, slots=True)
class Co2Factor:
    """g CO2 per tonne-kilometre of one vehicle; ``default`` where its mode names no vehicle."""

    code: str
    mode: str
    default: bool
    g_per_tkm: float
    source: str
    date: dt.date


def load_co2_factors(file: Path | None = None) -> tuple[Co2Factor, ...]:
    """Return the legal factors (arrêté of 10 April 2012, annexes I-II), or those of a user's file alone.

    A row without a factor is computed: fuel factor x consumption per km / mean load.

    >>> [factor.g_per_tkm for factor in load_co2_factors() if factor.code == "ship_7500"]
    [10.1]
    """
    return tuple(_factor(row) for row in read_rows("freight/data/co2_factors.csv", _COLUMNS, file))


def _factor(row: TextRow) -> Co2Factor:
    cells = row.cells
    if cells["g_per_tkm"]:
        grams = row.number("g_per_tkm")
    else:
        load = row.number("load_t")
        if load == 0:
            raise row.refusal(
                message("{column} must be a number of at least 0, not “{text}”.", column="load_t", text="0")
            )
        grams = row.number("fuel_g_per_unit") * row.number("units_per_km") / load
    try:
        date = dt.date.fromisoformat(cells["date"])
    except ValueError as error:
        raise row.refusal(message("{text} is not a date such as 2026-01-31.", text=cells["date"])) from error
    return Co2Factor(cells["code"], cells["mode"], bool(cells["default"]), grams, cells["source"], date)


def emit_co2(legs: Sequence[Leg], mass_kg: float, factors: Sequence[Co2Factor]) -> Estimate:
    """Return the kg of CO2 of ``mass_kg`` over ``legs``: SUM km x t x g per t.km / 1000.

    ``low`` and ``high`` span the vehicles of each mode, ``mid`` is its default. Raises ``MissingData`` for a
    mode without factor (the decree has no row for air), never counts it as zero.

    >>> round(emit_co2([Leg("sea", 19_194, "searoute")], 1000, load_co2_factors()).mid, 1)
    257.2
    """
    if mass_kg < 0:
        raise InvalidRequest(message("The mass must be at least 0 kg."))
    by_mode: Mapping[str, list[Co2Factor]] = {leg.mode: _of_mode(leg.mode, factors) for leg in legs}
    low = mid = high = 0.0
    for leg in legs:
        rows = by_mode[leg.mode]
        tkm = leg.km * mass_kg / 1_000_000
        low += tkm * min(row.g_per_tkm for row in rows)
        mid += tkm * next((row for row in rows if row.default), rows[0]).g_per_tkm
        high += tkm * max(row.g_per_tkm for row in rows)
    used = [row for rows in by_mode.values() for row in rows]
    source = "; ".join(dict.fromkeys(row.source.split(" (")[0] for row in used)) or "no leg"
    date = max((row.date for row in used), default=dt.date(2012, 4, 10))
    return Estimate(low, mid, high, "kg CO2", source, date)


def _of_mode(mode: str, factors: Sequence[Co2Factor]) -> list[Co2Factor]:
    rows = [factor for factor in factors if factor.mode == mode]
    if not rows:
        raise MissingData(
            message("No CO2 factor is known for the leg {mode}.", mode=mode),
            message(
                "The decree of 10 April 2012 has no such row: give a factor with its source in your own file."
            ),
        )
    return rows
