"""Cumulated share of an amount over its lines, largest first: how few hold most."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from html import escape
from typing import Literal

from maillon.report.charts.ink import INK


def draw_pareto(spends: Sequence[float], vital: int, words: dict[str, str], language: str) -> str:
    """Return the chart of falling ``spends`` with its mark at the ``vital`` first lines, as static SVG.

    ``words`` holds ``title`` (text alternative), ``x`` and ``mark`` (label of the mark).
    """
    total = sum(spends)
    shares: list[float] = []
    running = 0.0
    for spend in spends:
        running += spend
        shares.append(running / total if total > 0 else 0.0)
    rows = [
        {"rank": place + 1, "share": spend / total if total else 0.0, "cumulated": share}
        for place, (spend, share) in enumerate(zip(spends, shares, strict=True))
    ]
    spec = _spec(rows[: max(60, vital)], vital, shares[vital - 1] if vital else 0.0, words)
    named = f'<svg role="img" aria-label="{escape(words["title"])}" '
    return _render(json.dumps(spec), language).replace("<svg ", named, 1)


def _spec(
    rows: list[dict[str, float]], vital: int, reached: float, words: dict[str, str]
) -> dict[str, object]:
    x = {"field": "rank", "type": "quantitative", "title": words["x"]}
    ranks = {**x, "axis": {"grid": False, "tickMinStep": 1, "format": "d"}}
    ticks = {"format": ".0%", "title": None, "values": [0, 0.5, 0.8, 1], "domain": False, "tickSize": 0}
    y = {"type": "quantitative", "axis": ticks, "scale": {"domain": [0, 1]}}
    mark = {"values": [{"rank": vital, "cumulated": reached, "label": words["mark"]}]}
    at = {"x": ranks, "y": {**y, "field": "cumulated"}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 330,
        "height": 150,
        "background": "transparent",
        "data": {"values": rows},
        "config": {"font": "Inter", "view": {"stroke": None}},
        "layer": [
            {
                "mark": {"type": "bar", "color": "#97340f", "width": 6},
                "encoding": {"x": ranks, "y": {**y, "field": "share"}},
            },
            {"mark": {"type": "line", "color": INK, "strokeWidth": 1.5}, "encoding": at},
            {
                "data": mark,
                "mark": {"type": "point", "color": INK, "filled": True, "size": 50},
                "encoding": at,
            },
            {
                "data": mark,
                "mark": {"type": "text", "align": "left", "dx": 8, "dy": 12, "fontWeight": 600, "color": INK},
                "encoding": {**at, "text": {"field": "label"}},
            },
        ],
    }


@cache
def _render(spec: str, language: str) -> str:
    """Draw a Vega-Lite specification without a browser; cached, the same chart is drawn once."""
    import vl_convert  # noqa: PLC0415 - starts a JavaScript engine, for this chart only

    locale: Literal["fr-FR", "en-US"] = "fr-FR" if language == "fr" else "en-US"
    drawn: str = vl_convert.vegalite_to_svg(json.loads(spec), format_locale=locale)
    return drawn
