"""What the purchases of a part add where its line is silent: price, vendor, mass, customs code."""

from __future__ import annotations

import polars as pl

from maillon.core.bom import Bom

_SELLER = ("supplier", "supplier_id", "supplier_site", "supplier_country", "supplier_reference")


def fill_lines(bom: Bom, purchases: pl.DataFrame, pairs: pl.DataFrame, years: float) -> Bom:
    """Return ``bom`` with unknown prices and yearly quantities filled; nothing known is changed.

    ``unit_price`` is the mean price paid (amounts over quantities, credit notes apart) in one currency and
    the line's unit. ``annual_quantity`` is what was bought in a year, where the purchases belong to that line
    alone. ``purchases`` holds each purchase once.
    """
    bought, lines = _bought(purchases, pairs), _numbered(bom)
    for found in (_prices(bought, lines), _yearly(bought, lines, years)):
        lines = lines.join(found, on="line_row", how="left", maintain_order="left")
    unpriced = pl.all_horizontal(pl.col("unit_price", "amount").is_null())
    newly = unpriced & pl.col("found_unit_price").is_not_null()
    filled = lines.with_columns(
        annual_quantity=pl.coalesce("annual_quantity", "found_annual_quantity"),
        unit_price=pl.when(newly).then("found_unit_price").otherwise("unit_price"),
        currency=pl.when(newly).then("found_currency").otherwise("currency"),
        vat_included=pl.when(newly).then(pl.lit(value=False)).otherwise("vat_included"),
    )
    return Bom(filled.select(bom.lines.columns), bom.name, bom.version)


def fill_goods(bom: Bom, papers: pl.DataFrame, pairs: pl.DataFrame) -> Bom:
    """Return ``bom`` with unknown vendor data, customs codes and masses (kg a unit) filled from any paper.

    Vendor data come from the line's own vendor, or from its largest one where the line names none.
    """
    bought, lines = _bought(papers, pairs), _numbered(bom)
    for found in (_sellers(bought, lines), _codes(bought), _masses(bought, lines)):
        lines = lines.join(found, on="line_row", how="left", maintain_order="left")
    filled = lines.with_columns(
        pl.coalesce(name, f"found_{name}").alias(name) for name in (*_SELLER, "cn", "mass")
    )
    return Bom(filled.select(bom.lines.columns), bom.name, bom.version)


def _bought(purchases: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    numbered = purchases.with_row_index("purchase_row").cast({"purchase_row": pl.Int64})
    return pairs.join(numbered, on="purchase_row")


def _numbered(bom: Bom) -> pl.DataFrame:
    return bom.lines.with_row_index("line_row").cast({"line_row": pl.Int64})


def _sellers(bought: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Return the vendor data of each line: of purchases from its own vendor, else of its largest vendor."""
    nameless = lines.select(
        "line_row", nameless=pl.all_horizontal(pl.col("supplier", "supplier_id").is_null())
    )
    known = bought.join(nameless, on="line_row").filter(
        pl.col("same_vendor").fill_null(value=False) | pl.col("nameless")
    )
    spend = pl.col("amount").sum().over("line_row", pl.coalesce("supplier_id", "supplier"))
    return (
        known.with_columns(spend=spend)
        .sort("spend", "date", descending=True, nulls_last=True, maintain_order=True)
        .group_by("line_row", maintain_order=True)
        .agg(pl.col(name).drop_nulls().first().alias(f"found_{name}") for name in _SELLER)
    )


def _same_unit(bought: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Keep purchases counted in the unit of their line, of lines whose purchases share one unit."""
    units = lines.select("line_row", line_unit="unit")
    counted = bought.join(units, on="line_row").filter(
        pl.col("quantity") > 0,
        pl.col("line_unit").is_null() | pl.col("unit").is_null() | (pl.col("unit") == pl.col("line_unit")),
    )
    return counted.filter(pl.col("unit").n_unique().over("line_row") == 1)


def _prices(bought: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Return the mean price of one unit of lines bought in one currency."""
    paid = _same_unit(bought.filter(pl.col("amount") > 0), lines)
    same = paid.filter(pl.col("currency").n_unique().over("line_row") == 1)
    return same.group_by("line_row").agg(
        found_unit_price=pl.col("amount").sum() / pl.col("quantity").sum(),
        found_currency=pl.col("currency").first(),
    )


def _masses(bought: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    weighed = _same_unit(bought.filter(pl.col("mass") > 0), lines)
    return weighed.group_by("line_row").agg(found_mass=pl.col("mass").sum() / pl.col("quantity").sum())


def _codes(bought: pl.DataFrame) -> pl.DataFrame:
    """Return the customs code (at most CN8) of lines whose purchases agree on it, some less exactly."""
    codes = bought.drop_nulls("cn").select("line_row", cn=pl.col("cn").str.slice(0, 8))
    longest = codes.with_columns(
        longest=pl.col("cn").sort_by(pl.col("cn").str.len_chars(), descending=True).first().over("line_row")
    )
    agrees = pl.col("longest").str.starts_with(pl.col("cn"))
    agreed = longest.group_by("line_row").agg(pl.col("longest").first(), agrees=agrees.all()).filter("agrees")
    return agreed.select("line_row", found_cn="longest")


def _yearly(bought: pl.DataFrame, lines: pl.DataFrame, years: float) -> pl.DataFrame:
    """Return the quantity bought a year by lines that share their purchases with no other line."""
    units = lines.select("line_row", line_unit="unit")
    alone = bought.join(units, on="line_row").filter(pl.len().over("purchase_row") == 1)
    same = pl.col("unit").eq_missing(pl.coalesce("line_unit", "unit"))
    return (
        alone.group_by("line_row")
        .agg(
            found_annual_quantity=pl.when(same.all() & pl.col("quantity").is_not_null().all()).then(
                pl.col("quantity").sum() / years
            )
        )
        .filter(pl.col("found_annual_quantity") > 0)
    )
