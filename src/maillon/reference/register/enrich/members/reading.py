"""A row of a member file as rows of capabilities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from maillon.reference.register.enrich.cells import clean_text, read_date
from maillon.reference.register.enrich.identifiers import identify
from maillon.reference.register.enrich.lists import read_role
from maillon.reference.register.enrich.members.columns import COLUMNS
from maillon.reference.register.enrich.members.measures import (
    header_unit,
    read_hours,
    read_lots,
    read_size,
    read_tolerance,
)
from maillon.reference.register.enrich.members.words import (
    read_certificates,
    read_materials,
    read_processes,
    split_words,
)
from maillon.reference.register.enrich.source import ASIDE, TOLD, Context, Told, set_aside, shape_told

NUMBERS = ("siret", "siren", "vat")
SIZES = {"size": "mm", "length": "mm", "diameter": "mm", "mass": "kg"}
Fact = dict[str, Any]


@dataclass(slots=True)
class _Row:
    """The cells of a firm, what they tell and what they leave unsaid."""

    cells: dict[str, Any]
    headers: dict[str, str]
    spoken: dict[str, tuple[str, ...]]  # word → codes of processes
    facts: list[Fact] = field(default_factory=list)
    doubts: list[tuple[str, str]] = field(default_factory=list)  # reason, value

    def say(self, kind: str, **values: object) -> None:
        """Add a fact."""
        self.facts.append({"kind": kind, **values})

    def doubt(self, reason: str, value: str) -> None:
        """Note a word or a figure that was not understood."""
        self.doubts.append((reason, value))


def read_members(frame: pl.DataFrame, context: Context) -> Told:
    """Return the capabilities of each firm; a firm without number is given by its name."""
    cleaned = frame.with_columns(
        clean_text(pl.col(column.name)).alias(column.name) for column in COLUMNS if column.name not in NUMBERS
    )
    found = identify(cleaned, *NUMBERS).with_columns(
        pl.coalesce(read_date(pl.col("day"), context.day), pl.lit(context.day)).alias("date")
    )
    nameless = pl.col("siren").is_null() & pl.col("name").is_null()
    false = pl.col("false_number").is_not_null()
    named = found.filter(~nameless)
    spoken = _read_pieces(named)
    rows = [_read_row(cells, context, spoken) for cells in named.iter_rows(named=True)]
    aside = [
        set_aside(found.filter(nameless & false), "false-number", pl.col("false_number")),
        set_aside(found.filter(nameless & ~false), "no-number", pl.lit(None)),
        set_aside(found.filter(~nameless & false), "false-number", pl.col("false_number"), kept=True),
        _frame_doubts(rows),
    ]
    return Told(_frame_facts(rows), pl.concat(aside))


def _read_pieces(frame: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return the process codes of every word of the frame; one search costs as much as many."""
    cells = pl.concat([frame["processes"], frame["machines"]]).drop_nulls().unique()
    pieces = list(dict.fromkeys(piece for cell in cells for piece in split_words(cell)))
    return dict(zip(pieces, read_processes(pieces), strict=True))


def _read_row(cells: dict[str, Any], context: Context, spoken: dict[str, tuple[str, ...]]) -> _Row:
    row = _Row(cells, dict(context.headers), spoken)
    _tell_words(row)
    _tell_sizes(row)
    _tell_figures(row)
    return row


def _tell_words(row: _Row) -> None:
    """Add what the cells of words tell: processes, machines, materials, certificates, products, role."""
    for piece in split_words(row.cells["processes"] or ""):
        codes = row.spoken[piece]
        for code in codes or (None,):
            row.say("process", code=code, text=piece)
        if not codes:
            row.doubt("unknown-word", piece)
    for piece in split_words(row.cells["machines"] or ""):
        codes = row.spoken[piece]
        row.say("machine", code=codes[0] if codes else None, text=piece)
    for piece in split_words(row.cells["materials"] or ""):
        classes = read_materials(piece)
        for name in classes or (None,):
            row.say("material", code=name, text=piece)
        if not classes:
            row.doubt("unknown-word", piece)
    _tell_certificates(row)
    for piece in split_words(row.cells["products"] or ""):
        row.say("product", text=piece)
    if row.cells["description"]:
        row.say("description", text=row.cells["description"])
    role = read_role(row.cells["role"])
    if role:
        row.say("role", code=role, text=row.cells["role"])


def _tell_certificates(row: _Row) -> None:
    held, others = read_certificates(row.cells["certificates"] or "")
    for code in held:
        row.say("certificate", code=code, text=row.cells["certificates"])
    for piece in others:
        row.say("certificate", text=piece)
        row.doubt("unknown-word", piece)


def _tell_sizes(row: _Row) -> None:
    """Add the largest length in mm and the largest mass in kg, each with the cells that tell it."""
    lengths: list[tuple[float, str]] = []
    masses: list[tuple[float, str]] = []
    for name, usual in SIZES.items():
        cell = row.cells[name]
        if not cell:
            continue
        length, mass = read_size(cell, header_unit(row.headers.get(name, ""), usual))
        lengths += [(length, cell)] if length else []
        masses += [(mass, cell)] if mass else []
        if not length and not mass:
            row.doubt("unread-figure", cell)
    for told, unit in ((lengths, "mm"), (masses, "kg")):
        if told:
            high, text = max(told)
            row.say("size", high=high, unit=unit, text=text)


def _tell_figures(row: _Row) -> None:
    """Add the finest tolerance, the lots and the free hours."""
    cell = row.cells["tolerance"]
    if cell:
        finest = read_tolerance(cell, header_unit(row.headers.get("tolerance", ""), "mm"))
        row.say("tolerance", high=finest, unit="mm" if finest else None, text=cell)
        if finest is None:
            row.doubt("unread-figure", cell)
    _tell_lots(row)
    cell = row.cells["capacity"]
    if cell:
        hours = read_hours(cell, row.headers.get("capacity", ""))
        row.say("capacity", high=hours, unit=None if hours is None else "hours a month", text=cell)
        if hours is None:
            row.doubt("unread-figure", cell)


def _tell_lots(row: _Row) -> None:
    """Add the lot: from its three columns, and for what they leave out from the single one."""
    figures: dict[str, float] = {}
    for name in ("low", "ideal", "high"):
        cell = row.cells[f"lot_{name}"]
        read = read_lots(cell) if cell else ()
        if read:
            figures[name] = read[0] if name == "low" else read[-1]
        elif cell:
            row.doubt("unread-figure", cell)
    for name, value in _range_of(row).items():
        figures.setdefault(name, value)
    if figures:
        texts = [row.cells[name] for name in ("lot", "lot_low", "lot_ideal", "lot_high")]
        row.say("lot", **figures, unit="pieces", text=" / ".join(text for text in texts if text))


def _range_of(row: _Row) -> dict[str, float]:
    cell = row.cells["lot"]
    read = sorted(read_lots(cell)) if cell else []
    if cell and not read:
        row.doubt("unread-figure", cell)
    match read:
        case [only]:
            return {"ideal": only}
        case [low, high]:
            return {"low": low, "high": high}
        case [low, ideal, high]:
            return {"low": low, "ideal": ideal, "high": high}
        case [low, *_, high]:
            return {"low": low, "high": high}
    return {}


def _frame_facts(rows: list[_Row]) -> pl.DataFrame:
    keys = ("row", "siret", "siren", "name", "postcode", "commune_name", "date")
    facts = [
        {**{key: row.cells[key] for key in keys}, "source": "members", **fact}
        for row in rows
        for fact in row.facts
    ]
    return shape_told(pl.DataFrame(facts, schema=TOLD))


def _frame_doubts(rows: list[_Row]) -> pl.DataFrame:
    return pl.DataFrame(list(_list_doubts(rows)), schema=ASIDE, orient="row")


def _list_doubts(rows: list[_Row]) -> Iterator[tuple[int, str, str | None, bool]]:
    for row in rows:
        line = row.cells["row"]
        for reason, value in row.doubts:
            yield line, reason, value[:200], bool(row.facts)
        if not row.facts and not row.doubts:
            yield line, "no-capability", row.cells["name"], False
