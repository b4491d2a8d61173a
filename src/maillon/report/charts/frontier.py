"""What cost and local share can be had together: one mark a plan, none beaten by another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from maillon.language import format_percent
from maillon.report.charts.ink import GRID, INK, SURE, svg, text

_WIDTH, _HEIGHT = 640.0, 300.0
_LEFT, _TOP, _LONG, _HIGH = 58.0, 14.0, 566.0, 230.0
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class Mark:
    """One plan: its yearly cost as a share of today's, its local share, its words and where it leads."""

    cost: float
    local: float
    words: str
    link: str = ""
    chosen: bool = False


def draw_frontier(marks: Sequence[Mark], today: Mark, words: dict[str, str], language: str) -> str:
    """Return the chart as static SVG; each mark with a link takes the focus of the keyboard.

    ``words`` holds ``title`` (text alternative), ``x`` and ``y`` (axes). ``today`` is drawn as a diamond.
    Cost is a share of today's, so that the drawing holds no amount.
    """
    every = [*marks, today]
    across = _scale([mark.cost for mark in every])
    up = _scale([0.0, *(mark.local for mark in every)], most=1.0)
    body = _axes(across, up, words, language)
    line = " ".join(f"{_x(mark, across):.1f},{_y(mark, up):.1f}" for mark in marks)
    body += f'<polyline points="{line}" fill="none" stroke="{SURE}" stroke-width="1.5" class="curve"/>'
    x, y = _x(today, across), _y(today, up)
    body += (
        f'<path d="M{x:.1f} {y - 7:.1f}l7 7l-7 7l-7 -7z" fill="{INK}" class="ink">'
        f"<title>{escape(today.words)}</title></path>"
    )
    body += "".join(_drawn(mark, across, up) for mark in marks)
    return svg(_WIDTH, _HEIGHT, words["title"], body)


def _scale(values: Sequence[float], most: float = float("inf")) -> tuple[float, float, float]:
    """Return the ends of an axis and its step: round figures around the values, at most seven.

    >>> _scale([0.93, 1.0])
    (0.92, 1.0, 0.02)
    """
    least, top = min(values), max(values)
    step = next((one for one in _STEPS if (top - least) / one <= 6), _STEPS[-1])
    first = int(least / step + 1e-9) * step
    last = first + step
    while last < top - 1e-9:
        last += step
    return round(first, 6), round(min(last, max(most, first + step)), 6), step


def _x(mark: Mark, ends: tuple[float, float, float]) -> float:
    return _LEFT + _LONG * (mark.cost - ends[0]) / (ends[1] - ends[0])


def _y(mark: Mark, ends: tuple[float, float, float]) -> float:
    return _TOP + _HIGH * (1 - (mark.local - ends[0]) / (ends[1] - ends[0]))


def _drawn(mark: Mark, across: tuple[float, float, float], up: tuple[float, float, float]) -> str:
    size = 8 if mark.chosen else 5.5
    kind = "chosen" if mark.chosen else "mark"
    dot = (
        f'<circle cx="{_x(mark, across):.1f}" cy="{_y(mark, up):.1f}" r="{size:g}" fill="{SURE}" '
        f'stroke="#fff" stroke-width="1.5" class="{kind}"><title>{escape(mark.words)}</title></circle>'
    )
    if not mark.link:
        return dot
    return f'<a href="{escape(mark.link)}" aria-label="{escape(mark.words)}">{dot}</a>'


def _axes(
    across: tuple[float, float, float], up: tuple[float, float, float], words: dict[str, str], language: str
) -> str:
    drawn = []
    for value in _ticks(up):
        y = _y(Mark(0, value, ""), up)
        drawn.append(
            f'<path d="M{_LEFT:g} {y:.1f}h{_LONG:g}" stroke="{GRID}" class="rule" fill="none"/>'
            + text(_LEFT - 6, y + 4, format_percent(value, language), anchor="end", muted=True)
        )
    for value in _ticks(across):
        x = _x(Mark(value, 0, ""), across)
        drawn.append(text(x, _TOP + _HIGH + 17, format_percent(value, language), anchor="middle", muted=True))
    below = _TOP + _HIGH + 38
    drawn.append(text(_LEFT + _LONG / 2, below, words["x"], anchor="middle", muted=True))
    return "".join(drawn) + text(_LEFT, _TOP - 3, words["y"], muted=True)


def _ticks(ends: tuple[float, float, float]) -> list[float]:
    first, last, step = ends
    return [round(first + step * rank, 6) for rank in range(int((last - first) / step + 1.5))]
