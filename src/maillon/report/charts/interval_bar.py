"""An interval as a bar: solid where established, hatched where unknown, a tick for the central estimate."""

from __future__ import annotations

from maillon.method.diagnose.results import Share
from maillon.report.charts.ink import GRID, INK, SURE, hatch, svg


def draw_interval(share: Share, title: str, name: str) -> str:
    """Return the bar of one share over 0 to 1; ``name`` makes its hatching unique in the page."""
    if share.min is None or share.max is None:
        return svg(240, 12, title, f'<rect width="240" height="6" y="3" fill="{GRID}" class="grid"/>')
    low, width = 240 * share.min, 240 * (share.max - share.min)
    marks = [
        hatch(name),
        f'<rect width="240" height="6" y="3" fill="{GRID}" class="grid"/>',
        f'<rect width="{low:.2f}" height="6" y="3" fill="{SURE}" class="sure"/>',
    ]
    if width > 0:
        marks.append(
            f'<rect x="{low:.2f}" width="{width:.2f}" height="6" y="3" fill="#fff" class="paper"/>'
            f'<rect x="{low:.2f}" width="{width:.2f}" height="6" y="3" fill="url(#{name})" '
            f'stroke="{INK}" stroke-width=".4" class="edge"/>'
        )
    if share.expected is not None:
        marks.append(
            f'<rect x="{240 * share.expected - 0.8:.2f}" width="1.6" height="12" fill="{INK}" class="tick"/>'
        )
    return svg(240, 12, title, "".join(marks))
