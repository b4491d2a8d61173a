"""Sizes as bars under one another, the largest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from maillon.report.charts.ink import hatch, linked, paint, svg, text

_WIDTH, _LEFT, _LONG, _STEP, _THICK = 820.0, 288.0, 380.0, 25.0, 14.0


@dataclass(frozen=True, slots=True)
class RankedBar:
    """One size with its label, the words after its bar, and its zone (colour)."""

    label: str
    size: float
    figure: str
    zone: str = "unknown"
    href: str = ""


def draw_ranked(bars: Sequence[RankedBar], title: str) -> str:
    """Return the drawing: bars in the order given, their lengths proportional to their sizes."""
    largest = max((bar.size for bar in bars), default=0.0)
    drawn = [hatch("ranked-unknown")]
    for place, bar in enumerate(bars):
        y = 4 + _STEP * place
        long = _LONG * bar.size / largest if largest > 0 else 0.0
        row = (
            f"<g><title>{escape(bar.label)} : {escape(bar.figure)}</title>"
            f'<rect x="{_LEFT}" y="{y:.1f}" width="{max(long, 0.8):.2f}" height="{_THICK:g}" '
            f"{paint(bar.zone, 'ranked-unknown')}/></g>"
        )
        drawn += [
            linked(row, bar.href, f"{bar.label} : {bar.figure}"),
            text(_LEFT - 8, y + _THICK - 3, bar.label, anchor="end", bold=True),
            text(_LEFT + long + 8, y + _THICK - 3, bar.figure, muted=True),
        ]
    return svg(_WIDTH, 8 + _STEP * len(bars), title, "".join(drawn))
