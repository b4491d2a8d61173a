"""Lambert-93 against IGN's own algorithm, with its inverse functions and its iteration."""

import math

import narwhals as nw
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from maillon.reference.places import distance_km
from maillon.reference.register.loading.lambert import add_lambert_point

N, C, X0, Y0 = 0.7256077650, 11754255.426, 700000.0, 12655612.050
E = 0.08181919112


def ign(x, y):
    """NTG 71, algorithms 4 and 2."""
    radius, angle = math.hypot(x - X0, y - Y0), math.atan((x - X0) / (Y0 - y))
    isometric = -math.log(radius / C) / N
    lat = 2 * math.atan(math.exp(isometric)) - math.pi / 2
    for _ in range(50):
        turned = ((1 + E * math.sin(lat)) / (1 - E * math.sin(lat))) ** (E / 2)
        lat = 2 * math.atan(turned * math.exp(isometric)) - math.pi / 2
    return math.degrees(lat), math.degrees(angle / N) + 3


def points_of(rows):
    frame = nw.from_native(pl.LazyFrame(rows, schema={"x": pl.Float64, "y": pl.Float64}, orient="row"))
    return add_lambert_point(frame, "x", "y").select("lambert_lat", "lambert_lon").collect("polars").rows()


METRES = st.tuples(st.floats(100_000, 1_250_000), st.floats(6_045_000, 7_115_000))


@given(st.lists(METRES, min_size=1, max_size=20))
def test_points_are_those_of_ign(metres):
    for found, right in zip(points_of(metres), map(ign, *zip(*metres, strict=True)), strict=True):
        assert math.isclose(found[0], right[0], abs_tol=1e-8)
        assert math.isclose(found[1], right[1], abs_tol=1e-8)


def test_known_places_are_where_they_are():
    """Belfort's and Brest's town halls, from the geolocation of any address there."""
    belfort, brest = points_of([(987_400.0, 6_734_600.0), (146_600.0, 6_838_300.0)])
    assert distance_km(*belfort, 47.638, 6.863) < 5
    assert distance_km(*brest, 48.390, -4.486) < 5


def test_what_lies_outside_is_no_point():
    assert points_of([(-5.0, 6_600_000.0), (700_000.0, 0.0), (None, 6_600_000.0)]) == [(None, None)] * 3
