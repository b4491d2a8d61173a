"""Sea ports and the distances between them, with and without the canals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from maillon.core.errors import InvalidRequest, MissingData
from maillon.core.message import message
from maillon.core.place import Place
from maillon.reference.places import distance_km
from maillon.reference.text_rows import read_rows

KM_PER_NAUTICAL_MILE = 1.852


@dataclass(frozen=True, slots=True)
class Port:
    """A port by its UN/LOCODE, with its point in WGS84 degrees."""

    code: str
    name: str
    lat: float
    lon: float

    @property
    def country(self) -> str:
        """The alpha-2 code of its country."""
        return self.code[:2]


def sea_km(
    origin: str, destination: str, *, via_suez: bool = True, via_panama: bool = True, file: Path | None = None
) -> float:
    """Return the km by sea between two ports (UN/LOCODE); rows of a user's ``file`` come before the shipped.

    Shipped pairs have an end in Europe or in a French port overseas (searoute 1.6.0, shortest paths).
    Raises ``InvalidRequest`` for a port that no table holds, ``MissingData`` for a pair that none holds and
    where both canals are closed on a route that uses both.

    >>> sea_km("CNSHA", "FRLEH"), round(sea_km("CNSHA", "FRLEH", via_suez=False) / KM_PER_NAUTICAL_MILE)
    (19194.0, 13289)
    """
    if origin == destination:
        return 0.0
    pair = frozenset((origin, destination))
    found = (_pairs(file, _edited(file)).get(pair) if file is not None else None) or _pairs(None, 0).get(pair)
    if found is None:
        _refuse_unknown(origin, destination)
        raise MissingData(
            message(
                "No sea route between {origin} and {destination} is known.",
                origin=origin,
                destination=destination,
            )
        )
    free, without_suez, without_panama = found
    if not via_suez and not via_panama and max(without_suez, without_panama) > free:
        return max(without_suez, without_panama)
    return free if via_suez and via_panama else without_panama if via_suez else without_suez


def port_of(place: Place) -> Port | None:
    """Return the port that serves a place: the nearest of its country, the country's main one if no point.

    A country without ports uses the one that ``country_points.csv`` names, else the nearest of all.

    >>> port_of(Place("CN")).code, port_of(Place("FR", lat=43.3, lon=5.4)).code, port_of(Place("CZ")).code
    ('CNSHA', 'FRMRS', 'DEHAM')
    """
    own = [port for port in ports().values() if port.country == place.country]
    if place.lat is not None and place.lon is not None:
        lat, lon = place.lat, place.lon
        return min(own or ports().values(), key=lambda port: distance_km(lat, lon, port.lat, port.lon))
    if own:
        return own[0]
    gateway = country_points().get(place.country or "", (0.0, 0.0, ""))[2]
    return ports().get(gateway)


@cache
def ports() -> Mapping[str, Port]:
    """Return the shipped ports by code; the first of a country is its main one."""
    rows = read_rows("freight/data/ports.csv", ["port", "name", "lat", "lon"])
    cells = [row.cells for row in rows]
    return {
        cell["port"]: Port(cell["port"], cell["name"], float(cell["lat"]), float(cell["lon"]))
        for cell in cells
    }


@cache
def country_points() -> Mapping[str, tuple[float, float, str]]:
    """Return country → latitude, longitude of a main industrial city, port where it has none of its own."""
    rows = read_rows("freight/data/country_points.csv", ["country", "lat", "lon", "port"])
    return {
        row.cells["country"]: (float(row.cells["lat"]), float(row.cells["lon"]), row.cells["port"])
        for row in rows
    }


@cache
def _pairs(file: Path | None, _edited: int) -> Mapping[frozenset[str], tuple[float, float, float]]:
    columns = ["origin", "destination", "km", "km_without_suez", "km_without_panama"]
    pairs = {}
    for row in read_rows("freight/data/sea_distances.csv", columns, file):
        km = row.number("km")
        ends = frozenset((row.cells["origin"], row.cells["destination"]))
        pairs[ends] = (km, row.number("km_without_suez", km), row.number("km_without_panama", km))
    return pairs


def _edited(file: Path) -> int:
    """Return when a file was last written, so that an edited one is read again; 0 where it is absent."""
    return file.stat().st_mtime_ns if file.exists() else 0


def _refuse_unknown(*codes: str) -> None:
    for code in codes:
        if code not in ports():
            raise InvalidRequest(
                message("The port {port} is not in the table of distances.", port=code),
                message("Give a UN/LOCODE of the table, such as FRLEH, or add your own table."),
            )
