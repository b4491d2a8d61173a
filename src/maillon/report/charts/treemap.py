"""Amounts as nested areas: who weighs what, at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from maillon.report.charts.ink import linked, svg

Box = tuple[float, float, float, float]

_SHADES = ("#0e4a5c", "#2c6a7a", "#417a87", "#6f9fa9", "#93b8bf", "#b3cdd2")


@dataclass(frozen=True, slots=True)
class Tile:
    """One amount with its label and the figure shown under it."""

    label: str
    amount: float
    figure: str
    rest: bool = False  # gathers what has no tile of its own: drawn last, in grey
    href: str = ""


def squarify(amounts: Sequence[float], box: Box) -> list[Box]:
    """Cut ``box`` (x, y, width, height) into rectangles of given areas, as square as they come.

    Source: Bruls, Huizing, van Wijk, *Squarified Treemaps* (2000). ``amounts`` are positive and falling.

    >>> [tuple(round(v, 1) for v in b) for b in squarify([6, 6, 4, 3, 2, 2, 1], (0, 0, 6, 4))][:2]
    [(0, 0.0, 3.0, 2.0), (0, 2.0, 3.0, 2.0)]
    """
    total = sum(amounts)
    x, y, width, height = box
    scale = width * height / total if total > 0 else 0.0
    left = [amount * scale for amount in amounts]
    boxes: list[Box] = []
    while left:
        side = min(width, height)
        count = 1
        while count < len(left) and _worst(left[: count + 1], side) <= _worst(left[:count], side):
            count += 1
        row, left = left[:count], left[count:]
        thick = sum(row) / side if side > 0 else 0.0
        offset = 0.0
        for area in row:
            length = area / thick if thick > 0 else 0.0
            boxes.append(
                (x, y + offset, thick, length) if width >= height else (x + offset, y, length, thick)
            )
            offset += length
        if width >= height:
            x, width = x + thick, width - thick
        else:
            y, height = y + thick, height - thick
    return boxes


def _worst(row: Sequence[float], side: float) -> float:
    """Return the worst aspect ratio of a row laid along ``side``."""
    total = sum(row)
    if total <= 0 or side <= 0:
        return float("inf")
    return max(side**2 * max(row) / total**2, total**2 / (side**2 * max(min(row), 1e-12)))


def draw_treemap(tiles: Sequence[Tile], title: str) -> str:
    """Return the drawing; a tile too small for its label keeps it as a tooltip and in the table below."""
    ordered = sorted((tile for tile in tiles if tile.amount > 0), key=lambda tile: (tile.rest, -tile.amount))
    boxes = squarify([tile.amount for tile in ordered], (0.0, 0.0, 380.0, 190.0))
    drawn = [_tile(tile, box, place) for place, (tile, box) in enumerate(zip(ordered, boxes, strict=True))]
    return svg(380, 190, title, "".join(drawn), size=10)


def _letter(label: str) -> float:
    """Return the mean width of a letter, at size 10 in bold: capitals are wider."""
    capitals = sum(letter.isupper() for letter in label)
    return 5.6 + 1.6 * capitals / max(len(label), 1)


def _tile(tile: Tile, box: Box, place: int) -> str:
    x, y, width, height = box
    shade = "#dedad1" if tile.rest else _SHADES[min(place // 2, len(_SHADES) - 1)]
    ink = "#1d211f" if tile.rest or place > 5 else "#fff"
    colour = f'fill="{ink}" class="{_tone(tile, place)}"'
    kind = ' class="rest"' if tile.rest else ""
    words = "".join(
        f'<text x="{x + 5:.1f}" y="{y + 13 + 12 * row:.1f}" {colour}{weight}>{escape(line)}</text>'
        for row, (line, weight) in enumerate(_written(tile, width - 9, height))
    )
    drawn = (
        f'<g><title>{escape(tile.label)} : {escape(tile.figure)}</title><rect x="{x:.2f}" y="{y:.2f}" '
        f'width="{max(width - 1, 0.2):.2f}" height="{max(height - 1, 0.2):.2f}" fill="{shade}"{kind}/></g>'
    )
    # the words stand above the link, not in it: cut to the tile they are not its name
    return linked(drawn, tile.href, f"{tile.label} : {tile.figure}") + f'<g pointer-events="none">{words}</g>'


def _tone(tile: Tile, place: int) -> str:
    """Return the class of the words of a tile: those of the rest, on dark, on light."""
    return "rest-words" if tile.rest else "on-light" if place > 5 else "on-dark"


def _written(tile: Tile, width: float, height: float) -> list[tuple[str, str]]:
    """Return the lines of text that a tile has room for, each with its weight: its label, then its figure."""
    letters = int(width / _letter(tile.label))
    room = int((height - 4) / 12)
    if letters < 5 or room < 1:
        return []
    bold = ' font-weight="600"'
    most = max(min(room - 1, 3), 1)
    label = wrap(tile.label, letters, break_long_words=False)
    cut = [
        f"{line}…" if len(label) > most and row == most - 1 else line for row, line in enumerate(label[:most])
    ]
    lines = [(line if len(line) <= letters else f"{line[: letters - 1]}…", bold) for line in cut]
    return [*lines, (tile.figure, "")] if len(lines) < room else lines
