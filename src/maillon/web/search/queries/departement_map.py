"""The map of results by département: every area leads to its firms."""

from __future__ import annotations

from dataclasses import dataclass

from maillon.web.search.queries.finding import Found

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
    from maillon.reference.places import departement_outlines  # noqa: PLC0415 - a table loads here

    counts = found.faceted.counts["departement"]
    most = max(counts.values(), default=0)
    return [
        Area(
            outline.code,
            outline.name,
            outline.path_d,
            count := counts.get(outline.code, 0),
            _step(count, most),
            found.asked.having("departement", outline.code).query,
        )
        for outline in departement_outlines()
    ]


def _step(count: int, most: int) -> str:
    if not count:
        return "m0"
    place = len(STEPS) - 1
    bound = float(most)
    while place > 0 and count < bound / 3:
        bound /= 3
        place -= 1
    return STEPS[place]
