"""The map of results by département: every area leads to its firms."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache

from maillon.web.search.queries.finding import Found

_FIGURE = re.compile(r"-?\d+(?:\.\d+)?")
#: From the palest to the darkest: classes of ``search.css``.
STEPS = ("m1", "m2", "m3", "m4")


@dataclass(frozen=True, slots=True)
class Area:
    """One département: its outline, its name, how many firms, how dark, the address of its firms."""

    code: str
    name: str
    path_d: str
    count: int
    step: str
    query: str


def areas_of(found: Found) -> list[Area]:
    """Return the départements, the darker the more firms; each step counts three times the one before."""
    counts = found.faceted.counts["departement"]
    most = max(counts.values(), default=0)
    return [
        Area(
            code, name, path_d, counts.get(code, 0), _step(counts.get(code, 0), most),
            found.asked.having("departement", code).query,
        )
        for code, name, path_d in _outlines()
    ]  # fmt: skip


@cache
def _outlines() -> list[tuple[str, str, str]]:
    """Return code, name and path of each département, to the unit: a thousandth of the map's width."""
    from maillon.reference.places import departement_outlines  # noqa: PLC0415 - a table loads here

    return [(one.code, one.name, _rounded(one.path_d)) for one in departement_outlines()]


def _rounded(path: str) -> str:
    """Return a path of straight lines in whole units, each point told from the one before: a third of it."""
    drawn = []
    for ring in path.split("M")[1:]:
        points = [tuple(round(float(figure)) for figure in _FIGURE.findall(p)) for p in ring.split("L")]
        distinct = [p for p, before in zip(points, [(), *points], strict=False) if p != before]
        steps = [f"{x - x0} {y - y0}" for (x0, y0), (x, y) in itertools.pairwise(distinct)]
        if len(steps) > 1:
            drawn.append(f"M{distinct[0][0]} {distinct[0][1]}l{' '.join(steps)}z")
    return "".join(drawn)


def _step(count: int, most: int) -> str:
    if not count:
        return "m0"
    place = len(STEPS) - 1
    bound = float(most)
    while place > 0 and count < bound / 3:
        bound /= 3
        place -= 1
    return STEPS[place]
