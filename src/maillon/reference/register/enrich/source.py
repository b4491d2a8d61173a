"""What a source of enrichment is: its columns, what it needs, its licence, and how its rows are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from maillon.reference.register.schema import CAPABILITIES

#: What a reader gives: the columns of a snapshot, keyed by SIRET, else by SIREN, else by name and place.
TOLD: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.Int64,  # line of the file (row, for Parquet and workbooks)
    **CAPABILITIES,
    "siren": pl.String,
    "name": pl.String,
    "postcode": pl.String,
    "commune_name": pl.String,
}
#: What is left out: the row, the reason (see ``reasons``), the value at fault, whether the row still tells
#: something.
ASIDE: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.Int64,
    "reason": pl.String,
    "value": pl.String,
    "kept": pl.Boolean,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a source: our name for it, and the headers under which it is published.

    That an ``optional`` one lacks is no drift: some of the published layouts never had it.
    """

    name: str
    headers: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader knows besides the rows: the day of the file, the role of a list, the headers as written.

    ``headers`` gives for each of our columns the header under which it was found.
    """

    day: date
    role: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """What some rows of a source tell (columns ``TOLD``), and what was left out (columns ``ASIDE``)."""

    told: pl.DataFrame
    aside: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Source:
    """A source of enrichment.

    ``needs`` holds groups of our column names: of each group, at least one must be there. ``file_words``
    are words of the file's name that decide between sources with the same columns. An ``official`` file has
    a layout of its own, so that a column that lacks is a drift. ``read`` takes a frame
    of text cells under our column names (null where the file has none) with its ``row``.
    """

    code: str
    title: str
    licence: str
    columns: tuple[Column, ...]
    needs: tuple[tuple[str, ...], ...]
    read: Callable[[pl.DataFrame, Context], Told]
    file_words: tuple[str, ...] = ()
    official: bool = True


def no_rows() -> pl.DataFrame:
    """Return an empty frame of what rows tell."""
    return pl.DataFrame(schema=TOLD)


def nothing_aside() -> pl.DataFrame:
    """Return an empty frame of what was left out."""
    return pl.DataFrame(schema=ASIDE)


def shape_told(frame: pl.DataFrame) -> pl.DataFrame:
    """Return ``frame`` with every column of ``TOLD`` in order, null where absent."""
    have = set(frame.columns)
    return frame.select(
        (pl.col(name) if name in have else pl.lit(None)).cast(kind).alias(name) for name, kind in TOLD.items()
    )


def set_aside(frame: pl.DataFrame, reason: str, value: pl.Expr, *, kept: bool = False) -> pl.DataFrame:
    """Return the rows of ``frame`` as left out for ``reason``, showing 200 characters of ``value``."""
    return frame.select(
        pl.col("row").cast(pl.Int64),
        pl.lit(reason).alias("reason"),
        value.cast(pl.String).str.slice(0, 200).alias("value"),
        pl.lit(kept).alias("kept"),
    )
