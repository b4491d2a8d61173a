"""France by département: where what is known to be made in France is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from itertools import pairwise

from maillon.reference.places import VIEW_BOX, Outline, departement_outlines
from maillon.report.charts.ink import GRID, linked, role_of

_STEPS = ("#cfe3e6", "#93c1c9", "#4e9ba6", "#246c7d", "#0e4a5c")


def draw_departements(
    amounts: Mapping[str, float], words: Mapping[str, str], title: str, hrefs: Mapping[str, str] | None = None
) -> str:
    """Return the map: the darker, the larger the amount, in five steps of equal ratio.

    ``words`` and the addresses of lines, ``hrefs``, are by code.
    """
    largest = max(amounts.values(), default=0.0)
    areas = []
    for outline, drawn in _outlines():
        amount = amounts.get(outline.code, 0.0)
        step = _step(amount, largest)
        fill = _STEPS[step] if amount > 0 else GRID
        name = escape(words.get(outline.code, outline.name))
        kind = f"step-{step}" if amount > 0 else "grid"
        area = (
            f'<path d="{drawn}" fill="{fill}" class="{kind} border" stroke="#fff" stroke-width=".6">'
            f"<title>{name}</title></path>"
        )
        said = words.get(outline.code, outline.name)
        areas.append(linked(area, (hrefs or {}).get(outline.code), said))
    body = "".join(areas)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{VIEW_BOX}" role="{role_of(body)}" width="100%" '
        f'aria-label="{escape(title)}"><title>{escape(title)}</title>{body}</svg>'
    )


@cache
def _outlines() -> tuple[tuple[Outline, str], ...]:
    return tuple((outline, whole_units(outline.path_d)) for outline in departement_outlines())


def whole_units(path: str) -> str:
    """Return a path of rings in whole units of the map, each point told from the one before.

    A third of the length, and neighbours still share their border: points that were equal stay equal. A ring
    that is less than three points is left out.

    >>> whole_units("M794.1,628.8L793.4,630.2L793.3,630.1L794.3,632.2Z")
    'M794 629l-1 1 1 2z'
    """
    return "".join(_ring(ring) for ring in path.replace("Z", "").split("M") if ring)


def _ring(ring: str) -> str:
    points = [tuple(round(float(figure)) for figure in point.split(",")) for point in ring.split("L")]
    kept = [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]
    if len(kept) < 3:
        return ""
    (x, y), steps = kept[0], _signed(kept)
    return f"M{x} {y}l{''.join(steps).strip()}z"


def _signed(points: list[tuple[int, ...]]) -> Iterator[str]:
    """Yield the steps from point to point; a minus sign separates as well as a space."""
    for (left, top), (x, y) in pairwise(points):
        for step in (x - left, y - top):
            yield str(step) if step < 0 else f" {step}"


def _step(amount: float, largest: float) -> int:
    """Return the step of an amount: each is three times smaller than the next."""
    step = len(_STEPS) - 1
    while step > 0 and amount < largest:
        largest /= 3
        step -= 1
    return step
