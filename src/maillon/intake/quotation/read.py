"""A file of quotations → quotations by part and supplier, with the account of its rows and every doubt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from maillon.core.doubt import Doubt, Treatment
from maillon.core.errors import InvalidRequest, NoTableFound
from maillon.core.message import Message, message
from maillon.core.quotation import PriceBreak, Quotation
from maillon.intake.grid import Sheet, SourceFile
from maillon.intake.quotation.headers import read_columns
from maillon.intake.quotation.rows import RawOffer, ReadRows, TableRows, read_offer_rows, turn
from maillon.intake.reading import RowAccount
from maillon.intake.sandbox import read_sheets
from maillon.intake.understand.cells import as_text, clean_column

_DEEPEST_HEADER = 30


@dataclass(frozen=True, slots=True)
class QuotationReading:
    """The quotations of a file, in its order; ``accounts`` say by sheet where every row went."""

    source: SourceFile
    quotations: tuple[Quotation, ...]
    doubts: tuple[Doubt, ...]
    accounts: tuple[tuple[str, RowAccount], ...]


def read_quotations(
    path: Path, *, today: dt.date | None = None, progress: Callable[[float], None] | None = None
) -> QuotationReading:
    """Return the quotations that a spreadsheet or text file holds.

    One row a quotation with prices across ("1-99", "100+", "PU 100"), or one row a price with its quantity;
    tables that set suppliers side by side are turned. Rows of the same part, supplier and Incoterm make one
    quotation. Raises ``NoTableFound`` where no sheet holds prices with suppliers or parts, ``RefusedFile`` on
    a file that cannot be read safely. An expired validity (before ``today``) is doubted, not refused.
    """
    source, sheets, doubts = read_sheets(path, progress=progress)
    return quotations_of(sheets, source, today=today, doubts=doubts)


def quotations_of(
    sheets: Sequence[Sheet],
    source: SourceFile,
    *,
    today: dt.date | None = None,
    doubts: Sequence[Doubt] = (),
) -> QuotationReading:
    """Return the quotations of sheets already read; raises ``NoTableFound`` where there is none."""
    today = today or dt.datetime.now(dt.UTC).date()
    quotations: list[Quotation] = []
    all_doubts = list(doubts)
    accounts = []
    for sheet in sheets:
        table = find_table(Sheet(sheet.name, [clean_column(row) for row in sheet.rows]))
        if table is None:
            continue
        rows = read_offer_rows(table)
        made = _Builder(table, source.name, today, rows).build()
        quotations += made
        all_doubts += rows.doubts
        accounts.append((sheet.name, _account(table, rows)))
    if not quotations:
        raise NoTableFound(
            message("No quotation was found in {name}.", name=source.name),
            message("A quotation needs a header with a supplier or a part, and prices."),
        )
    return QuotationReading(source, tuple(quotations), tuple(all_doubts), tuple(accounts))


def find_table(sheet: Sheet) -> TableRows | None:
    """Return the table of quotations of a sheet, upright or turned; None where there is none."""
    for turned in (False, True):
        shown = turn(sheet) if turned else sheet
        for index, row in enumerate(shown.rows[:_DEEPEST_HEADER]):
            columns = read_columns([as_text(cell) or "" for cell in row])
            if columns is not None and index + 1 < len(shown.rows):
                return TableRows(shown, index, columns, turned)
    return None


def _account(table: TableRows, rows: ReadRows) -> RowAccount:
    above = table.sheet.rows[: table.header_row]
    blank = sum(not any(as_text(cell) for cell in row) for row in above)
    return RowAccount(
        read=len(table.sheet.rows),
        parts=len(rows.offers),
        headers=1 + len(above) - blank,
        blank=rows.blank + blank,
        quarantined=rows.quarantined,
    )


@dataclass
class _Builder:
    """Gathers rows of one part, supplier and Incoterm into one quotation."""

    table: TableRows
    file: str
    today: dt.date
    rows: ReadRows

    def build(self) -> list[Quotation]:
        groups: dict[tuple[object, ...], list[RawOffer]] = {}
        for offer in self.rows.offers:
            key = tuple(offer.said.get(role) for role in ("part", "supplier", "incoterm", "country"))
            # Without a name, each row is an offer of its own.
            groups.setdefault(key if any(key[:2]) else (offer.row,), []).append(offer)
        made = [self._quotation(place, group) for place, group in enumerate(groups.values(), start=1)]
        return [quotation for quotation in made if quotation is not None]

    def _quotation(self, place: int, group: list[RawOffer]) -> Quotation | None:
        said: dict[str, Any] = {}
        for offer in group:
            said |= {
                role: value for role, value in offer.said.items() if value is not None and role not in said
            }
        currency = next((offer.currency for offer in group if offer.currency), None)
        row = group[0].row
        if currency is None:
            self._doubt("currency-assumed", row, message("No currency is written: euros are assumed."))
        supplier = str(said.pop("supplier", "") or f"{self.table.sheet.name} {place}")
        part = str(said.pop("part", "") or "")
        try:
            found = Quotation(
                supplier=supplier,
                part=part,
                breaks=self._breaks(group),
                currency=currency or "EUR",
                source=f"{self.file}, {self.table.sheet.name}, {self.table.at(row, 0)}",
                date=self.today,
                **said,
            )
        except InvalidRequest as error:
            self._doubt("senseless-quotation", row, error.what)
            return None
        if found.expired(self.today):
            what = message(
                "The quotation of {supplier} ended on {until}.", supplier=supplier, until=found.valid_until
            )
            self._doubt("quotation-expired", row, what)
        return found

    def _breaks(self, group: list[RawOffer]) -> tuple[PriceBreak, ...]:
        """Return the prices by rising quantity; of two prices for one quantity the dearer, with a doubt."""
        prices: dict[float, float] = {}
        for offer in group:
            for step in offer.breaks:
                known = prices.setdefault(step.quantity, step.price)
                if known != step.price:
                    what = message(
                        "Two prices are given for {quantity} pieces: the dearer is kept.",
                        quantity=step.quantity,
                    )
                    self._doubt("two-prices", offer.row, what)
                    prices[step.quantity] = max(known, step.price)
        steps = tuple(PriceBreak(quantity, prices[quantity]) for quantity in sorted(prices))
        if any(later.price > sooner.price for sooner, later in pairwise(steps)):
            what = message("The price rises with the quantity: these rows may be different parts.")
            self._doubt("rising-price", group[0].row, what)
        return steps

    def _doubt(self, code: str, row: int, what: Message) -> None:
        at = self.table.at(row, 0)
        self.rows.doubts.append(Doubt(code, what, Treatment.WARNED, self.table.sheet.name, at))
