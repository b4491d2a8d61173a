"""Customs papers in sheets → a ledger whose origins are documented, with the account of every row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from maillon.core.doubt import Doubt
from maillon.core.ledger import LEDGER_SCHEMA, ledger_from
from maillon.intake.customs.headers import map_columns, recognise
from maillon.intake.customs.rows import Paper, PaperRows, read_rows
from maillon.intake.grid import Sheet, SourceFile
from maillon.intake.reading import ColumnGuess, Reading, RowAccount, TableReading
from maillon.intake.understand.cells import as_text

_DEEPEST_HEADER = 30

#: Our column by the role of the header that it is read from.
_ROLES: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "period"), "document": ("invoice", "declaration", "period"), "reference": ("reference",),
    "supplier_reference": ("supplier_reference",), "designation": ("designation",), "cn": ("cn",),
    "quantity": ("quantity",),
    "amount": ("invoice_value", "value", "customs_value", "statistical_value"),
    "currency": ("currency",), "mass": ("mass",), "supplier": ("consignor",), "supplier_id": ("vat",),
    "making_country": ("origin",),
}  # fmt: skip


def read_customs(sheets: Sequence[Sheet], source: SourceFile) -> Reading:
    """Return the arrivals and imports that ``sheets`` declare, as a ledger with documented origins.

    A sheet whose first rows hold no header of a customs paper is counted as set apart. ``amount`` is the
    invoiced value where there is one, else the customs value, else the statistical value. Ledger is None
    where no sheet is a customs paper.
    """
    tables: list[TableReading] = []
    purchases: list[dict[str, object]] = []
    doubts: list[Doubt] = []
    kinds: dict[str, int] = {}
    for sheet in sheets:
        paper = find_paper(sheet)
        if paper is None:
            tables.append(_other_table(sheet))
            continue
        found = read_rows(paper)
        named = {"file": source.name, "sheet": sheet.name}
        purchases += [purchase | named for purchase in found.purchases]
        doubts += found.doubts
        kinds[paper.kind] = kinds.get(paper.kind, 0) + len(found.purchases)
        tables.append(_table(paper, found))
    schema = {
        name: dtype for name, dtype in LEDGER_SCHEMA.items() if name in (purchases[0] if purchases else ())
    }
    frame = pl.DataFrame(purchases, schema=schema)
    ledger = ledger_from(frame, name=source.name) if kinds else None
    return Reading(source, tuple(tables), tuple(doubts), ledger=ledger, notes={"papers": kinds})


def find_paper(sheet: Sheet) -> Paper | None:
    """Return the customs paper that a sheet holds, None where its first rows announce none."""
    for index, row in enumerate(sheet.rows[:_DEEPEST_HEADER]):
        cells = [as_text(cell) or "" for cell in row]
        kind = recognise(cells)
        if kind is not None:
            return Paper(sheet, kind, index, map_columns(cells))
    return None


def _table(paper: Paper, found: PaperRows) -> TableReading:
    above = paper.sheet.rows[: paper.header_row]
    blank = sum(not any(as_text(cell) for cell in row) for row in above)
    account = RowAccount(
        read=len(paper.sheet.rows),
        parts=len(found.purchases),
        headers=1 + len(above) - blank,
        totals=found.totals,
        blank=found.blank + blank,
        quarantined=found.quarantined,
    )
    lines = tuple({k: v for k, v in one.items() if v is not None} for one in found.purchases)
    columns = dict(_guesses(paper))
    return TableReading(paper.sheet.name, paper.header_row + 1, columns, account, lines, kind="ledger")


def _guesses(paper: Paper) -> Iterator[tuple[str, ColumnGuess]]:
    header = paper.sheet.rows[paper.header_row]
    for column, roles in _ROLES.items():
        role = next((role for role in roles if role in paper.places), None)
        if role is not None:
            place = paper.places[role]
            texts = dict.fromkeys(text for cell in paper.cells(role) if (text := as_text(cell)))
            yield column, ColumnGuess(as_text(header[place]) or "", place, 1.0, tuple(texts)[:3])


def _other_table(sheet: Sheet) -> TableReading:
    blank = sum(not any(as_text(cell) for cell in row) for row in sheet.rows)
    account = RowAccount(read=len(sheet.rows), blank=blank, quarantined=len(sheet.rows) - blank)
    return TableReading(sheet.name, None, {}, account, (), kind="other")
