"""Great-circle distances."""

from __future__ import annotations

from typing import overload

import numpy as np
import numpy.typing as npt

#: Mean radius of the Earth in km (IUGG, R1).
EARTH_RADIUS_KM = 6371.0088

Degrees = npt.NDArray[np.float64]


@overload
def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float: ...
@overload
def distance_km(
    lat: float | Degrees, lon: float | Degrees, other_lat: Degrees, other_lon: Degrees
) -> Degrees: ...
@overload
def distance_km(lat: Degrees, lon: Degrees, other_lat: float, other_lon: float) -> Degrees: ...
def distance_km(
    lat: float | Degrees, lon: float | Degrees, other_lat: float | Degrees, other_lon: float | Degrees
) -> float | Degrees:
    """Return the great-circle distance in km between points in WGS84 degrees; arrays broadcast.

    Haversine formula (R. W. Sinnott, "Virtues of the haversine", Sky and Telescope 68, 1984): it stays exact
    for small distances. NaN in gives NaN out. A quarter of the equator is 10,007.6 km long:

    >>> round(distance_km(0.0, 0.0, 0.0, 90.0), 1)
    10007.6
    """
    phi, other_phi = np.radians(lat), np.radians(other_lat)
    half_lat = np.sin((other_phi - phi) / 2) ** 2
    half_lon = np.sin(np.radians(np.subtract(other_lon, lon)) / 2) ** 2
    chord = np.sqrt(np.clip(half_lat + np.cos(phi) * np.cos(other_phi) * half_lon, 0.0, 1.0))
    km = 2 * EARTH_RADIUS_KM * np.arcsin(chord)
    return float(km) if np.ndim(km) == 0 else km
