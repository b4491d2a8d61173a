"""Half-degree cells of the Earth: the few that cover a circle are what the text index filters by.

At 47° north a cell is 55 km by 38 km. Cells only narrow a search down; distances decide.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from maillon.reference.places.distance import EARTH_RADIUS_KM

PER_DEGREE = 2
COLUMNS = 360 * PER_DEGREE
UNKNOWN = COLUMNS * 180 * PER_DEGREE

Box = tuple[float, float, float, float]


def number_cells(lat: npt.NDArray[np.floating], lon: npt.NDArray[np.floating]) -> npt.NDArray[np.uint32]:
    """Return the cell of each point in WGS84 degrees, ``UNKNOWN`` where the point is not known.

    >>> number_cells(np.array([47.64, np.nan]), np.array([6.86, 6.86])).tolist()
    [198373, 259200]
    """
    known = np.isfinite(lat) & np.isfinite(lon)
    rows = np.floor((np.where(known, lat, 0.0) + 90) * PER_DEGREE).clip(0, 180 * PER_DEGREE - 1)
    columns = np.floor((np.where(known, lon, 0.0) + 180) * PER_DEGREE) % COLUMNS
    return np.where(known, rows * COLUMNS + columns, UNKNOWN).astype(np.uint32)


def box_around(lat: float, lon: float, km: float) -> Box:
    """Return the smallest box of latitudes and longitudes that holds a circle: south, north, west, east.

    J. P. Matuschek, "Finding points within a distance of a latitude/longitude": the meridians that touch the
    circle lie ``asin(sin(r) / cos(lat))`` away, r being the radius as an angle.

    >>> [round(degrees, 3) for degrees in box_around(47.64, 6.86, 80.0)]
    [46.921, 48.359, 5.792, 7.928]
    """
    angle = km / EARTH_RADIUS_KM
    high = math.degrees(angle)
    if abs(lat) + high >= 90:
        return max(lat - high, -90.0), min(lat + high, 90.0), -180.0, 180.0
    wide = math.degrees(math.asin(min(1.0, math.sin(angle) / math.cos(math.radians(lat)))))
    return lat - high, lat + high, lon - wide, lon + wide


def cells_of(box: Box) -> list[int]:
    """Return the cells that meet a box; those of a box across the date line are taken round the Earth.

    >>> len(cells_of(box_around(47.64, 6.86, 80.0)))
    20
    """
    south, north, west, east = box
    rows = range(_row(south), _row(north) + 1)
    first, last = (math.floor((degrees + 180) * PER_DEGREE) for degrees in (west, east))
    columns = sorted({column % COLUMNS for column in range(first, last + 1)})
    return [row * COLUMNS + column for row in rows for column in columns]


def band_of(box: Box) -> tuple[int, int]:
    """Return the first cell of the band of latitudes of a box, and the first cell after it.

    >>> band_of(box_around(47.64, 6.86, 80.0))
    (196560, 199440)
    """
    south, north, _, _ = box
    return _row(south) * COLUMNS, (_row(north) + 1) * COLUMNS


def _row(lat: float) -> int:
    return min(max(math.floor((lat + 90) * PER_DEGREE), 0), 180 * PER_DEGREE - 1)
