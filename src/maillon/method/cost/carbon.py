"""CO2 of carrying one unit to France, from the routes and factors of the reference."""

from __future__ import annotations

from collections.abc import Sequence

from maillon.core.errors import InvalidRequest, MissingData
from maillon.core.estimate import Estimate
from maillon.core.place import Place
from maillon.reference.freight.emissions import Co2Factor, emit_co2, load_co2_factors
from maillon.reference.freight.routes import plan_route

#: Within France without a known town, the ends of the route: a stretch of road, not zero.
HOME = "FR"


def emit_unit_co2(
    country: str | None,
    mode: str | None,
    mass: Estimate,
    *,
    destination: Place | None = None,
    factors: Sequence[Co2Factor] | None = None,
    via_suez: bool = True,
) -> Estimate | None:
    """Return the kgCO2e of carrying one unit of ``mass`` (kg), None where it is unknown: never zero.

    Unknown are a route without a mode, a mode without factor (the legal table has no air freight), and a
    transport inside one country whose towns are not known.
    """
    if mode is None or (country == HOME and destination is None):
        return None
    try:
        route = plan_route(Place(country), destination or Place(HOME), mode, via_suez)
        unit = emit_co2(route.legs, 1.0, load_co2_factors() if factors is None else factors)
    except (MissingData, InvalidRequest):
        return None
    low, mid, high = unit.low * mass.low, unit.mid * mass.mid, unit.high * mass.high
    return Estimate(low, mid, high, "kgCO2e/unit", unit.source, unit.date)
