"""Reading which CPA products the CN codes are, from official files that the user has.

Three files carry it: Eurostat's correspondence (CSV with columns ``cn8`` and ``cpa6``), the national trade
statistics of French customs (no header, ``;``: flow, month, year, CPF6, A129, CN8, country, value, mass,
units), and Eurostat's Comext bulk (``PRODUCT_NC``, ``PRODUCT_CPA2_2`` or ``PRODUCT_CPA2_1``). The file is
known by its first line.
"""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl

from maillon.core.errors import RefusedFile
from maillon.core.message import message

#: ``share`` of a CN code that is each product: of the value where the file has one, else alike.
PRODUCT_SCHEMA = {"cn8": pl.String, "cpa": pl.String, "share": pl.Float64}
CUSTOMS = ("flow", "month", "year", "cpf6", "a129", "nc8", "country", "value", "mass", "units")
CN_COLUMNS, CPA_COLUMNS = ("cn8", "product_nc"), ("cpa6", "product_cpa2_2", "product_cpa2_1")
VALUES = ("value_in_euros", "value_nac")
MEASURED_HEAD = 65536


def read_product_table(path: Path) -> pl.DataFrame:
    """Return the CPA products of every CN code of the file, in ``PRODUCT_SCHEMA``.

    Rows whose code is not 8 digits (totals, confidential codes) or that have no product are left out. Raises
    ``RefusedFile`` for a file that cannot be read or has neither columns nor customs' layout.
    """
    try:
        return _shares(_scan(path))
    except (OSError, ValueError, csv.Error, pl.exceptions.PolarsError) as error:
        raise RefusedFile(
            message("The file {name} cannot be read as a table.", name=path.name),
            message("Give the official file as it is, unpacked, or its columns cn8 and cpa6 as CSV."),
        ) from error


def _scan(path: Path) -> pl.LazyFrame:
    """Return the columns cn, cpa and value of the file as text and numbers."""
    with path.open("rb") as lines:
        head = lines.readline(MEASURED_HEAD).decode("latin-1").strip("\r\n\ufeffï»¿")
    separator = max(",;\t", key=head.count)
    names = [name.strip().lower() for name in next(csv.reader([head], delimiter=separator), [])]
    cn = next((n for n in CN_COLUMNS if n in names), None)
    cpa = next((n for n in CPA_COLUMNS if n in names), None)
    if cn and cpa:
        value = next((n for n in VALUES if n in names), None)
        return _select(_open(path, separator, names, header=True), cn, cpa, value)
    if len(names) == len(CUSTOMS) and names[5].isdigit():
        return _select(_open(path, separator, list(CUSTOMS), header=False), "nc8", "cpf6", "value")
    raise RefusedFile(
        message("The file {name} tells no product (CPA) of CN codes.", name=path.name),
        message("Give the official file as it is, unpacked, or its columns cn8 and cpa6 as CSV."),
    )


def _open(path: Path, separator: str, names: list[str], *, header: bool) -> pl.LazyFrame:
    return pl.scan_csv(
        path,
        separator=separator,
        has_header=header,
        with_column_names=lambda _: names,
        infer_schema=False,
        encoding="utf8-lossy",
        quote_char='"',
        truncate_ragged_lines=True,
    )


def _select(frame: pl.LazyFrame, cn: str, cpa: str, value: str | None) -> pl.LazyFrame:
    amount = pl.col(value).cast(pl.Float64, strict=False) if value else pl.lit(1.0)
    digits = pl.col(cpa).str.replace_all(".", "", literal=True).str.strip_chars()
    cpa_code = pl.concat_str(
        digits.str.slice(0, 2), digits.str.slice(2, 2), digits.str.slice(4), separator="."
    )
    return frame.select(
        cn8=pl.col(cn).str.strip_chars(),
        cpa=cpa_code.str.strip_chars_end("."),
        written=digits,
        value=amount.fill_null(0.0),
    )


def _shares(found: pl.LazyFrame) -> pl.DataFrame:
    """Return the share of each product in its CN code; products without any value share alike."""
    kept = found.filter(
        pl.col("cn8").str.contains(r"^[0-9]{8}$") & pl.col("written").str.contains(r"^[0-9]{4,6}$")
    )
    sums = kept.group_by("cn8", "cpa").agg(value=pl.col("value").sum())
    whole = pl.col("value").sum().over("cn8")
    share = pl.when(whole > 0).then(pl.col("value") / whole).otherwise(1 / pl.len().over("cn8"))
    listed = sums.with_columns(share=share).filter(pl.col("share") > 0)
    return listed.select(*PRODUCT_SCHEMA).sort("cn8", "cpa").collect(engine="streaming")
