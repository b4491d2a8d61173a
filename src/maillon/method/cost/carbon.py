"""CO2 of carrying one unit to France, from the routes and factors of the reference."""

from __future__ import annotations

from collections.abc import Sequence

from maillon.core.errors import InvalidRequest, MissingData
from maillon.core.estimate import Estimate
from maillon.core.place import Place
from maillon.method.cost.hypotheses import HYPOTHESIS
from maillon.reference.freight.emissions import Co2Factor, emit_co2, load_co2_factors
from maillon.reference.freight.routes import Leg, plan_route

HOME = "FR"
#: Road within France between towns that are not known, in km: next door, across a region, across the country.
HOME_KM = (30.0, 300.0, 900.0)


def emit_unit_co2(
    country: str | None,
    mode: str | None,
    mass: Estimate,
    *,
    destination: Place | None = None,
    factors: Sequence[Co2Factor] | None = None,
    via_suez: bool = True,
) -> Estimate | None:
    """Return the kgCO2e of carrying one unit of ``mass`` (kg) to France; None where unknown, never zero.

    Unknown are a route without a mode and a mode without factor: the legal table has no air freight. Within
    France, without a town, the distance is a range: hypothesis of the project.
    """
    if mode is None:
        return None
    known = load_co2_factors() if factors is None else factors
    try:
        if country == HOME and destination is None:
            ends = [emit_co2([Leg("road", km, HYPOTHESIS)], 1.0, known) for km in HOME_KM]
            low, mid, high = ends[0].low, ends[1].mid, ends[2].high
            source = f"{ends[1].source}; {HYPOTHESIS}"
        else:
            route = plan_route(Place(country), destination or Place(HOME), mode, via_suez)
            ends = [emit_co2(route.legs, 1.0, known)]
            low, mid, high, source = ends[0].low, ends[0].mid, ends[0].high, ends[0].source
    except (MissingData, InvalidRequest):
        return None
    date = ends[0].date
    return Estimate(low * mass.low, mid * mass.mid, high * mass.high, "kgCO2e/unit", source, date)
