"""A purchase ledger taken as a flat bill of materials: one line for each part and vendor."""

from __future__ import annotations

import polars as pl
from polars.dataframe.group_by import GroupBy

from maillon.core.bom import Bom, bom_from
from maillon.core.ledger import Ledger
from maillon.core.vendor import VendorBook
from maillon.intake.join.merge import years_covered

_SAME = (
    "reference",
    "supplier_reference",
    "gtin",
    "what",
    "vendor",
    "unit",
    "currency",
    "making_country",
    "evidence",
)
_FIRST = (
    "reference", "supplier_reference", "designation", "cn", "unit", "currency", "supplier", "supplier_id",
    "supplier_site", "supplier_country", "making_country", "evidence", "evidence_source", "file", "sheet",
    "row",
)  # fmt: skip


def ledger_to_bom(ledger: Ledger) -> Bom:
    """Return one line for each part bought from one vendor, in one unit, currency and origin.

    Parts are told apart by their references, without any by their designation; accounting entries, which
    have neither references nor quantities, by vendor, account and label without its numbers. Amounts are
    summed, credit notes included, so that the lines sum to the ledger; the price is their mean. A purchase
    that states no origin joins the part's only stated origin. ``quantity`` is that of the whole period,
    ``annual_quantity`` that of a year.
    """
    purchases = ledger.purchases
    if purchases.is_empty():
        return bom_from({"line": pl.Series([], dtype=pl.Int64)}, name=ledger.name)
    lines = (
        _grouped(purchases)
        .agg(
            *(pl.col(name).drop_nulls().first() for name in _FIRST if name not in _SAME),
            order=pl.col("line").min(),
            quantity=_complete("quantity"),
            amount=_complete("amount"),
            mass_sum=_complete("mass"),
        )
        .sort("order")
    )
    return bom_from(_priced(lines, years_covered(purchases)), name=ledger.name)


def purchases_behind(ledger: Ledger) -> dict[int, list[int]]:
    """Return the purchases (their numbers in the ledger) behind each line of ``ledger_to_bom(ledger)``."""
    if ledger.purchases.is_empty():
        return {}
    behind = _grouped(ledger.purchases).agg(bought=pl.col("line"), order=pl.col("line").min()).sort("order")
    return {place: sorted(bought) for place, bought in enumerate(behind["bought"].to_list(), 1)}


def _grouped(purchases: pl.DataFrame) -> GroupBy:
    """Gather the purchases that make one line, the latest first."""
    keyed = purchases.with_columns(what=_what(), vendor=VendorBook([purchases]).keys(purchases))
    latest = _with_only_origin(keyed).sort("date", descending=True, nulls_last=True, maintain_order=True)
    return latest.group_by(_SAME, maintain_order=True)


def _what() -> pl.Expr:
    """Return what tells purchases without reference apart."""
    named = pl.any_horizontal(pl.col("reference", "supplier_reference", "gtin").is_not_null())
    label = (
        pl.col("designation").str.replace_all(r"\S*\d\S*", " ").str.replace_all(r"\s+", " ").str.strip_chars()
    )
    entry = pl.format("{} {}", pl.col("account").fill_null(""), label.fill_null(""))
    written = pl.col("designation").str.to_lowercase()
    return pl.when(named).then(None).when(pl.col("quantity").is_null()).then(entry).otherwise(written)


def _with_only_origin(keyed: pl.DataFrame) -> pl.DataFrame:
    """Give a purchase without origin the only origin that the same part from the same vendor has."""
    part = ("reference", "supplier_reference", "gtin", "what", "vendor")
    named = pl.any_horizontal(pl.col("reference", "supplier_reference", "gtin").is_not_null())
    countries = pl.col("making_country").drop_nulls()
    only = named & (countries.n_unique().over(part) == 1)
    level = pl.col("evidence").drop_nulls().first().over(part)
    source = pl.col("evidence_source").drop_nulls().first().over(part)
    silent = only & pl.col("making_country").is_null()
    return keyed.with_columns(
        making_country=pl.when(silent).then(countries.first().over(part)).otherwise("making_country"),
        evidence=pl.when(silent).then(level).otherwise("evidence"),
        evidence_source=pl.when(silent).then(source).otherwise("evidence_source"),
    )


def _complete(name: str) -> pl.Expr:
    """Return the sum of a column, unknown as soon as one value is."""
    return pl.when(pl.col(name).is_not_null().all()).then(pl.col(name).sum())


def _priced(lines: pl.DataFrame, years: float) -> pl.DataFrame:
    counted = pl.col("quantity") > 0
    return lines.select(
        *_FIRST,
        "quantity",
        "amount",
        annual_quantity=pl.when(counted).then(pl.col("quantity") / years),
        unit_price=pl.when(counted & (pl.col("amount") >= 0)).then(pl.col("amount") / pl.col("quantity")),
        mass=pl.when(counted).then(pl.col("mass_sum") / pl.col("quantity")),
    )
