"""WGS84 degrees to the metres of INSEE's geolocation file: Lambert-93, and UTM overseas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillon.demo.register.draws import Floats

_AXIS = 6_378_137.0  # GRS80, metres
_FLATTENING = 1 / 298.257222101
_ECCENTRICITY = np.sqrt(_FLATTENING * (2 - _FLATTENING))

#: Lambert-93 (EPSG 2154): parallels 44° and 49°, origin 46.5° N 3° E, false origin 700 km, 6,600 km.
_SOUTH, _NORTH, _ORIGIN_LAT, _ORIGIN_LON = np.radians([44.0, 49.0, 46.5, 3.0])


@dataclass(frozen=True, slots=True)
class Zone:
    """A UTM zone: its EPSG code, its central meridian in degrees and the northing of its equator."""

    epsg: str
    meridian: float
    equator: float


#: RGAF09 / UTM 20N, RGFG95 / UTM 22N, RGR92 / UTM 40S.
UTM_ZONES = {
    "971": Zone("5490", -63.0, 0.0),
    "972": Zone("5490", -63.0, 0.0),
    "973": Zone("2972", -51.0, 0.0),
    "974": Zone("2975", 57.0, 10_000_000.0),
}


def _isometric(lat: Floats | float) -> Floats:
    sine = _ECCENTRICITY * np.sin(lat)
    return np.asarray(np.arctanh(np.sin(lat)) - _ECCENTRICITY * np.arctanh(sine))


def _radius(lat: Floats | float) -> Floats:
    return np.asarray(_AXIS * np.cos(lat) / np.sqrt(1 - (_ECCENTRICITY * np.sin(lat)) ** 2))


def project_lambert93(lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
    """Return x and y in metres: conformal conic with two parallels (IGN, NT/G 71, algorithms 1, 3 and 19).

    >>> x, y = project_lambert93(np.array([46.5, 47.6379]), np.array([3.0, 6.8628]))
    >>> x.round().tolist(), y.round().tolist()
    ([700000.0, 989939.0], [6600000.0, 6733484.0])
    """
    exponent = np.log(_radius(_NORTH) / _radius(_SOUTH)) / (_isometric(_SOUTH) - _isometric(_NORTH))
    constant = _radius(_SOUTH) / exponent * np.exp(exponent * _isometric(_SOUTH))
    reach = constant * np.exp(-exponent * _isometric(np.radians(lat)))
    pole = constant * np.exp(-exponent * _isometric(_ORIGIN_LAT))
    angle = exponent * (np.radians(lon) - _ORIGIN_LON)
    return 700_000 + reach * np.sin(angle), 6_600_000 + pole - reach * np.cos(angle)


def project_utm(lat: Floats, lon: Floats, zone: Zone) -> tuple[Floats, Floats]:
    """Return easting and northing in metres: transverse Mercator by Krüger's series to the third order.

    On the central meridian the easting is that of the false origin:

    >>> x, y = project_utm(np.array([0.0, 45.0]), np.array([3.0, 3.0]), Zone("32631", 3.0, 0.0))
    >>> x.tolist(), y.round().tolist()
    ([500000.0, 500000.0], [0.0, 4982950.0])
    """
    third = _FLATTENING / (2 - _FLATTENING)
    mean = _AXIS / (1 + third) * (1 + third**2 / 4 + third**4 / 64)
    conformal = np.sinh(_isometric(np.radians(lat)))
    away = np.radians(lon - zone.meridian)
    north = np.arctan2(conformal, np.cos(away))
    east = np.arctanh(np.sin(away) / np.sqrt(1 + conformal**2))
    terms = (
        third / 2 - 2 * third**2 / 3 + 5 * third**3 / 16,
        13 * third**2 / 48 - 3 * third**3 / 5,
        61 * third**3 / 240,
    )
    x, y = east.copy(), north.copy()
    for order, term in enumerate(terms, start=1):
        x += term * np.cos(2 * order * north) * np.sinh(2 * order * east)
        y += term * np.sin(2 * order * north) * np.cosh(2 * order * east)
    return 500_000 + 0.9996 * mean * x, zone.equator + 0.9996 * mean * y
