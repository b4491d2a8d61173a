"""Outlines of départements and regions as SVG paths, ready for a small static map."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from maillon.reference.tables import read_table


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the map, in its units."""

    x: float
    y: float
    width: float
    height: float


#: The ``viewBox`` of every path: mainland France and Corsica, with insets of the overseas départements.
VIEW_BOX = "0 0 1000 960"
METROPOLE = Frame(20, 10, 970, 940)
#: The inset of each overseas département, each at a scale of its own.
INSETS = {
    "971": Frame(15, 540, 80, 80),
    "972": Frame(110, 540, 80, 80),
    "973": Frame(15, 635, 80, 80),
    "974": Frame(110, 635, 80, 80),
    "976": Frame(15, 730, 80, 80),
}


@dataclass(frozen=True, slots=True)
class Outline:
    """One département or region: its path data, and a point inside it where a label may stand."""

    code: str
    name: str
    region: str
    path_d: str
    x: float
    y: float


def departement_outlines() -> list[Outline]:
    """Return the 101 départements, in the units of ``VIEW_BOX``, in the order of their codes.

    >>> [outline.name for outline in departement_outlines() if outline.code == "90"]
    ['Territoire de Belfort']
    """
    return _outlines("departement")


def region_outlines() -> list[Outline]:
    """Return the 18 regions, in the units of ``VIEW_BOX``.

    >>> len(region_outlines())
    18
    """
    return _outlines("region")


def _outlines(kind: str) -> list[Outline]:
    table = read_table("places/data/outlines.parquet").filter(pl.col("kind") == kind)
    return [Outline(*row) for row in table.select("code", "name", "region", "path_d", "x", "y").rows()]
