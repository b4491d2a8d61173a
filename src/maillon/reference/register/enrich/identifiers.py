"""SIRET and SIREN as files write them: with spaces, as numbers, without their leading zeros, as VAT."""

from __future__ import annotations

import re
from functools import lru_cache

import polars as pl
from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number

from maillon.reference.register.enrich.source import set_aside

_NOISE = re.compile(r"[\s\u00a0\u202f.\-_/'’]")
_FLOAT = re.compile(r"\.0{1,2}$")
_VAT = re.compile(r"^FR\w{2}(\d{9})$")


@lru_cache(maxsize=65536)
def read_identifier(cell: str) -> tuple[str | None, str | None]:
    """Return the SIRET and the SIREN that a cell holds, null where it holds none that its key confirms.

    A number that lost its leading zeros in a spreadsheet gets them back when its key then holds.

    >>> read_identifier("732 829 320 00074"), read_identifier("FR44732829320")
    (('73282932000074', '732829320'), (None, '732829320'))
    >>> read_identifier("73282932000079"), read_identifier("5410220.0")
    ((None, None), (None, None))
    """
    number = _NOISE.sub("", _FLOAT.sub("", cell.strip()[:40])).upper()
    vat = _VAT.match(number)
    if vat:
        number = vat.group(1)
    if not (number.isascii() and number.isdigit()) or not number.strip("0"):
        return None, None
    if len(number) in {12, 13, 14} and siret_number.is_valid(number.zfill(14)):
        return number.zfill(14), number.zfill(14)[:9]
    if len(number) in {8, 9} and siren_number.is_valid(number.zfill(9)):
        return None, number.zfill(9)
    return None, None


def identify(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """Return ``frame`` with ``siret`` and ``siren`` read from ``columns``, the first that holds one first.

    Cells that hold something false are listed in ``false_number`` (null where none does).
    """
    read = frame.with_columns(_read_column(frame[name]).alias(f"_{name}") for name in columns)
    siret = pl.coalesce(pl.col(f"_{name}").struct.field("siret") for name in columns)
    siren = pl.coalesce(pl.col(f"_{name}").struct.field("siren") for name in columns)
    false = pl.coalesce(
        pl.when(pl.col(name).is_not_null() & pl.col(f"_{name}").struct.field("siren").is_null()).then(
            pl.col(name)
        )
        for name in columns
    )
    return read.select(
        pl.all().exclude([f"_{name}" for name in columns] + ["siret", "siren"]),
        siret.alias("siret"),
        pl.coalesce(siret.str.slice(0, 9), siren).alias("siren"),
        false.alias("false_number"),
    )


def _read_column(cells: pl.Series) -> pl.Series:
    kind = pl.Struct({"siret": pl.String, "siren": pl.String})
    cells = cells.cast(pl.String)
    distinct = cells.drop_nulls().unique()
    numbers = [dict(zip(("siret", "siren"), read_identifier(cell), strict=True)) for cell in distinct]
    if not numbers:
        return pl.Series([None] * len(cells), dtype=kind)
    return cells.replace_strict(distinct, pl.Series(numbers, dtype=kind), default=None, return_dtype=kind)


def set_unidentified_aside(frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Part the result of ``identify`` into rows with a number and what is left out.

    A row with a false number beside a good one is kept, and the false one told.
    """
    known = pl.col("siren").is_not_null()
    false = pl.col("false_number").is_not_null()
    lost = frame.filter(~known)
    aside = pl.concat(
        [
            set_aside(lost.filter(false), "false-number", pl.col("false_number")),
            set_aside(lost.filter(~false), "no-number", pl.lit(None)),
            set_aside(frame.filter(known & false), "false-number", pl.col("false_number"), kept=True),
        ]
    )
    return frame.filter(known), aside
