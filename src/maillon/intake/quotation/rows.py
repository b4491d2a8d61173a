"""Rows of a quotation table as figures by role, with a doubt for each cell that cannot be read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from maillon.core.doubt import Doubt, Treatment
from maillon.core.message import Message, message
from maillon.core.quotation import PriceBreak
from maillon.intake.grid import Cell, Sheet
from maillon.intake.quotation.headers import Columns
from maillon.intake.quotation.terms import read_code, read_credit, read_incoterm, read_mode, read_yes
from maillon.intake.understand.cells import as_text, cell_name, fold
from maillon.intake.understand.currencies import find_currency
from maillon.intake.understand.dates import read_date
from maillon.intake.understand.durations import read_days
from maillon.intake.understand.numbers import Decimal, find_convention, number_of
from maillon.reference.places import resolve_country

T = TypeVar("T")
_AMOUNTS = ("minimum_order", "multiple", "annual_quantity", "tooling", "first_article", "mass")
_MONEY_SIGNS = re.compile(
    r"(?i)[€$£¥]|\b(?:eur|euros?|usd|gbp|chf|cny|rmb|ht|pcs?|pieces?|units?|u|kg)\b\.?|/"
)
_NOTHING = frozenset(("", "-", "–", "—", "/", "n/a", "na", "nc", "n.c.", "sans objet", "?", "tbd", "/pce"))


@dataclass(frozen=True, slots=True)
class TableRows:
    """A sheet with the row of its header; ``turned`` where the file has suppliers across."""

    sheet: Sheet
    header_row: int
    columns: Columns
    turned: bool = False

    def at(self, row: int, column: int) -> str:
        """Return the A1 name of a cell as it stands in the file."""
        return cell_name(column, row) if self.turned else cell_name(row, column)

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell, None beyond the end of its row."""
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else None


@dataclass
class RawOffer:
    """One row: its prices by quantity and its other figures by role."""

    row: int
    breaks: list[PriceBreak]
    said: dict[str, object]
    currency: str | None


@dataclass
class ReadRows:
    """What the rows below a header hold, and the account of them."""

    offers: list[RawOffer] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    blank: int = 0
    quarantined: int = 0


def read_offer_rows(table: TableRows) -> ReadRows:
    """Return the offer of each row; a row without any price is set apart with a doubt, never lost."""
    found = ReadRows()
    reader = _RowReader(table, found.doubts)
    for row in range(table.header_row + 1, len(table.sheet.rows)):
        if not any(as_text(cell) for cell in table.sheet.rows[row]):
            found.blank += 1
            continue
        offer = reader.read(row)
        if offer.breaks:
            found.offers.append(offer)
        else:
            found.quarantined += 1
            what = message("This row gives no price: it is set apart.")
            place = "" if table.turned else f"{row + 1}:{row + 1}"
            found.doubts.append(Doubt("no-price", what, Treatment.QUARANTINED, table.sheet.name, place))
    return found


class _RowReader:
    """Reads rows of one table; the decimal sign of each column is settled by the whole of it."""

    def __init__(self, table: TableRows, doubts: list[Doubt]) -> None:
        self.table, self.doubts = table, doubts
        columns = [*table.columns.places.values(), *table.columns.breaks]
        self.decimals = {column: self._convention(column) for column in columns}

    def _convention(self, column: int) -> Decimal:
        below = range(self.table.header_row + 1, len(self.table.sheet.rows))
        return find_convention([_bare(self.table.cell(row, column)) for row in below]).decimal

    def read(self, row: int) -> RawOffer:
        """Return what one row says."""
        places = self.table.columns.places
        said: dict[str, object] = {
            role: as_text(self.table.cell(row, places[role]))
            for role in ("part", "supplier", "incoterm_place")
            if role in places
        }
        for role in _AMOUNTS:
            said[role] = self._amount(row, role)
        if self.table.columns.grams and isinstance(said["mass"], float):
            said["mass"] = said["mass"] / 1000
        for role in ("first_lead_time", "lead_time"):
            said[role] = self._checked(row, role, read_days)
        said |= self._terms(row, said["lead_time"])
        return RawOffer(row, self._breaks(row), said, self._currency(row))

    def _terms(self, row: int, lead_time: object) -> dict[str, object]:
        days = lead_time if isinstance(lead_time, float) else None
        said: dict[str, object] = {
            "country": self._understood(row, "country", resolve_country),
            "mode": self._understood(row, "mode", read_mode),
            "cn": self._understood(row, "cn", read_code),
            "credit": self._understood(row, "payment", lambda text: read_credit(text, days)),
            "valid_until": self._date(row),
            "established": bool((text := self._text(row, "established")) and read_yes(text)),
        }
        rule = self._understood(row, "incoterm", read_incoterm)
        if rule is not None:
            said["incoterm"] = rule[0]
            said["incoterm_place"] = rule[1] or self._text(row, "incoterm_place")
        return said

    def _breaks(self, row: int) -> list[PriceBreak]:
        places, across = self.table.columns.places, self.table.columns.breaks
        if across:
            pairs = [(quantity, self._number(row, column)) for column, quantity in sorted(across.items())]
        else:
            quantity = self._number(row, places["quantity"]) if "quantity" in places else None
            pairs = [(quantity or 0.0, self._number(row, places["price"]))]
        sound = [(quantity, price) for quantity, price in pairs if price is not None and price > 0]
        return [PriceBreak(quantity, price) for quantity, price in sorted(sound)]

    def _number(self, row: int, column: int) -> float | None:
        """Return a cell as a number of at least 0; what else it holds is doubted."""
        cell = self.table.cell(row, column)
        text = as_text(cell)
        if text is None or fold(text).strip() in _NOTHING:
            return None
        bare = _bare(cell)
        value = number_of(bare, self.decimals[column])
        if value is None and isinstance(bare, str):  # "à partir de 100", "100 - 499", "100+"
            first = re.match(r"\D*(\d[\d ]*(?:[.,]\d+)?)", bare)
            value = number_of(first[1].strip(), self.decimals[column]) if first else None
        if value is None or value < 0:
            self._doubt("unreadable-figure", row, column, message("“{text}” is no usable figure.", text=text))
            return None
        return value

    def _amount(self, row: int, role: str) -> float | None:
        place = self.table.columns.places.get(role)
        value = None if place is None else self._number(row, place)
        # A minimum, a quantity or a mass of zero says nothing; tooling may cost nothing.
        return None if value == 0 and role not in {"tooling", "first_article"} else value

    def _checked(self, row: int, role: str, read: Callable[[Cell], float | None]) -> float | None:
        place = self.table.columns.places.get(role)
        cell = None if place is None else self.table.cell(row, place)
        text = as_text(cell)
        if place is None or text is None or fold(text).strip() in _NOTHING:
            return None
        value = None if text.strip().startswith(("-", "−")) else read(cell)
        if value is None or value < 0:
            what = message("“{text}” is no lead time.", text=text)
            self._doubt("unreadable-lead-time", row, place, what)
            return None
        return float(value)

    def _understood(self, row: int, role: str, read: Callable[[str], T | None]) -> T | None:
        text = self._text(row, role)
        if not text:
            return None
        value = read(text)
        if value is None:
            place = self.table.columns.places[role]
            self._doubt(f"unknown-{role}", row, place, message("“{text}” was not understood.", text=text))
        return value

    def _date(self, row: int) -> dt.date | None:
        place = self.table.columns.places.get("valid_until")
        cell = None if place is None else self.table.cell(row, place)
        found = read_date(cell)
        if place is not None and found is None and (text := as_text(cell)):
            what = message("“{text}” is no date of validity.", text=text)
            self._doubt("unknown-validity", row, place, what)
        return found

    def _text(self, row: int, role: str) -> str | None:
        place = self.table.columns.places.get(role)
        text = None if place is None else as_text(self.table.cell(row, place))
        return None if text is None or fold(text).strip() in _NOTHING else text.strip()

    def _currency(self, row: int) -> str | None:
        columns = self.table.columns
        stated = self._text(row, "currency")
        candidates: list[str] = [stated] if stated else []
        prices = [*columns.breaks, *([columns.places["price"]] if "price" in columns.places else [])]
        candidates += [text for column in prices if (text := as_text(self.table.cell(row, column)))]
        return next((code for text in candidates if (code := find_currency(text))), columns.currency)

    def _doubt(self, code: str, row: int, column: int, what: Message) -> None:
        at = self.table.at(row, column)
        self.doubts.append(Doubt(code, what, Treatment.WARNED, self.table.sheet.name, at))


def _bare(cell: Cell) -> Cell:
    """Return a text without currency and unit; any other cell as it is."""
    return _MONEY_SIGNS.sub(" ", cell).strip() if type(cell) is str else cell


def turn(sheet: Sheet) -> Sheet:
    """Return the sheet with rows and columns exchanged, for tables that set suppliers side by side."""
    width = max((len(row) for row in sheet.rows), default=0)
    rows: list[Sequence[Cell]] = [[*row, *[None] * (width - len(row))] for row in sheet.rows]
    return Sheet(sheet.name, [list(column) for column in zip(*rows, strict=True)])
