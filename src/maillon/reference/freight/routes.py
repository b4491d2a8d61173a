"""The legs of a route between two places, by the distance rules of Ecobalyse where points are unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maillon.core.errors import InvalidRequest, MissingData
from maillon.core.message import message
from maillon.core.place import Place
from maillon.reference.freight.assumptions import Mode
from maillon.reference.freight.ports import country_points, port_of, sea_km
from maillon.reference.places import distance_km

#: Road length over great circle; hypothesis of the project.
ROAD_FACTOR = 1.3
UNKNOWN_ROAD_KM, UNKNOWN_SEA_KM, UNKNOWN_AIR_KM = 1_000.0, 18_000.0, 10_000.0
_RULE = "Ecobalyse: road to the port = min(1000, land / 2) km"
_UNKNOWN = "hypothesis of Ecobalyse for an unknown origin"
_ROAD = "great circle x 1.3 (hypothesis of the project)"


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg: its mode, its length in km and where the length is from."""

    mode: str
    km: float
    source: str


@dataclass(frozen=True, slots=True)
class Route:
    """The legs from an origin to a destination; ``assumed`` where the origin was unknown."""

    legs: tuple[Leg, ...]
    assumed: bool = False

    @property
    def km(self) -> float:
        """The length of all legs."""
        return sum(leg.km for leg in self.legs)


def plan_route(origin: Place, destination: Place, mode: str, via_suez: bool = True) -> Route:
    """Return the legs of a route by ``mode`` (road, rail, sea, air).

    A place known by its country alone stands at a main industrial city; the road legs of a sea or air route
    then follow Ecobalyse. An unknown origin takes its assumption: 1,000 km of road and 18,000 of sea (10,000
    of air). Raises ``InvalidRequest`` for an unknown mode, ``MissingData`` where no distance can be told.

    >>> [round(leg.km) for leg in plan_route(Place("CN"), Place("FR"), "sea").legs]
    [1000, 19194]
    """
    if mode not in [*Mode]:
        raise InvalidRequest(
            message("{mode} is not a mode of transport.", mode=mode),
            message("The modes are {modes}.", modes=", ".join(Mode)),
        )
    if destination.country is None and destination.lat is None:
        raise MissingData(message("The destination of a route must be known at least by its country."))
    if origin.country is None and origin.lat is None:
        return _assumed(mode)
    if mode in (Mode.ROAD, Mode.RAIL):
        return Route((Leg(mode, _land_km(origin, destination), _ROAD),))
    main = _sea_leg(origin, destination, via_suez) if mode == Mode.SEA else _air_leg(origin, destination)
    return Route((*_access(origin, destination, mode), main))


def land_share(km: float) -> float:
    """Return the share of goods that go by land over ``km``, by Ecobalyse.

    >>> [land_share(km) for km in (500, 1000, 2000, 3000, 3001)]
    [1.0, 0.9, 0.5, 0.25, 0.0]
    """
    for limit, share in ((500, 1.0), (1000, 0.9), (2000, 0.5), (3000, 0.25)):
        if km <= limit:
            return share
    return 0.0


def weigh_legs(legs: Sequence[Leg], mass_kg: float, per_tonne_km: Mapping[str, float]) -> float:
    """Return SUM km x tonnes x impact per t.km of each leg's mode, in the unit of ``per_tonne_km``.

    Ecobalyse (documentation of transport), 1 kg India to France by sea, in Pts per t.km: 31.0

    >>> legs = [Leg("sea", 11_961, "SeaRates"), Leg("road", 1_000, "Ecobalyse")]
    >>> round(weigh_legs(legs, 1.0, {"sea": 1.3, "road": 15.5}), 2)
    31.05
    """
    return sum(leg.km * mass_kg / 1000 * per_tonne_km[leg.mode] for leg in legs)


def _assumed(mode: str) -> Route:
    if mode in (Mode.ROAD, Mode.RAIL):
        raise MissingData(
            message("The length of a land route from an unknown origin cannot be told."),
            message("Give the country of origin, or plan by sea or air."),
        )
    main = UNKNOWN_SEA_KM if mode == Mode.SEA else UNKNOWN_AIR_KM
    return Route((Leg("road", UNKNOWN_ROAD_KM, _UNKNOWN), Leg(mode, main, _UNKNOWN)), assumed=True)


def _access(origin: Place, destination: Place, mode: str) -> tuple[Leg, ...]:
    """Return the road legs beside the main one: to the ports where points are known, else by the rule."""
    if mode == Mode.SEA and None not in (origin.lat, destination.lat):
        return tuple(Leg("road", _to_port(place), _ROAD) for place in (origin, destination))
    land = _between(origin, destination)
    return (Leg("road", UNKNOWN_ROAD_KM if land is None else min(1000.0, land * ROAD_FACTOR / 2), _RULE),)


def _to_port(place: Place) -> float:
    port = port_of(place)
    return 0.0 if port is None else ROAD_FACTOR * (_between(place, Place(lat=port.lat, lon=port.lon)) or 0.0)


def _sea_leg(origin: Place, destination: Place, via_suez: bool) -> Leg:
    start, end = port_of(origin), port_of(destination)
    if start is None or end is None:
        raise _unknown_way(origin, destination)
    km = sea_km(start.code, end.code, via_suez=via_suez)
    how = "" if via_suez else ", Suez closed"
    return Leg("sea", km, f"{start.code}-{end.code}, searoute 1.6.0{how}")


def _air_leg(origin: Place, destination: Place) -> Leg:
    km = _between(origin, destination)
    if km is None:
        raise _unknown_way(origin, destination)
    return Leg("air", km, "great circle")


def _land_km(origin: Place, destination: Place) -> float:
    km = _between(origin, destination)
    if km is None:
        raise _unknown_way(origin, destination)
    return km * ROAD_FACTOR


def _unknown_way(origin: Place, destination: Place) -> MissingData:
    ends = {"origin": origin.country or "?", "destination": destination.country or "?"}
    return MissingData(message("The distance from {origin} to {destination} is not known.", **ends))


def _between(origin: Place, destination: Place) -> float | None:
    start, end = _point(origin), _point(destination)
    return None if start is None or end is None else distance_km(*start, *end)


def _point(place: Place) -> tuple[float, float] | None:
    if place.lat is not None and place.lon is not None:
        return place.lat, place.lon
    known = country_points().get(place.country or "")
    if known is not None:
        return known[:2]
    port = port_of(place)
    return None if port is None else (port.lat, port.lon)
