"""What the purchases of a part add where its line is silent: price, vendor, mass, customs code."""

from __future__ import annotations

import polars as pl

from maillon.core.bom import Bom

_SELLER = ("supplier", "supplier_id", "supplier_site", "supplier_country", "supplier_reference")


def fill_lines(bom: Bom, purchases: pl.DataFrame, pairs: pl.DataFrame, years: float) -> Bom:
    """Return ``bom`` with its unknown values filled from the matched purchases; nothing known is changed.

    ``unit_price`` is the mean price paid (amounts over quantities, credit notes apart) in one currency and
    the line's unit. Vendor data come from the line's own vendor, or from its largest one where it has none.
    ``annual_quantity`` is what was bought in a year, where the purchases belong to that line alone.
    """
    bought = pairs.join(
        purchases.with_row_index("purchase_row").cast({"purchase_row": pl.Int64}), on="purchase_row"
    )
    lines = bom.lines.with_row_index("line_row").cast({"line_row": pl.Int64})
    for found in (
        _sellers(bought, lines),
        _prices(bought, lines),
        _codes(bought),
        _yearly(bought, lines, years),
    ):
        lines = lines.join(found, on="line_row", how="left", maintain_order="left")
    filled = lines.with_columns(
        pl.coalesce(name, f"found_{name}").alias(name) for name in (*_SELLER, "cn", "mass", "annual_quantity")
    )
    unpriced = pl.all_horizontal(pl.col("unit_price", "amount").is_null())
    priced = filled.with_columns(
        unit_price=pl.when(unpriced).then("found_unit_price").otherwise("unit_price"),
        currency=pl.when(unpriced).then(pl.coalesce("found_currency", "currency")).otherwise("currency"),
        vat_included=pl.when(unpriced & pl.col("found_unit_price").is_not_null())
        .then(pl.lit(value=False))
        .otherwise("vat_included"),
    )
    return Bom(priced.select(bom.lines.columns), bom.name, bom.version)


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


def _prices(bought: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Return mean price and mass of one unit for lines whose purchases share currency and unit."""
    units = lines.select("line_row", line_unit="unit")
    paid = bought.join(units, on="line_row").filter(
        pl.col("quantity") > 0,
        pl.col("amount") > 0,
        pl.col("line_unit").is_null() | pl.col("unit").is_null() | (pl.col("unit") == pl.col("line_unit")),
    )
    one = (pl.col("currency").n_unique() == 1) & (pl.col("unit").n_unique() == 1)
    weighed = pl.col("mass").is_not_null()
    return paid.group_by("line_row").agg(
        found_unit_price=pl.when(one).then(pl.col("amount").sum() / pl.col("quantity").sum()),
        found_currency=pl.when(one).then(pl.col("currency").first()),
        found_mass=pl.when(weighed.any() & (pl.col("unit").n_unique() == 1)).then(
            pl.col("mass").filter(weighed).sum() / pl.col("quantity").filter(weighed).sum()
        ),
    )


def _codes(bought: pl.DataFrame) -> pl.DataFrame:
    """Return the customs code of lines whose purchases agree on one."""
    codes = bought.drop_nulls("cn").group_by("line_row").agg(pl.col("cn").unique())
    agreed = codes.filter(pl.col("cn").list.len() == 1)
    return agreed.select("line_row", found_cn=pl.col("cn").list.first())


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
