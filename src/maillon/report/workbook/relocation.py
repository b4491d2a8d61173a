"""The sheet of total costs and of the plan: one row an import, dearest first."""

from __future__ import annotations

from maillon.core.message import message
from maillon.dossier import Dossier, LineCost
from maillon.language import render
from maillon.method.cost.layers import Layer
from maillon.method.cost.words import LAYER_LABELS, item_label
from maillon.reference.places import country_name
from maillon.report.relocation import heaviest_items, list_costs, move_words, one_off
from maillon.report.workbook.cells import Cell, Column, Style
from maillon.report.workbook.sheet import Sheet

_HEADS = (
    (message("Line"), Style.COUNT, 8),
    (message("Designation"), Style.TEXT, 44),
    (message("Supplier"), Style.TEXT, 28),
    (message("Made in"), Style.TEXT, 16),
    (message("Spend a year (EUR)"), Style.AMOUNT, 14),
    (message("Pieces a year"), Style.AMOUNT, 12),
    (message("Quoted price (EUR)"), Style.AMOUNT, 12),
    (message("Total cost, least (EUR)"), Style.AMOUNT, 12),
    (message("Total cost, middle (EUR)"), Style.AMOUNT, 12),
    (message("Total cost, most (EUR)"), Style.AMOUNT, 12),
    *((label, Style.AMOUNT, 12) for label in LAYER_LABELS.values()),
    (message("Break-even local price (EUR)"), Style.AMOUNT, 14),
    (message("A local source may cost (share of the price)"), Style.SHARE, 14),
    (message("What weighs"), Style.TEXT, 44),
    (message("The plan"), Style.TEXT, 50),
    (message("To pay once (EUR)"), Style.AMOUNT, 12),
)


def write_relocation(dossier: Dossier, sheet: Sheet) -> None:
    """Write every costed import with its layers, its break-even price and what the plan does with it."""
    costs, listing = dossier.costs, list_costs(dossier, sheet.language)
    if costs is None or listing is None:
        return
    sheet.line((message("What imports really cost, and what to relocate first"), Style.TITLE))
    for note in listing.notes:
        sheet.line((note, Style.TEXT))
    sheet.skip()
    rows = [_cells(line, dossier, sheet.language) for line in costs.lines]
    sheet.table([Column(*head, [row[at] for row in rows]) for at, head in enumerate(_HEADS)], main=True)


def _cells(line: LineCost, dossier: Dossier, language: str) -> list[Cell]:
    cost = line.comparison.imported
    total, layers = cost.per_unit, cost.by_layer
    return [
        line.line,
        line.designation,
        line.supplier,
        country_name(line.country, language),
        line.spend,
        line.quantity,
        cost.quoted.mid,
        total.low,
        total.mid,
        total.high,
        *(layers[layer].mid for layer in Layer),
        line.comparison.break_even.mid,
        line.comparison.margin.mid,
        ", ".join(render(item_label(code), language) for code in heaviest_items(line)),
        move_words(line, dossier, language),
        one_off(line, dossier.planned),
    ]
