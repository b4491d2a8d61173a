"""Applying the corrections to the tables of a snapshot."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from maillon.reference.register.corrected_values import consequences, parse_value
from maillon.reference.register.overlay import Correction
from maillon.reference.register.schema import CAPABILITIES, ESTABLISHMENTS


def corrected_cells(corrections: Iterable[Correction]) -> dict[str, dict[str, Any]]:
    """Return column → SIRET → value, of corrections in the order in which they hold."""
    cells: dict[str, dict[str, Any]] = defaultdict(dict)
    for correction in corrections:
        if correction.column in ESTABLISHMENTS:
            value = parse_value(correction.column, correction.value)
            for column, cell in {correction.column: value, **consequences(correction.column, value)}.items():
                cells[column][correction.siret] = cell
    return dict(cells)


def correct_establishments(rows: pl.LazyFrame, cells: dict[str, dict[str, Any]]) -> pl.LazyFrame:
    """Return establishments with their corrected cells; columns that ``rows`` lacks are left out."""
    there = rows.collect_schema().names()
    for column, by_siret in cells.items():
        if column in there:
            schema = {"siret": pl.String, "_new": ESTABLISHMENTS[column]}
            new = pl.DataFrame(list(by_siret.items()), schema=schema, orient="row").with_columns(_known=True)
            joined = rows.join(new.lazy(), on="siret", how="left", maintain_order="left")
            chosen = pl.when(pl.col("_known")).then("_new").otherwise(column).alias(column)
            rows = joined.with_columns(chosen).drop("_new", "_known")
    return rows


def correct_capabilities(rows: pl.DataFrame, corrections: Sequence[Correction]) -> pl.DataFrame:
    """Return capabilities with those corrected: an empty value takes back what was told, others add to it."""
    kept = rows.filter(pl.col("source") != "correction")
    added: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    emptied: set[tuple[str, str]] = set()
    for correction in corrections:
        if correction.column not in ESTABLISHMENTS:
            thing = (correction.siret, correction.column)
            row = parse_value(correction.column, correction.value)
            if row is None:
                emptied.add(thing)
                added[thing].clear()
            else:
                day = dt.date.fromisoformat(correction.date)
                added[thing].append({**row, "siret": correction.siret, "date": day})
    if emptied:
        gone = pl.DataFrame(sorted(emptied), schema=["siret", "kind"], orient="row")
        kept = kept.join(gone, on=["siret", "kind"], how="anti", maintain_order="left")
    new = pl.DataFrame([row for rows_of in added.values() for row in rows_of], schema=CAPABILITIES)
    return pl.concat([kept, new]) if new.height else kept
