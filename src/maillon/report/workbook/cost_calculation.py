"""The sheets of one offer: its factors with their sources, and the calculation that a buyer can follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from maillon.core.estimate import Estimate
from maillon.core.message import Message, message
from maillon.language import render
from maillon.method.cost.arithmetic import FACTORS, cost_arrays
from maillon.method.cost.disruption import uncovered_days
from maillon.method.cost.factors import corners, is_hypothesis
from maillon.method.cost.layers import LAYER_OF
from maillon.method.cost.stock import safety_stock
from maillon.method.cost.words import LAYER_LABELS
from maillon.report.workbook.cells import Cell, Column, Formula, Style
from maillon.report.workbook.cost_formulas import FORMULAS, write_formula
from maillon.report.workbook.cost_labels import factor_label, factor_unit, formula_label
from maillon.report.workbook.sheet import Sheet

Array = npt.NDArray[np.float64]
#: Columns of the ends of a range on the sheet of factors, by -1, 0 and 1.
_ENDS = {-1: "B", 0: "C", 1: "D"}
#: First column of the calculation: its label and layer stand before.
_FIRST = 2


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where the factors of an offer stand: their sheet, quoted for a formula, and the row of each."""

    sheet: str
    rows: Mapping[str, int]

    def cell(self, name: str, end: int) -> str:
        """Return the address of a factor's low (-1), middle (0) or high (1) figure."""
        return f"{self.sheet}!${_ENDS[end]}${self.rows[name]}"


@dataclass(frozen=True, slots=True)
class Calculation:
    """Where the items of an offer are computed: their sheet, the row of each, and how many columns."""

    sheet: str
    rows: Mapping[str, int]
    columns: int

    def row(self, code: str) -> str:
        """Return the range of all columns of an item."""
        last = xl_col_to_name(_FIRST + self.columns - 1)
        return f"{self.sheet}!${xl_col_to_name(_FIRST)}${self.rows[code]}:${last}${self.rows[code]}"

    def items(self, column: int) -> list[str]:
        """Return the cells of all items in one column."""
        name = xl_col_to_name(_FIRST + column)
        return [f"{self.sheet}!${name}${row}" for row in self.rows.values()]


def write_inputs(sheet: Sheet, factors: Mapping[str, Estimate], title: Message) -> Inputs:
    """Write every factor with its range, unit, source and date: what a buyer may change."""
    sheet.line((title, Style.TITLE))
    sheet.line(
        (message("Change the figures of this sheet: every other sheet is computed from them."), Style.NOTE)
    )
    sheet.skip()
    found = [factors[name] for name in FACTORS]
    region = sheet.table(
        [
            Column(message("Factor"), Style.TEXT, 44, [factor_label(name) for name in FACTORS]),
            Column(message("Low"), Style.NUMBER, 12, [one.low for one in found]),
            Column(message("Middle"), Style.NUMBER, 12, [one.mid for one in found]),
            Column(message("High"), Style.NUMBER, 12, [one.high for one in found]),
            Column(message("Unit"), Style.TEXT, 24, [factor_unit(name) for name in FACTORS]),
            Column(message("Source"), Style.TEXT, 60, [render(one.source, sheet.language) for one in found]),
            Column(message("Date"), Style.TEXT, 12, [one.date.isoformat() for one in found]),
            Column(message("Hypothesis"), Style.TEXT, 12, [is_hypothesis(one) for one in found]),
        ],
        main=True,
    )
    rows = {name: region.first + rank for rank, name in enumerate(FACTORS)}
    return Inputs(quote_sheetname(sheet.name), rows)


def corner_ends(factors: Mapping[str, Estimate]) -> dict[str, list[int]]:
    """Return which end of its range each factor takes in each column of ``corners``: -1, 0 or 1."""
    probes = {
        name: Estimate(one.mid - 1.0, one.mid, one.mid + 1.0, one.unit, one.source, one.date)
        for name, one in factors.items()
    }
    return {name: [round(v - factors[name].mid) for v in column] for name, column in corners(probes).items()}


def write_calculation(
    sheet: Sheet,
    values: Mapping[str, Array],
    cell_of: Callable[[str, int], str],
    heads: Sequence[Cell],
    title: Message,
) -> Calculation:
    """Write the factors of each column as ``cell_of(factor, column)`` says, then every step and item live.

    ``values`` holds the factors as numbers, one for each column, for readers that do not compute.
    """
    sheet.line((title, Style.TITLE))
    sheet.line(("", Style.TEXT), (message("Layer"), Style.HEADER), *((head, Style.HEADER) for head in heads))
    sheet.widths(44, 20, *[12.0] * len(heads))
    known = _values(values)
    names = [xl_col_to_name(_FIRST + rank) for rank in range(len(heads))]
    cells: list[dict[str, str]] = [{} for _ in heads]
    for name in FACTORS:
        drawn: list[Cell] = [
            Formula(f"={cell_of(name, rank)}", float(known[name][rank])) for rank in range(len(heads))
        ]
        _row(sheet, factor_label(name), None, drawn)
        for at, column in zip(cells, names, strict=True):
            at[name] = f"{column}{sheet.next_row}"
    rows: dict[str, int] = {}
    for key in FORMULAS:
        code = key.removeprefix("item_")
        layer = LAYER_LABELS[LAYER_OF[code]] if key.startswith("item_") else None
        _row(
            sheet,
            formula_label(key),
            layer,
            [Formula(write_formula(key, at), float(known[key][rank])) for rank, at in enumerate(cells)],
        )
        for at, column in zip(cells, names, strict=True):
            at[key] = f"{column}{sheet.next_row}"
        if layer is not None:
            rows[code] = sheet.next_row
    return Calculation(quote_sheetname(sheet.name), rows, len(heads))


def _row(sheet: Sheet, label: Message, layer: Message | None, cells: Sequence[Cell]) -> None:
    sheet.line((label, Style.TEXT), (layer, Style.TEXT), *((cell, Style.NUMBER) for cell in cells))


def _values(factors: Mapping[str, Array]) -> dict[str, Array]:
    """Return factors, steps and items as numbers, one for each column."""
    width = max(np.size(column) for column in factors.values())
    found = {name: np.broadcast_to(column, width) for name, column in factors.items()}
    items = cost_arrays(found)
    found |= {f"item_{code}": np.broadcast_to(item, width) for code, item in items.items()}
    return found | _steps(found)


def _steps(f: Mapping[str, Array]) -> dict[str, Array]:
    carriage = f["mass"] * f["freight"]
    origin, arrival = f["origin_share"] * carriage, f["arrival_share"] * carriage
    border = f["buyer_origin"] * origin + f["buyer_main"] * (carriage - origin - arrival)
    before = f["item_price"] + border - (1.0 - f["buyer_arrival"]) * arrival
    span = 3.0 * (f["recovery_high"] - f["recovery_low"])
    travelling = ("price", "packaging", "freight", "air_freight_routine", "insurance", "duty", "anti_dumping")
    daily = f["annual_quantity"] / 365.0
    return {
        "step_carriage": carriage,
        "step_origin": origin,
        "step_arrival": arrival,
        "step_border": border,
        "step_cif": before / (1.0 - f["insurance"] * f["buyer_insurance"]),
        "step_landed": sum((f[f"item_{code}"] for code in (*travelling, "cbam", "fees")), np.zeros(1)),
        "step_daily": daily,
        "step_safety": safety_stock(
            f["service_factor"],
            daily,
            f["demand_variation"] * daily,
            f["lead_time_days"],
            f["lead_time_deviation_days"],
        ),
        "step_cover": np.clip(f["disruption_cover_days"], f["recovery_low"], f["recovery_high"]),
        "step_late": span * (f["recovery_high"] - f["recovery_mode"]),
        "step_early": span * (f["recovery_mode"] - f["recovery_low"]),
        "step_uncovered": uncovered_days(
            f["recovery_low"], f["recovery_mode"], f["recovery_high"], f["disruption_cover_days"]
        ),
    }
