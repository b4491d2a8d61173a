"""Tables put together: one bill of materials or ledger, the account of each sheet, and the doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from maillon.core.bom import BOM_SCHEMA, Bom, bom_from
from maillon.core.evidence import Evidence
from maillon.core.ledger import LEDGER_SCHEMA, Ledger, ledger_from
from maillon.intake.grid import SourceFile
from maillon.intake.reading import ColumnGuess, TableReading
from maillon.intake.understand.blocks import Block
from maillon.intake.understand.layout import Layout
from maillon.intake.understand.lines import Lines
from maillon.intake.understand.table import Table

#: Roles known inside, under the name of the column that they fill.
_PUBLIC = {
    "designators": "position", "item_number": "position", "unit_price_vat": "unit_price",
    "amount_vat": "amount",
    "bulk_price": "unit_price", "price": "unit_price", "description": "note", "value": "note",
    "link": "supplier",
}  # fmt: skip
_HIDDEN = {"order_code", "supplier_2", "vat_rate", "pack", "price_pack", "supplier_type", "postcode", "other"}


def columns_of(layout: Layout) -> Mapping[str, ColumnGuess]:
    """Return role → column as shown to the reader, under the names of the schema."""
    found: dict[str, ColumnGuess] = {}
    order = sorted(
        layout.roles.items(), key=lambda rc: (rc[0] in _PUBLIC, rc[0] == "item_number", rc[1].column.place)
    )
    for role, choice in order:
        name = _PUBLIC.get(role, role)
        if role in _HIDDEN or name in found or (name not in BOM_SCHEMA and name not in LEDGER_SCHEMA):
            continue
        column = choice.column
        found[name] = ColumnGuess(column.source, column.place, round(choice.confidence, 3), column.samples())
    return dict(sorted(found.items(), key=lambda nc: nc[1].column))


def frame_of(table: Table, source: SourceFile, first: int) -> pl.DataFrame:
    """Return the lines of a table as a frame of the schema's columns, numbered from ``first``."""
    size = len(table.rows)
    columns: dict[str, object] = {
        "line": range(first, first + size),
        "item": [first + i for i in table.items],
        "parent": [None if p is None else first + p for p in table.parents],
        "level": table.levels,
        "file": [source.name] * size,
        "sheet": [table.grid.sheet.name] * size,
        "row": [r + 1 for r in table.rows],
    }
    columns |= {role: values for role, values in table.values.items() if role in BOM_SCHEMA}
    schema = {name: dtype for name, dtype in BOM_SCHEMA.items() if name in columns}
    frame = pl.DataFrame({n: columns[n] for n in schema}, schema=schema)
    return _with_evidence(frame, source)


def _with_evidence(frame: pl.DataFrame, source: SourceFile) -> pl.DataFrame:
    # A making site that the firm wrote itself is declared, by this file, unless a column grades it.
    written = [pl.col(c).is_not_null() for c in ("making_site", "making_country") if c in frame.columns]
    if not written:
        return frame
    sited = pl.any_horizontal(written)
    level, paper = (
        pl.col(c) if c in frame.columns else pl.lit(None, pl.String) for c in ("evidence", "evidence_source")
    )
    return frame.with_columns(
        evidence=pl.when(sited).then(level.fill_null(Evidence.DECLARED.code)),
        evidence_source=pl.when(sited).then(paper.fill_null(source.name)),
    )


def table_reading(table: Table, kind: str, first: int) -> TableReading:
    """Return what is shown of a table: header, columns, account and, if it feeds the result, its lines."""
    header = table.block.header
    feeds = kind in ("bom", "ledger")
    lines = _lines(table, first) if feeds else ()
    return TableReading(
        table.grid.sheet.name,
        header.last + 1 if header else None,
        columns_of(table.layout) if feeds or header else {},
        table.account(),
        lines,
        kind,
        tuple(header.labels[c] for c in header.columns) if header else (),
    )


def _lines(table: Table, first: int) -> Lines:
    """Return the lines by role, with the sheet row, and level and parent line where there is a structure."""
    size = len(table.rows)
    columns: dict[str, Sequence[object]] = {
        "line": range(first, first + size),
        "row": [r + 1 for r in table.rows],
    }
    if table.structured:
        columns["level"] = table.levels
        columns["parent"] = [None if p is None else first + p for p in table.parents]
        if table.items != list(range(size)):
            columns["item"] = [first + i for i in table.items]
    return Lines({**columns, **{r: v for r, v in table.values.items() if r not in columns}})


def bom_of(tables: Sequence[Table], source: SourceFile, name: str) -> Bom | None:
    """Return all lines of the tables as one bill of materials; None without any line."""
    frames: list[pl.DataFrame] = []
    first = 1
    for table in tables:
        if table.rows:
            frames.append(frame_of(table, source, first))
            first += len(table.rows)
    return bom_from(_stack(frames), name) if frames else None


def ledger_of(tables: Sequence[Table], source: SourceFile, name: str) -> Ledger | None:
    """Return all lines of purchase tables as one ledger; None without any line."""
    frames = []
    for table in tables:
        if not table.rows:
            continue
        columns: dict[str, object] = {r: v for r, v in table.values.items() if r in LEDGER_SCHEMA}
        columns |= {"sheet": [table.grid.sheet.name] * len(table.rows), "row": [r + 1 for r in table.rows]}
        schema = {n: t for n, t in LEDGER_SCHEMA.items() if n in columns}
        frames.append(pl.DataFrame({n: columns[n] for n in schema}, schema=schema))
    if not frames:
        return None
    frame = _stack(frames).with_columns(file=pl.lit(source.name))
    return ledger_from(frame, name)


def _stack(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    return frames[0] if len(frames) == 1 else pl.concat(frames, how="diagonal")


def other_block(height: int, columns: Sequence[int]) -> Block:
    """Return the block of a sheet without any table."""
    return Block(0, height, tuple(columns), None)
