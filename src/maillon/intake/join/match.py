"""Which purchases are purchases of which lines: by the firm's own reference, then by the supplier's."""

from __future__ import annotations

import polars as pl

from maillon.core.bom import Bom
from maillon.core.vendor import VendorBook
from maillon.intake.join.codes import mapped, plain_code, zeroless

#: How sure each way of matching is; a purchase keeps only its surest matches.
RANKS = ("reference", "supplier_reference", "gtin", "manufacturer_reference", "order_code", "zeroless", "cn")


def match_purchases(bom: Bom, purchases: pl.DataFrame, book: VendorBook) -> pl.DataFrame:
    """Return pairs ``line_row``, ``purchase_row`` (zero-based), ``way`` of ``RANKS``, ``same_vendor``.

    ``same_vendor`` is null where the line or the purchase names no vendor. A supplier's reference counts only
    with a compatible vendor, the firm's own reference whoever sold it. A purchase may serve several lines.
    """
    lines, bought = _keyed_lines(bom, book), _keyed_purchases(purchases, book)
    gtins = [_pairs(lines, bought, key, "gtin", "gtin") for key in ("reference", "sold_as", "made_as")]
    ways = [
        _pairs(lines, bought, "reference", "reference", "reference"),
        _pairs(lines, bought, "sold_as", "sold_as", "supplier_reference").filter(_compatible()),
        *gtins,
        _pairs(lines, bought, "made_as", "sold_as", "manufacturer_reference").filter(_compatible()),
        _pairs(lines, bought, "reference", "sold_as", "order_code").filter(pl.col("same_vendor")),
        _pairs(lines, bought, "zeroless", "zeroless", "zeroless").filter(pl.col("same_vendor")),
    ]
    return _surest(pl.concat(ways))


def match_customs_codes(bom: Bom, purchases: pl.DataFrame, book: VendorBook) -> pl.DataFrame:
    """Return pairs of lines and customs papers that name no part, by customs code and vendor.

    Only where every paper on that code and vendor agrees on one country of origin: a code of eight digits
    covers many parts.
    """
    bare = pl.all_horizontal(pl.col("reference", "supplier_reference", "gtin").is_null())
    papers = (
        _keyed_purchases(purchases, book)
        .with_columns(purchases["making_country"], bare=purchases.select(bare).to_series())
        .filter("bare", pl.col("making_country").is_not_null(), pl.col("vendor").is_not_null())
    )
    agreed = papers.filter(pl.col("making_country").n_unique().over("cn", "vendor") == 1)
    pairs = _pairs(_keyed_lines(bom, book), agreed, "cn", "cn", "cn")
    return pairs.filter(pl.col("same_vendor"))


def _keyed_lines(bom: Bom, book: VendorBook) -> pl.DataFrame:
    lines = bom.lines
    return pl.DataFrame(
        {
            "line_row": pl.int_range(len(bom), eager=True),
            "reference": mapped(lines["reference"], plain_code),
            "sold_as": mapped(lines["supplier_reference"], plain_code),
            "made_as": mapped(lines["manufacturer_reference"], plain_code),
            "zeroless": mapped(lines["reference"], zeroless),
            "cn": lines["cn"].str.slice(0, 8),
            "vendor": book.keys(lines),
        }
    )


def _keyed_purchases(purchases: pl.DataFrame, book: VendorBook) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "purchase_row": pl.int_range(purchases.height, eager=True),
            "reference": mapped(purchases["reference"], plain_code),
            "sold_as": mapped(purchases["supplier_reference"], plain_code),
            "gtin": mapped(purchases["gtin"], plain_code),
            "zeroless": mapped(purchases["reference"], zeroless),
            "cn": purchases["cn"].str.slice(0, 8),
            "vendor": book.keys(purchases),
        }
    )


def _pairs(lines: pl.DataFrame, bought: pl.DataFrame, left: str, right: str, way: str) -> pl.DataFrame:
    one = lines.select("line_row", vendor="vendor", key=left).drop_nulls("key")
    other = bought.select("purchase_row", seller="vendor", key=right).drop_nulls("key")
    return one.join(other, on="key").select(
        "line_row", "purchase_row", way=pl.lit(way), same_vendor=pl.col("vendor") == pl.col("seller")
    )


def _compatible() -> pl.Expr:
    return pl.col("same_vendor").fill_null(value=True)


def _surest(pairs: pl.DataFrame) -> pl.DataFrame:
    rank = pl.col("way").replace_strict(RANKS, range(len(RANKS)), return_dtype=pl.Int64)
    ranked = pairs.with_columns(rank=rank)
    best = ranked.filter(pl.col("rank") == pl.col("rank").min().over("purchase_row"))
    kept = best.unique(["line_row", "purchase_row"], keep="first", maintain_order=True)
    return kept.drop("rank").sort("line_row", "purchase_row")
