"""Cumulated share of an amount over its lines, largest first: how few hold most."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from maillon.language import format_percent
from maillon.report.charts.ink import GRID, INK, ZONES, linked, svg, text

_WIDTH, _HEIGHT = 400.0, 196.0
_LEFT, _TOP, _LONG, _HIGH = 44.0, 8.0, 346.0, 146.0
_FEWEST_SHOWN = 60
_TICKS = (0.0, 0.5, 0.8, 1.0)


def draw_pareto(
    spends: Sequence[float],
    vital: int,
    words: dict[str, str],
    language: str,
    leads: Sequence[tuple[str, str]] = (),
) -> str:
    """Return the chart of falling ``spends`` with its mark at the ``vital`` first lines, as static SVG.

    Bars are the share of each line, the curve their running sum. ``words`` holds ``title`` (text
    alternative), ``x`` and ``mark`` (label of the mark). ``leads`` holds the address and the words of bars.
    """
    total = sum(spends)
    shares = [spend / total if total > 0 else 0.0 for spend in spends]
    shown = shares[: max(_FEWEST_SHOWN, vital)]
    cumulated = list(accumulate(shown))
    step = _LONG / max(len(shown), 1)
    marked = _mark(vital, cumulated[vital - 1], step, words["mark"]) if vital else ""
    body = _axes(len(shown), step, words["x"], language) + _bars(shown, step, leads) + _curve(cumulated, step)
    return svg(_WIDTH, _HEIGHT, words["title"], body + marked)


def _x(rank: int, step: float) -> float:
    """Return the middle of the place of a line, the first of rank 1."""
    return _LEFT + (rank - 0.5) * step


def _y(share: float) -> float:
    return _TOP + _HIGH * (1 - share)


def _axes(lines: int, step: float, title: str, language: str) -> str:
    drawn = []
    for share in _TICKS:
        y = _y(share)
        drawn.append(
            f'<path d="M{_LEFT:g} {y:.1f}h{_LONG:g}" stroke="{GRID}" class="rule" fill="none"/>'
            + text(_LEFT - 6, y + 4, format_percent(share, language), anchor="end", muted=True)
        )
    below = _y(0) + 15
    drawn += [text(_x(rank, step), below, str(rank), anchor="middle", muted=True) for rank in _ranks(lines)]
    return "".join(drawn) + text(_LEFT + _LONG / 2, below + 18, title, anchor="middle", muted=True)


def _ranks(lines: int) -> list[int]:
    """Return the ranks named under the axis: the first, then round steps, at most seven.

    >>> _ranks(4), _ranks(60)
    ([1, 2, 3, 4], [1, 10, 20, 30, 40, 50, 60])
    """
    step = next(size * 10**power for power in range(9) for size in (1, 2, 5) if lines <= 6 * size * 10**power)
    return [1, *range(step if step > 1 else 2, lines + 1, step)]


def _bars(shares: Sequence[float], step: float, leads: Sequence[tuple[str, str]]) -> str:
    thick = min(0.7 * step, 14.0)
    bars = [
        f'<rect x="{_x(rank, step) - thick / 2:.1f}" y="{_y(share):.1f}" width="{thick:.1f}" '
        f'height="{_HIGH * share:.1f}" fill="{ZONES["out"]}" class="z-out"/>'
        for rank, share in enumerate(shares, 1)
    ]
    led = [linked(bar, *lead) for bar, lead in zip(bars, leads, strict=False)]
    return "".join([*led, *bars[len(led) :]])


def _curve(cumulated: Sequence[float], step: float) -> str:
    points = " ".join(f"{_x(rank, step):.1f},{_y(share):.1f}" for rank, share in enumerate(cumulated, 1))
    return f'<polyline points="{points}" fill="none" stroke="{INK}" stroke-width="1.5" class="curve"/>'


def _mark(vital: int, reached: float, step: float, words: str) -> str:
    """Return the point where the vital lines end; its words stand below the curve, inside the drawing."""
    x, y = _x(vital, step), _y(reached)
    near_edge = x > _LEFT + 0.6 * _LONG
    at, anchor = (_LEFT + _LONG, "end") if near_edge else (x + 10, "start")
    beside = text(at, y + 20, words, anchor=anchor, bold=True)
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{INK}" class="ink"/>{beside}'
