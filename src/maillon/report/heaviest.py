"""The lines that weigh most: by amount, or by number of pieces where nothing has a price."""

from __future__ import annotations

import polars as pl

from maillon.core.message import message, plural_message
from maillon.dossier import Dossier
from maillon.language import format_number, render
from maillon.report.figures import brief, percent
from maillon.report.listing import Listing, say_all
from maillon.report.measure import measure_of

_MOST = 8


def list_dearest(dossier: Dossier, language: str) -> Listing | None:
    """Return the lines with the largest amounts and what they hold together; None without amounts."""
    diagnosis, measure = dossier.diagnosis, measure_of(dossier.diagnosis)
    priced = diagnosis.purchases.filter(pl.col("spend") > 0)
    dearest = priced.sort("spend", "line", descending=[True, False]).head(_MOST)
    if dearest.is_empty():
        return None
    rows = tuple(
        (
            brief(_name(row), 40),
            brief(row["supplier"] or "", 28),
            measure.words(row["spend"], language),
        )
        for row in dearest.iter_rows(named=True)
    )
    caption = plural_message(
        "The dearest line holds {share} of purchases",
        "The {n} dearest lines hold {share} of purchases",
        n=dearest.height,
        share=percent(float(dearest["spend"].sum()) / diagnosis.spend),
    )
    headers = (message("Part"), message("Supplier"), message("Spend"))
    return Listing(render(caption, language), say_all(headers, language), rows)


def list_most_used(dossier: Dossier, language: str) -> Listing | None:
    """Return the bought parts of which most pieces are used; None where no quantity is known."""
    pieces = pl.col("unit").is_null() | (pl.col("unit") == "piece")
    used = (
        dossier.diagnosis.purchases.select("line", "reference", "designation")
        .join(dossier.bom.lines.select("line", "quantity", "unit"), on="line")
        .filter(pieces & (pl.col("quantity") > 0))
        .sort("quantity", "line", descending=[True, False])
        .head(_MOST)
    )
    if used.is_empty():
        return None
    rows = tuple(
        (brief(_name(row), 48), format_number(row["quantity"], language))
        for row in used.iter_rows(named=True)
    )
    headers = (message("Part"), message("Quantity"))
    caption = message("The parts used in the largest numbers")
    return Listing(render(caption, language), say_all(headers, language), rows)


def _name(row: dict[str, object]) -> str:
    return str(row["designation"] or row["reference"] or f"#{row['line']}")
