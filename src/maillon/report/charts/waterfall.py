"""From the quoted price to the total cost, item by item and layer by layer, import beside local."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from maillon.core.message import Message, message
from maillon.language import format_number, render
from maillon.method.cost.compare import Comparison
from maillon.method.cost.layers import LAYER_OF, Layer
from maillon.method.cost.results import TotalCost
from maillon.method.cost.words import LAYER_LABELS, item_label
from maillon.report.charts.ink import GRID, INK, MUTED, SURE, svg, text

_WIDTH, _LABELS, _PANEL, _LONG, _STEP, _THICK, _TOP = 860.0, 240.0, 310.0, 220.0, 22.0, 12.0, 26.0
#: Items below this share of both totals are drawn together.
_SMALL = 0.005
#: The scale ends at so many times the larger total: what reaches beyond ends in an arrow.
_REACH = 1.5
#: Each layer has its colour, its texture and its heading.
_COLOURS = {Layer.CASH: "#4e9ba6", Layer.STOCK: "#c98f30", Layer.RISK: "#97340f", Layer.STRATEGIC: "#8a8fa0"}
_TEXTURES = {
    Layer.CASH: "",
    Layer.STOCK: "M0 3h6",
    Layer.RISK: "M-1 1l2-2M0 6l6-6M5 7l2-2",
    Layer.STRATEGIC: "M3 0v6",
}


@dataclass(frozen=True, slots=True)
class Rise:
    """One bar, in EUR a piece, from where the former ended; ``low`` to ``high`` is the range of its size."""

    start: float
    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True)
class WaterfallRow:
    """One row: its label, layer (None for the total), one bar an offer, whether it is a sum, and its item."""

    label: str
    layer: Layer | None
    rises: tuple[Rise, Rise]
    summed: bool = False
    code: str = ""


def draw_waterfall(comparison: Comparison, language: str, links: Mapping[str, str] | None = None) -> str:
    """Return the drawing of a comparison, in French (``fr``) or English (``en``).

    ``links`` gives the id in the page of the explanation of an item, by its code. Whiskers are the ranges of
    the items; they hold whatever the truth, so that of the total is wider than any likelihood.
    """
    rows = waterfall_rows(comparison, language)
    both = comparison.imported, comparison.local
    scale = _scale(rows)
    body = [_textures(), _heads(both)]
    for rank, row in enumerate(rows):
        y = _TOP + _STEP * rank
        label = text(_LABELS - 10, y + _THICK - 1, row.label, anchor="end", bold=row.summed)
        if links and row.code in links:
            label = f'<a href="#{escape(links[row.code])}">{label}</a>'
        bars = (_bar(row, side, cost.name, y, scale, language) for side, cost in enumerate(both))
        body.append(f"<g>{label}{''.join(bars)}</g>")
    return svg(_WIDTH, _TOP + _STEP * len(rows) + 6, _title(both, language), "".join(body))


def waterfall_rows(comparison: Comparison, language: str) -> list[WaterfallRow]:
    """Return the rows from the quoted price to the total: the sum and the items of each layer."""
    both = comparison.imported, comparison.local
    reached = [0.0, 0.0]
    rows: list[WaterfallRow] = []

    def add(label: Message, layer: Layer, codes: Sequence[str]) -> None:
        rises = []
        for side, cost in enumerate(both):
            low, mid, high = _sum(cost, codes)
            rises.append(Rise(reached[side], low, mid, high))
            reached[side] += mid
        code = codes[0] if len(codes) == 1 else ""
        rows.append(WaterfallRow(render(label, language), layer, (rises[0], rises[1]), code=code))

    for layer in Layer:
        codes = [code for code, of in LAYER_OF.items() if of is layer]
        rows.append(_summed(both, codes, LAYER_LABELS[layer], layer, language, reached))
        large = [code for code in codes if _is_large(both, code)]
        for code in large:
            add(item_label(code), layer, [code])
        small = [code for code in codes if code not in large]
        if any(cost.item(code).estimate.high for cost in both for code in small):
            add(message("Others ({n})", n=len(small)), layer, small)
    total = _summed(both, list(LAYER_OF), message("Total a piece"), None, language, [0.0, 0.0])
    return [*rows, total]


def _summed(
    both: Sequence[TotalCost],
    codes: Sequence[str],
    label: Message,
    layer: Layer | None,
    language: str,
    reached: Sequence[float],
) -> WaterfallRow:
    first, second = (Rise(start, *_sum(cost, codes)) for cost, start in zip(both, reached, strict=True))
    return WaterfallRow(render(label, language), layer, (first, second), summed=True)


def _sum(cost: TotalCost, codes: Sequence[str]) -> tuple[float, float, float]:
    found = [cost.item(code).estimate for code in codes]
    return sum(e.low for e in found), sum(e.mid for e in found), sum(e.high for e in found)


def _is_large(both: Sequence[TotalCost], code: str) -> bool:
    return any(
        code == "price" or abs(cost.item(code).estimate.mid) >= _SMALL * abs(cost.per_unit.mid)
        for cost in both
    )


def _scale(rows: Sequence[WaterfallRow]) -> tuple[float, float]:
    """Return the least and the largest figure of the axis, zero included."""
    ends = [(rise.start + rise.mid, rise.start) for row in rows for rise in row.rises]
    least, most = min(0.0, *(min(pair) for pair in ends)), max(max(pair) for pair in ends)
    beyond = max(max(rise.start + rise.high for rise in row.rises) for row in rows)
    return least, max(min(beyond, _REACH * most), 1e-9)


def _bar(row: WaterfallRow, side: int, name: str, y: float, scale: tuple[float, float], language: str) -> str:
    """Return one bar with its whisker and its figure, told in words too."""
    rise = row.rises[side]
    left = _LABELS + side * _PANEL
    least, most = scale

    def x(value: float) -> float:
        return left + _LONG * (min(max(value, least), most) - least) / (most - least)

    from_, to = sorted((x(rise.start), x(rise.start + rise.mid)))
    low, high = x(rise.start + rise.low), x(rise.start + rise.high)
    figures = {end: format_number(getattr(rise, end), language, 2) for end in ("low", "mid", "high")}
    told = message("{label}, {name}: {mid} EUR, from {low} to {high}", label=row.label, name=name, **figures)
    marks = [f"<title>{escape(render(told, language))}</title>"]
    if row.summed and row.layer is not None:  # a layer: only its extent, its items follow
        marks.append(_line(from_, to, y + _THICK, MUTED))
    else:
        marks += [_box(from_, to - from_, y, row.layer), _line(low, high, y + _THICK / 2, INK)]
        marks += [_tick(at, y) for at in (low, high)] if high > low else []
        if rise.start + rise.high > most:
            marks.append(f'<path d="M{high:.1f} {y + 2:.1f}l5 4l-5 4z" fill="{INK}" class="tick"/>')
    figure = text(left + _LONG + 66, y + _THICK - 1, figures["mid"], anchor="end", bold=row.summed)
    return f"<g>{''.join(marks)}{figure}</g>"


def _box(x: float, width: float, y: float, layer: Layer | None) -> str:
    where = f'x="{x:.2f}" y="{y:.1f}" width="{max(width, 0.8):.2f}" height="{_THICK:g}"'
    colour = _COLOURS[layer] if layer else SURE
    kind = f"l-{layer.value}" if layer else "sure"
    drawn = f'<rect {where} fill="{colour}" class="{kind}"/>'
    if layer and _TEXTURES[layer]:
        drawn += f'<rect {where} fill="url(#waterfall-{layer.value})"/>'
    return drawn


def _line(x: float, end: float, y: float, colour: str) -> str:
    return f'<path d="M{x:.2f} {y:.1f}H{end:.2f}" stroke="{colour}" class="edge" fill="none"/>'


def _tick(x: float, y: float) -> str:
    return f'<path d="M{x:.2f} {y + 3:.1f}v{_THICK - 6:g}" stroke="{INK}" class="edge" fill="none"/>'


def _textures() -> str:
    drawn = "".join(
        f'<pattern id="waterfall-{layer.value}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<path d="{path}" stroke="#fff" stroke-width="1.2" fill="none"/></pattern>'
        for layer, path in _TEXTURES.items()
        if path
    )
    return f"<defs>{drawn}</defs>"


def _heads(both: Sequence[TotalCost]) -> str:
    """Return the names of both offers over their panels, and a rule between them."""
    drawn = [
        text(_LABELS + side * _PANEL, 14, _short(cost.name), bold=True) for side, cost in enumerate(both)
    ]
    rule = f'<path d="M{_LABELS:g} 19.5H{_WIDTH:g}" stroke="{GRID}" class="rule" fill="none"/>'
    return "".join(drawn) + rule


def _short(name: str, most: int = 42) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"


def _title(both: Sequence[TotalCost], language: str) -> str:
    names = {"a": both[0].name, "b": both[1].name}
    totals = [format_number(cost.per_unit.mid, language, 2) for cost in both]
    return render(
        message(
            "From the quoted price to the total cost, EUR a piece: {a} {first}, {b} {second}",
            **names,
            first=totals[0],
            second=totals[1],
        ),
        language,
    )
