"""Lambert-93 coordinates to WGS84 degrees, as expressions that every engine can compute.

RGF93 and WGS84 agree within a metre. IGN, *Projection cartographique conique conforme de Lambert*, NTG 71
(1995), algorithms 2 and 4; constants of Lambert-93 from its annex. The latitude there is found by iteration,
here by the series of the same relation in the conformal latitude (J. P. Snyder, *Map Projections: A Working
Manual*, USGS 1395, 1987, eq. 3-5), and angles by series around the middle of the country: engines share sine
and cosine but no inverse of them. Over the validity of the projection both stay within 1e-9 degree.
"""

from __future__ import annotations

import math

import narwhals as nw

from maillon.reference.register.loading.cleaning import Frame

_N = 0.7256077650
_C = 11754255.426
_X0, _Y0 = 700000.0, 12655612.050
_LON0 = 3.0
_E2 = 0.00669438002290  # squared eccentricity of the GRS 80 ellipsoid
_MIDDLE = math.radians(46.5)
_SERIES = (
    _E2 / 2 + 5 * _E2**2 / 24 + _E2**3 / 12 + 13 * _E2**4 / 360,
    7 * _E2**2 / 48 + 29 * _E2**3 / 240 + 811 * _E2**4 / 11520,
    7 * _E2**3 / 120 + 81 * _E2**4 / 1120,
)
_DEGREES = 180 / math.pi
#: The extent of the projection in metres: what lies outside is no Lambert-93 coordinate.
_EAST, _NORTH = (0.0, 1_300_000.0), (6_000_000.0, 7_200_000.0)


def add_lambert_point(frame: Frame, x: str, y: str) -> Frame:
    """Return the frame with ``lambert_lat`` and ``lambert_lon``: degrees of Lambert-93 metres ``x``, ``y``.

    They are null outside of the projection's extent. Steps are columns, for engines to compute each once.
    The origin of the projection:

    >>> import polars as pl
    >>> metres = nw.from_native(pl.LazyFrame({"x": [700000.0], "y": [6600000.0]}))
    >>> found = add_lambert_point(metres, "x", "y").select("lambert_lat", "lambert_lon").collect("polars")
    >>> [(round(lat, 7), round(lon, 7)) for lat, lon in found.iter_rows()]
    [(46.5, 3.0)]
    """
    col = nw.col
    inside = col(x).is_between(*_EAST) & col(y).is_between(*_NORTH)
    steps: tuple[dict[str, nw.Expr], ...] = (
        {"_east": nw.when(inside).then(col(x) - _X0), "_south": nw.when(inside).then(_Y0 - col(y))},
        {"_radius": (col("_east") * col("_east") + col("_south") * col("_south")).sqrt()},
        {"_sine": col("_east") / col("_radius"), "_grown": ((_C / col("_radius")).log() / _N).exp()},
        {"_square": col("_sine") * col("_sine"), "_grown2": col("_grown") * col("_grown")},
        {"lambert_lon": _LON0 + _arcsine() / _N * _DEGREES},
        {"_sine": _sine_from_middle()},
        {"_square": col("_sine") * col("_sine")},
        {"_conformal": _MIDDLE + _arcsine()},
        {"lambert_lat": _geodetic() * _DEGREES},
    )
    for step in steps:
        frame = frame.with_columns(**step)
    return frame.drop("_east", "_south", "_radius", "_sine", "_grown", "_square", "_grown2", "_conformal")


def _sine_from_middle() -> nw.Expr:
    """Return the sine of the conformal latitude less the middle one (it has sine tanh of the isometric)."""
    grown = nw.col("_grown2")
    sine, cosine = (grown - 1) / (grown + 1), 2 * nw.col("_grown") / (grown + 1)
    return sine * math.cos(_MIDDLE) - cosine * math.sin(_MIDDLE)


def _geodetic() -> nw.Expr:
    conformal = nw.col("_conformal")
    found = conformal
    for order, factor in enumerate(_SERIES, start=1):
        found = found + factor * (2 * order * conformal).sin()
    return found


def _arcsine() -> nw.Expr:
    """Return the arcsine of ``_sine`` (under 0.2) by its series in ``_square``, exact to 1e-12."""
    factors, factor = [1.0], 1.0
    for odd in range(1, 15, 2):
        factor *= odd / (odd + 1)
        factors.append(factor / (odd + 2))
    found: nw.Expr = nw.lit(factors[-1])
    for factor in reversed(factors[:-1]):
        found = found * nw.col("_square") + factor
    return found * nw.col("_sine")
