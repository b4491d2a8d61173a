"""The bought lines as a table: what, from whom, from where, on what evidence, for how much."""

from __future__ import annotations

import polars as pl

from maillon.core.evidence import Evidence
from maillon.method.diagnose.bought import BoughtLines
from maillon.method.diagnose.costs import CostedBom
from maillon.method.diagnose.origins import Origins
from maillon.method.diagnose.suppliers import shown_names, supplier_keys


def purchase_table(costed: CostedBom, bought: BoughtLines, origins: Origins) -> pl.DataFrame:
    """Return one row for each bought line, in the order of the file.

    Columns: ``line, reference, designation, family, supplier`` (its usual name), ``vendor`` (its key),
    ``country`` of the making site as believed, ``level`` (rank of its evidence), ``evidence`` (its code),
    ``spend`` (null: unknown), ``position``.
    """
    lines = costed.bom.lines
    vendor = supplier_keys(lines["supplier"], lines["supplier_id"])
    level = pl.Series("level", origins.level[bought.position])
    codes = {int(e): e.code for e in Evidence}
    return (
        lines.select("line", "reference", "designation", "family", "supplier")
        .with_columns(shown_names(lines["supplier"], vendor).alias("supplier"), vendor.alias("vendor"))[
            bought.row
        ]
        .with_columns(
            origins.country[bought.position].alias("country"),
            level,
            level.replace_strict(codes, return_dtype=pl.String).alias("evidence"),
            pl.Series("spend", bought.spend).fill_nan(None),
            pl.Series("position", bought.position),
        )
    )


def spend_by_country(purchases: pl.DataFrame) -> pl.DataFrame:
    """Add the spend up by family, country of making and level of evidence; nulls are unknown."""
    return (
        purchases.group_by("family", "country", "evidence")
        .agg(spend=pl.col("spend").sum(), lines=pl.len().cast(pl.Int64))
        .sort("spend", "family", "country", "evidence", descending=[True, False, False, False])
    )


def spend_by_evidence(purchases: pl.DataFrame) -> dict[str, float]:
    """Return the share of spend at each level of evidence, all four always there."""
    total = float(purchases["spend"].sum())
    found = dict(purchases.group_by("evidence").agg(pl.col("spend").sum()).iter_rows())
    return {e.code: (float(found.get(e.code) or 0.0) / total if total > 0 else 0.0) for e in Evidence}
