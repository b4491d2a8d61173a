"""France by département: where what is known to be made in France is made."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from maillon.reference.places import VIEW_BOX, departement_outlines
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
    for outline in departement_outlines():
        amount = amounts.get(outline.code, 0.0)
        step = _step(amount, largest)
        fill = _STEPS[step] if amount > 0 else GRID
        name = escape(words.get(outline.code, outline.name))
        kind = f"step-{step}" if amount > 0 else "grid"
        area = (
            f'<path d="{outline.path_d}" fill="{fill}" class="{kind} border" stroke="#fff" stroke-width=".6">'
            f"<title>{name}</title></path>"
        )
        said = words.get(outline.code, outline.name)
        areas.append(linked(area, (hrefs or {}).get(outline.code), said))
    body = "".join(areas)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{VIEW_BOX}" role="{role_of(body)}" width="100%" '
        f'aria-label="{escape(title)}"><title>{escape(title)}</title>{body}</svg>'
    )


def _step(amount: float, largest: float) -> int:
    """Return the step of an amount: each is three times smaller than the next."""
    step = len(_STEPS) - 1
    while step > 0 and amount < largest:
        largest /= 3
        step -= 1
    return step
