"""An interval as a bar: solid where established, hatched where unknown, a tick for the central estimate."""

from __future__ import annotations

from maillon.method.diagnose.results import Share
from maillon.report.charts.ink import GRID, INK, SURE, hatch, svg

_LONG = 130


def draw_interval(share: Share, title: str, name: str) -> str:
    """Return the bar of one share over 0 to 1; ``name`` makes its hatching unique in the page."""
    track = f'<rect width="{_LONG}" height="7" y="2.5" fill="{GRID}" class="grid"/>'
    if share.min is None or share.max is None:
        return svg(_LONG, 12, title, track)
    low, width = _LONG * share.min, _LONG * (share.max - share.min)
    marks = [hatch(name), track, f'<rect width="{low:.2f}" height="7" y="2.5" fill="{SURE}" class="sure"/>']
    if width > 0:
        box = f'<rect x="{low:.2f}" width="{width:.2f}" height="7" y="2.5"'
        marks.append(
            f'{box} fill="#fff" class="paper"/>{box} fill="url(#{name})" stroke="{INK}" stroke-width=".4" '
            'class="edge"/>'
        )
    if share.expected is not None:
        at = _LONG * share.expected - 0.6
        marks.append(f'<rect x="{at:.2f}" width="1.2" height="12" fill="{INK}" class="tick"/>')
    return svg(_LONG, 12, title, "".join(marks))
