"""A whole file: every sheet read, the lists of parts told from what only looks like one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from maillon.core.doubt import Doubt, Treatment
from maillon.core.message import Message, message
from maillon.intake.grid import Sheet, SourceFile
from maillon.intake.reading import Reading, RowAccount, TableReading
from maillon.intake.understand.assembly import bom_of, ledger_of, table_reading
from maillon.intake.understand.blocks import find_blocks
from maillon.intake.understand.corrections import TableMapping
from maillon.intake.understand.doubtbook import At, DoubtBook
from maillon.intake.understand.free_text import read_free_text
from maillon.intake.understand.grids import Grid, grid_of
from maillon.intake.understand.headless import Guess, find_headless
from maillon.intake.understand.meaning import tell_meaning
from maillon.intake.understand.sheet_kinds import alike, kind_of
from maillon.intake.understand.table import Table, read_table
from maillon.intake.understand.variants import by_variant, variants_of
from maillon.intake.understand.wrapped_lines import unwrap_lines


def understand(
    sheets: Sequence[Sheet],
    source: SourceFile,
    *,
    mapping: Mapping[str, object] | None = None,
    doubts: Sequence[Doubt] = (),
) -> Reading:
    """Return what the sheets of a file hold: a ``Bom`` or a ``Ledger``, every row accounted for.

    ``mapping`` (see ``maillon.intake.mapping``) overrides the guesses for the tables whose headers it names.
    ``doubts`` are those of the reading of the file itself: a row that they set apart stays apart.
    Nothing is raised for a bad cell; where nothing is understood there is neither ``bom`` nor ``ledger``.
    """
    from maillon.intake.mapping import mappings_in  # noqa: PLC0415 - a mapping is written with this room’s words

    corrections = mappings_in(mapping)
    book = DoubtBook(doubts)
    grids = [grid_of(unwrap_lines(s, source.separator) if source.separator else s) for s in sheets]
    guesses = [Guess(grid) for grid in grids]
    drafts = _headed(guesses, source, corrections, book)
    if not any(table.rows for tables in drafts for table in tables):
        drafts = _headless(guesses, drafts, book)
    return _reading(grids, drafts, source, book)


def _headed(
    guesses: Sequence[Guess], source: SourceFile, corrections: Sequence[TableMapping], book: DoubtBook
) -> list[list[Table]]:
    drafts: list[list[Table]] = []
    for guess in guesses:
        grid, tables = guess.grid, []
        places = {row for m in corrections if (row := m.told_row(grid)) is not None}
        for block in find_blocks(grid, places):
            chosen = next((m for m in corrections if m.fits(block)), None)
            strict = source.kind in ("csv", "tsv", "txt")
            table = read_table(grid, block, book, chosen, strict_width=strict)
            tables.append(by_variant(table, variants_of(table.layout)))
        if not tables and (alone := find_headless(guess, book, proven=True)):
            tables.append(alone)
        drafts.append(tables)
    return drafts


def _headless(guesses: Sequence[Guess], drafts: list[list[Table]], book: DoubtBook) -> list[list[Table]]:
    """Read sheets without any header, by their values alone; a single column is read as free text."""
    found = []
    for guess, tables in zip(guesses, drafts, strict=True):
        table = read_free_text(guess.grid, book) or find_headless(guess, book)
        found.append([table] if table else tables)
    return found


def _reading(
    grids: Sequence[Grid], drafts: Sequence[Sequence[Table]], source: SourceFile, book: DoubtBook
) -> Reading:
    every = [table for tables in drafts for table in tables]
    kinds = {id(table): kind_of(table, every) for table in every}
    if every and not any(kind in ("bom", "ledger") for kind in kinds.values()):
        largest = max(every, key=lambda t: len(t.rows))
        kinds[id(largest)] = "bom" if largest.rows else "other"
    readings: list[TableReading] = []
    feeding: list[Table] = []
    first = 1
    for grid, tables in zip(grids, drafts, strict=True):
        if not tables:
            readings.append(_without_table(grid, book))
        for table in tables:
            kind = kinds[id(table)]
            if kind in ("bom", "ledger"):
                feeding.append(table)
                readings.append(table_reading(table, kind, first))
                first += len(table.rows)
            else:
                readings.append(_aside(table, kind, book))
    tell_meaning(feeding, book)
    _tell_alike(feeding, book)
    name = PurePath(source.name).stem
    boms = [t for t in feeding if kinds[id(t)] == "bom"]
    ledgers = [t for t in feeding if kinds[id(t)] == "ledger"]
    return Reading(
        source, tuple(readings), book.doubts(), bom_of(boms, source, name), ledger_of(ledgers, source, name)
    )


def _tell_alike(tables: Sequence[Table], book: DoubtBook) -> None:
    for first, second, shared in alike(tables):
        what = message(
            "The sheets “{first}” and “{second}” have {n} parts in common. Both are counted: if one is an "
            "earlier version of the other, remove it.",
            first=first.grid.sheet.name,
            second=second.grid.sheet.name,
            n=shared,
        )
        book.add("sheets-alike", what, At(second.grid.sheet.name))


def _aside(table: Table, kind: str, book: DoubtBook) -> TableReading:
    """Account for a table that does not feed the result: its parts are set apart, the reader is told."""
    reading = table_reading(table, kind, 1)
    rows = reading.rows
    if rows.parts:
        sheet = table.grid.sheet.name
        book.add(f"left-out-{kind}", _why(kind, rows.parts), At(sheet), Treatment.QUARANTINED)
    moved = RowAccount(
        rows.read, 0, rows.headers, rows.sections, rows.totals, rows.blank, rows.quarantined + rows.parts
    )
    return replace(reading, rows=moved, lines=())


def _why(kind: str, n: int) -> Message:
    match kind:
        case "recap":
            return message("Left out: this table recapitulates another ({n} rows).", n=n)
        case "options":
            return message("Left out: this table compares options or configurations ({n} rows).", n=n)
        case _:
            return message("Left out: no list of parts was recognised here ({n} rows).", n=n)


def _without_table(grid: Grid, book: DoubtBook) -> TableReading:
    """Account for a sheet without any table: its rows are blank or set apart."""
    blank = int((~grid.filled.any(axis=1)).sum()) if grid.width else grid.height
    rest = grid.height - blank
    if rest:
        book.add("no-table", _why("other", rest), At(grid.sheet.name), Treatment.QUARANTINED)
    return TableReading(
        grid.sheet.name, None, {}, RowAccount(grid.height, blank=blank, quarantined=rest), (), "other"
    )
