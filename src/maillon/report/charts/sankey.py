"""Flows from families to countries: where the money goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from maillon.report.charts.ink import INK, hatch, linked, paint, svg, text

#: Room for the two lines of text of one end.
_TEXT = 24.0

#: Top and height of one end, in units of the drawing.
Slot = tuple[float, float]

_WIDTH, _LEFT, _RIGHT, _BAR, _GAP = 820.0, 288.0, 622.0, 9.0, 11.0


@dataclass(frozen=True, slots=True)
class End:
    """One end of the flows: its key, its label, the figure under it, and its zone (colour)."""

    key: str
    label: str
    figure: str
    zone: str = "ink"


@dataclass(frozen=True, slots=True)
class Flow:
    """An amount from one end to another, what to say of it, and the address of its lines."""

    start: str
    stop: str
    amount: float
    words: str
    href: str = ""


def draw_sankey(starts: Sequence[End], stops: Sequence[End], flows: Sequence[Flow], title: str) -> str:
    """Return the drawing: ends in their order, widths proportional to amounts on one scale."""
    total = sum(flow.amount for flow in flows)
    rows = max(len(starts), len(stops))
    height = max(220.0, 34.0 * rows)
    scale = (height - _GAP * (rows - 1) - 4) / total if total > 0 else 0.0
    left = _positions(starts, [(f.start, f.amount) for f in flows], scale)
    right = _positions(stops, [(f.stop, f.amount) for f in flows], scale)
    body = [hatch("sankey-unknown"), *_ribbons(starts, stops, flows, left, right, scale)]
    body += [_end(end, *left[end.key], start=True) for end in starts]
    body += [_end(end, *right[end.key], start=False) for end in stops]
    bottom = max(y + max(h, _TEXT) for y, h in [*left.values(), *right.values()])
    return svg(_WIDTH, bottom + 8, title, "".join(body))


def _ribbons(
    starts: Sequence[End],
    stops: Sequence[End],
    flows: Sequence[Flow],
    left: dict[str, Slot],
    right: dict[str, Slot],
    scale: float,
) -> list[str]:
    """Return the flows, stacked on both sides in the order of the other side, so that they cross least."""
    given = {(flow.start, flow.stop): flow for flow in flows}
    from_left = {key: top for key, (top, _) in left.items()}
    to_right = {key: top for key, (top, _) in right.items()}
    drawn = []
    for start in starts:
        for stop in stops:
            flow = given.get((start.key, stop.key))
            if flow is None:
                continue
            thick = flow.amount * scale
            ribbon = _ribbon(from_left[start.key], to_right[stop.key], thick, stop.zone, flow.words)
            drawn.append(linked(ribbon, flow.href, flow.words))
            from_left[start.key] += thick
            to_right[stop.key] += thick
    return drawn


def _positions(ends: Sequence[End], amounts: Sequence[tuple[str, float]], scale: float) -> dict[str, Slot]:
    """Return the top and height of each end, stacked with room for two lines of text each."""
    placed: dict[str, Slot] = {}
    y = 6.0
    for end in ends:
        height = scale * sum(amount for key, amount in amounts if key == end.key)
        placed[end.key] = (y, height)
        y += max(height, _TEXT) + _GAP
    return placed


def _ribbon(y1: float, y2: float, thick: float, zone: str, words: str) -> str:
    x1, x2 = _LEFT + _BAR + 1, _RIGHT - 1
    middle = (x1 + x2) / 2
    path = (
        f"M{x1:.1f},{y1:.2f}C{middle:.1f},{y1:.2f} {middle:.1f},{y2:.2f} {x2:.1f},{y2:.2f}"
        f"v{thick:.2f}C{middle:.1f},{y2 + thick:.2f} {middle:.1f},{y1 + thick:.2f} {x1:.1f},{y1 + thick:.2f}z"
    )
    opacity = "" if zone == "unknown" else ' fill-opacity=".45"'
    return f'<path d="{path}" {paint(zone, "sankey-unknown")}{opacity}><title>{escape(words)}</title></path>'


def _end(end: End, y: float, height: float, *, start: bool) -> str:
    x = _LEFT if start else _RIGHT
    fill = f'fill="{INK}" class="ink"' if end.zone == "ink" else paint(end.zone, "sankey-unknown")
    bar = f'<rect x="{x}" y="{y:.2f}" width="{_BAR}" height="{max(height, 0.8):.2f}" {fill}/>'
    at = x - 7 if start else x + _BAR + 7
    side = "end" if start else "start"
    middle = y + max(height, _TEXT) / 2
    return (
        bar
        + text(at, middle - 2, end.label, anchor=side, bold=True)
        + text(at, middle + 12, end.figure, anchor=side, muted=True)
    )
