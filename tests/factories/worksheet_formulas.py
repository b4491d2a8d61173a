"""Recomputing the live formulas of a workbook, apart from the program that wrote them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.formula import Tokenizer
from openpyxl.utils import range_boundaries


class Number(float):
    """A number of a worksheet: divided by zero it is an error value, not an exception."""

    def __truediv__(self, other: float) -> Number:
        return Number(float(self) / float(other) if other else math.nan)

    def __rtruediv__(self, other: float) -> Number:
        return Number(float(other) / float(self) if self else math.nan)


class Recomputed:
    """A workbook whose formulas are evaluated from the cells that they name, never from stored values."""

    def __init__(self, path: Path) -> None:
        self.book = openpyxl.load_workbook(path)
        self._known: dict[tuple[str, int, int], Any] = {}

    def formulas(self) -> Iterator[tuple[str, str, str]]:
        """Yield sheet, cell and text of every formula."""
        for sheet in self.book:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        yield sheet.title, cell.coordinate, cell.value

    def value(self, sheet: str, row: int, column: int) -> Any:
        place = (sheet, row, column)
        if place not in self._known:
            cell = self.book[sheet].cell(row, column)
            raw = self._compute(sheet, cell.value) if cell.data_type == "f" else cell.value
            self._known[place] = Number(raw) if isinstance(raw, int | float) else raw
        return self._known[place]

    def at(self, sheet: str, coordinate: str) -> Any:
        column, row, _, _ = range_boundaries(coordinate)
        return self.value(sheet, row, column)

    def _compute(self, sheet: str, formula: str) -> Any:
        signs = {"=": "==", "<>": "!="}
        words = []
        for token in Tokenizer(formula).items:
            if token.type == "OPERAND" and token.subtype == "RANGE":
                words.append(f"cells({token.value!r})")
            elif token.type == "OPERAND" and token.subtype == "TEXT":
                words.append(repr(token.value[1:-1].replace('""', '"')))
            elif token.type == "FUNC" and token.subtype == "OPEN":
                words.append(f"FUNCTIONS[{token.value[:-1]!r}](")
            else:
                words.append(signs.get(token.value, token.value))
        names = {"cells": lambda text: self._cells(sheet, text), "FUNCTIONS": FUNCTIONS}
        return eval("".join(words), {"__builtins__": {}}, names)  # noqa: S307 - a formula of ours, tokenised

    def _cells(self, sheet: str, text: str) -> Any:
        name, _, where = text.rpartition("!")
        name = name.strip("'").replace("''", "'") or sheet
        left, top, right, bottom = range_boundaries(where.replace("$", ""))
        if (left, top) == (right, bottom):
            found = self.value(name, top, left)
            return Number(0) if found is None else found
        rows, columns = range(top, bottom + 1), range(left, right + 1)
        return [self.value(name, row, column) for row in rows for column in columns]


def _list(cells: Any) -> list[Any]:
    return cells if isinstance(cells, list) else [cells]


def _sum(cells: Any) -> Number:
    return Number(math.fsum(cell for cell in _list(cells) if isinstance(cell, float)))


def _sum_if(cells: Any, wanted: str, amounts: Any) -> Number:
    return _sum([a for cell, a in zip(_list(cells), _list(amounts), strict=True) if cell == wanted])


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "SUM": _sum,
    "SUMIF": _sum_if,
    "COUNTIF": lambda cells, wanted: Number(sum(cell == wanted for cell in _list(cells))),
    "N": lambda cell: cell if isinstance(cell, float) else Number(0),
    "MIN": lambda *cells: Number(min(number for cell in cells for number in _list(cell))),
    "MAX": lambda *cells: Number(max(number for cell in cells for number in _list(cell))),
    "SQRT": lambda cell: Number(math.sqrt(cell)),
    "POWER": lambda base, exponent: Number(math.pow(base, exponent)),
    "IF": lambda test, yes, no: yes if test else no,
}
