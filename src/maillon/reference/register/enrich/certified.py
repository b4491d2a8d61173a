"""What registers of certificates have in common: a firm, a certificate, the days between which it holds."""

from __future__ import annotations

from datetime import date

import polars as pl

from maillon.reference.register.enrich.cells import read_date
from maillon.reference.register.enrich.identifiers import identify, set_unidentified_aside
from maillon.reference.register.enrich.source import Context, Told, set_aside, shape_told

FAR = date(2200, 1, 1)


def tell_certificates(frame: pl.DataFrame, source: str, context: Context, numbers: tuple[str, ...]) -> Told:
    """Return a ``certificate`` row a row of ``frame`` (columns ``code``, ``text``, ``start``, ``end``).

    The date is that of the start, else of the file; what ended before the day of the file is set aside.
    """
    found, unidentified = set_unidentified_aside(identify(frame, *numbers))
    dated = found.with_columns(
        read_date(pl.col("start"), FAR).alias("_start"), read_date(pl.col("end"), FAR).alias("_end")
    )
    over = (pl.col("_end") < pl.lit(context.day)).fill_null(value=False)
    unread = pl.col("end").is_not_null() & pl.col("_end").is_null()
    told = dated.filter(~over).select(
        "row",
        "siret",
        "siren",
        "code",
        "text",
        pl.lit(source).alias("source"),
        pl.lit("certificate").alias("kind"),
        pl.coalesce("_start", pl.lit(context.day)).alias("date"),
    )
    aside = [
        unidentified,
        set_aside(dated.filter(over), "expired", pl.col("end")),
        set_aside(dated.filter(unread), "unread-date", pl.col("end"), kept=True),
    ]
    return Told(shape_told(told), pl.concat(aside))
