"""Colours, hatching and text of our own small drawings.

Every colour is also a class, so that a dark page may change it; words or hatching double every meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from maillon.core.place import TerritoryKind
from maillon.reference.places import zone_countries

#: Address of the lines (their numbers) behind a mark; a printed drawing has none.
Link = Callable[[Sequence[int]], str]

#: Fill of each zone: class → colour on paper
#: (``mixed`` gathers countries of several zones).
ZONES = {"fr": "#4e9ba6", "eu": "#c98f30", "out": "#97340f", "unknown": "#857f73", "mixed": "#8a8fa0"}
INK, MUTED, GRID, SURE = "#1d211f", "#5a564d", "#e6e2d9", "#0e4a5c"


def zone_of(country: str | None) -> str:
    """Return the zone that colours a country: ``fr``, ``eu``, ``out`` or ``unknown``."""
    if country is None:
        return "unknown"
    if country == "FR":
        return "fr"
    return "eu" if country in zone_countries(TerritoryKind.EU) else "out"


def hatch(name: str) -> str:
    """Return the definition of a hatching for what is unknown, under an id unique to its drawing."""
    return (
        f'<defs><pattern id="{name}" width="5" height="5" patternUnits="userSpaceOnUse">'
        f'<path d="M-1 1l2-2M0 5l5-5M4 6l2-2" stroke="{ZONES["unknown"]}" stroke-width="1" fill="none"/>'
        "</pattern></defs>"
    )


def paint(zone: str, hatching: str) -> str:
    """Return the attributes that fill a mark with its zone."""
    if zone == "unknown":
        return f'fill="url(#{hatching})" stroke="{ZONES["unknown"]}" stroke-width=".5"'
    return f'fill="{ZONES[zone]}" class="z-{zone}"'


def text(
    x: float, y: float, words: str, *, anchor: str = "start", bold: bool = False, muted: bool = False
) -> str:
    """Return one line of text, escaped; its size is that of the drawing."""
    colour = MUTED if muted else INK
    weight = ' font-weight="600"' if bold else ""
    kind = "t2" if muted else "t1"
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" class="{kind}"{weight}>'
        f"{escape(words)}</text>"
    )


def linked(mark: str, href: str | None, words: str) -> str:
    """Return a mark that leads to its lines, named by its words; as it is where it leads nowhere."""
    if not href:
        return mark
    return f'<a href="{escape(href)}" aria-label="{escape(words)}">{mark}</a>'


def role_of(body: str) -> str:
    """Return what a drawing is to who hears it: one image, or a group where its marks are links."""
    return "group" if "<a href=" in body else "img"


def svg(width: float, height: float, title: str, body: str, *, size: int = 12) -> str:
    """Return a drawing with its text alternative, scaled to the width of its column."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="{role_of(body)}" '
        f'aria-label="{escape(title)}" font-family="Inter, sans-serif" font-size="{size}" width="100%">'
        f"<title>{escape(title)}</title>{body}</svg>"
    )
