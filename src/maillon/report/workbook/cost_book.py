"""The workbook of a comparison: both offers computed live from their factors, what a buyer can check."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import xlsxwriter

from maillon.core.message import Message, message
from maillon.language import render
from maillon.method.cost.compare import Comparison
from maillon.method.cost.factors import corners, ends
from maillon.method.cost.layers import LAYER_OF, Layer
from maillon.method.cost.offers import RankedOffers
from maillon.method.cost.results import TotalCost
from maillon.method.cost.words import LAYER_LABELS, item_label
from maillon.report.workbook.book import SAFE_OPTIONS
from maillon.report.workbook.cells import Cell, Column, Formula, Region, Style
from maillon.report.workbook.cost_calculation import (
    Calculation,
    Inputs,
    corner_ends,
    write_calculation,
    write_inputs,
)
from maillon.report.workbook.sheet import Sheet
from maillon.report.workbook.styles import make_formats

_BOUNDS = ("low", "mid", "high")


def write_cost_workbook(
    comparison: Comparison, path: Path, language: str, ranked: RankedOffers | None = None
) -> None:
    """Write a comparison to ``path`` as ``.xlsx``, in French (``fr``) or English (``en``).

    Items, totals, break-even price and saving are formulas over the factors of both offers; ``ranked`` adds
    the table of all quotations. Texts never become formulas, numbers or links.
    """
    with xlsxwriter.Workbook(str(path), SAFE_OPTIONS) as book:
        formats = make_formats(book, "EUR")

        def titled(title: Message) -> Sheet:
            return Sheet(book, render(title, language), formats, language)

        summary = titled(message("Comparison"))
        if ranked is not None:
            _write_offers(titled(message("Quotations")), ranked)
        calculations = []
        for cost, name, computed in (
            (comparison.imported, message("Import"), message("Import, computed")),
            (comparison.local, message("Local"), message("Local, computed")),
        ):
            inputs = write_inputs(titled(name), cost.factors, message("{name}: factors", name=cost.name))
            calculations.append(_write_corners(titled(computed), cost, inputs))
        even = _write_even(titled(message("Break-even")), comparison.local, inputs)
        _write_summary(summary, comparison, calculations, even, inputs)


def _write_corners(sheet: Sheet, cost: TotalCost, inputs: Inputs) -> Calculation:
    taken = corner_ends(cost.factors)
    columns = len(taken["price"])
    heads: list[Cell] = [message("Middle"), *(message("Case {n}", n=n) for n in range(1, columns))]
    title = message("{name}: calculation in EUR a piece, at the middle and at every corner", name=cost.name)
    return write_calculation(
        sheet,
        corners(cost.factors),
        lambda name, rank: inputs.cell(name, taken[name][rank]),
        heads,
        title,
    )


def _write_even(sheet: Sheet, local: TotalCost, inputs: Inputs) -> Calculation:
    """Write the local total at a price of 0 and of 1 EUR: it is a straight line in the price."""
    order = (0, 1, 2, 0, 1, 2)
    probes = {
        name: type(one)(one.mid - 1.0, one.mid, one.mid + 1.0, one.unit, one.source, one.date)
        for name, one in local.factors.items()
    }
    taken = {name: [round(ends(name, probes)[at] - probes[name].mid) for at in order] for name in probes}
    values = {name: np.array([ends(name, local.factors)[at] for at in order]) for name in probes}
    values |= {"price": np.array([0.0] * 3 + [1.0] * 3), "exchange_rate": np.ones(6)}

    def cell_of(name: str, rank: int) -> str:
        if name in {"price", "exchange_rate"}:
            return "1" if name == "exchange_rate" or rank >= 3 else "0"
        return inputs.cell(name, taken[name][rank])

    heads = [
        message("{end} at {price} EUR", end=end, price=price)
        for price in (0, 1)
        for end in (message("Cheapest"), message("Middle"), message("Dearest"))
    ]
    return write_calculation(sheet, values, cell_of, heads, message("Local total at a price of 0 and 1 EUR"))


def _write_summary(
    sheet: Sheet, found: Comparison, calculations: list[Calculation], even: Calculation, inputs: Inputs
) -> None:
    both = (found.imported, found.local)
    sheet.line((message("{a} or {b}", a=found.imported.name, b=found.local.name), Style.TITLE))
    sheet.line((message("In EUR a piece; every figure is computed from the sheets of factors."), Style.NOTE))
    sheet.skip()
    first = sheet.next_row + 2
    columns = [
        Column(message("Item"), Style.TEXT, 40, [item_label(code) for code in LAYER_OF]),
        Column(message("Layer"), Style.TEXT, 22, [LAYER_LABELS[layer] for layer in LAYER_OF.values()]),
    ]
    for cost, calculation in zip(both, calculations, strict=True):
        for bound, title in zip(_BOUNDS, _titles(cost), strict=True):
            columns.append(Column(title, Style.AMOUNT, 14, _bounds(cost, calculation, bound)))
    gaps: list[Cell] = [
        Formula(f"=D{first + rank}-G{first + rank}", step.gap) for rank, step in enumerate(found.steps)
    ]
    columns.append(Column(message("Gap"), Style.AMOUNT, 14, gaps))
    region = sheet.table(columns, main=True)
    sheet.skip()
    for layer in Layer:
        sums = [_summed(region, letter, layer, cost, bound) for letter, cost, bound in _letters(both)]
        sheet.line((LAYER_LABELS[layer], Style.TEXT), (None, Style.TEXT), *sums)
    totals = [
        (Formula(f"=SUM({region.cells(letter)})", getattr(cost.per_unit, bound)), Style.AMOUNT)
        for letter, cost, bound in _letters(both)
    ]
    total = sheet.line((message("Total a piece"), Style.STRONG), (None, Style.TEXT), *totals)
    _write_verdict(sheet, found, even, inputs, total)


def _titles(cost: TotalCost) -> tuple[Message, ...]:
    ends_of = (message("Low"), message("Middle"), message("High"))
    return tuple(message("{name}: {end}", name=cost.name, end=end) for end in ends_of)


def _letters(both: tuple[TotalCost, TotalCost]) -> list[tuple[str, TotalCost, str]]:
    cells = [(cost, bound) for cost in both for bound in _BOUNDS]
    return [(letter, cost, bound) for letter, (cost, bound) in zip("CDEFGH", cells, strict=True)]


def _bounds(cost: TotalCost, calculation: Calculation, bound: str) -> list[Cell]:
    """Return one bound of each item: the least, the first (all at their middle) or the most of its row."""
    found: list[Cell] = []
    for code in LAYER_OF:
        row = calculation.row(code)
        text = {"low": f"=MIN({row})", "mid": f"={row.partition(':')[0]}", "high": f"=MAX({row})"}[bound]
        found.append(Formula(text, getattr(cost.item(code).estimate, bound)))
    return found


def _summed(region: Region, letter: str, layer: Layer, cost: TotalCost, bound: str) -> tuple[Formula, Style]:
    """Return the sum of one layer; its items stand together, in the order of the layers."""
    codes = [rank for rank, of in enumerate(LAYER_OF.values()) if of is layer]
    rows = f"{letter}{region.first + codes[0]}:{letter}{region.first + codes[-1]}"
    return Formula(f"=SUM({rows})", getattr(cost.by_layer[layer], bound)), Style.AMOUNT


def _write_verdict(sheet: Sheet, found: Comparison, even: Calculation, inputs: Inputs, total: int) -> None:
    """Write the break-even price, what it allows beyond the import price, and the yearly saving."""
    sheet.skip()
    at_zero, at_one = ([f"({'+'.join(even.items(start + at))})" for at in range(3)] for start in (0, 3))
    value = found.break_even
    prices = []
    # The cheapest import against the dearest local conditions first, then the reverse.
    for letter, end, known in (("C", 2, value.low), ("D", 1, value.mid), ("E", 0, value.high)):
        slope = f"({at_one[end]}-{at_zero[end]})"
        prices.append((Formula(f"=MAX(0,({letter}{total}-{at_zero[end]})/{slope})", known), Style.AMOUNT))
    label = message("Local price at which both cost the same, EUR a piece")
    row = sheet.line((label, Style.STRONG), (None, Style.TEXT), *prices)
    first = total - len(Layer) - 1 - len(LAYER_OF)
    sheet.line(
        (message("What local may cost beyond the import price"), Style.TEXT),
        (None, Style.TEXT),
        *(
            (Formula(f"={letter}{row}/D{first}-1", getattr(found.margin, bound)), Style.SHARE)
            for letter, bound in zip("CDE", _BOUNDS, strict=True)
        ),
    )
    quantity = inputs.cell("annual_quantity", 0)
    sides = (("low", "C", "H"), ("mid", "D", "G"), ("high", "E", "F"))
    sheet.line(
        (message("Saved by the local source, EUR a year"), Style.TEXT),
        (None, Style.TEXT),
        *(
            (Formula(f"=({a}{total}-{b}{total})*{quantity}", getattr(found.saving, bound)), Style.AMOUNT)
            for bound, a, b in sides
        ),
    )


def _write_offers(sheet: Sheet, ranked: RankedOffers) -> None:
    """Write the quotations for the part, from the cheapest total cost to the dearest."""
    sheet.line((message("Quotations for {part}", part=ranked.part), Style.TITLE))
    sheet.skip()
    first = sheet.next_row + 2
    quotations, costs = [one for one, _ in ranked.offers], [cost for _, cost in ranked.offers]
    layers = [
        Column(LAYER_LABELS[layer], Style.AMOUNT, 16, [cost.by_layer[layer].mid for cost in costs])
        for layer in Layer
    ]
    totals: list[Cell] = [
        Formula(f"=SUM(H{first + rank}:K{first + rank})", cost.per_unit.mid)
        for rank, cost in enumerate(costs)
    ]
    sheet.table(
        [
            Column(message("Supplier"), Style.TEXT, 32, [one.supplier for one in quotations]),
            Column(message("Country"), Style.TEXT, 10, [one.country for one in quotations]),
            Column(message("Currency"), Style.TEXT, 10, [one.currency for one in quotations]),
            Column(message("Price"), Style.AMOUNT, 12, [
                one.price_at(cost.lot) for one, cost in ranked.offers
            ]),
            Column(message("Lot"), Style.COUNT, 10, [cost.lot for cost in costs]),
            Column(message("Incoterm"), Style.TEXT, 10, [one.incoterm for one in quotations]),
            Column(message("Quoted price"), Style.AMOUNT, 14, [cost.quoted.mid for cost in costs]),
            *layers,
            Column(message("Total a piece"), Style.AMOUNT, 14, totals),
        ],
        main=True,
    )  # fmt: skip
