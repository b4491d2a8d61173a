"""How concentrated the purchases are: Herfindahl-Hirschman index, effective suppliers, single sources."""

from __future__ import annotations

import polars as pl

from maillon.core.bom import Bom
from maillon.core.place import FRANCE
from maillon.method.diagnose.assumptions import DEFAULT_ASSUMPTIONS, DiagnoseAssumptions
from maillon.method.diagnose.bought import bought_lines
from maillon.method.diagnose.costs import CostedBom, as_costed
from maillon.method.diagnose.foreign import VITAL_SHARE, established_abroad
from maillon.method.diagnose.origins import find_origins
from maillon.method.diagnose.purchases import purchase_table
from maillon.method.diagnose.results import Concentration, Site

#: How many suppliers the result names.
TOP = 10


def concentration(
    bom: Bom | CostedBom, assumptions: DiagnoseAssumptions = DEFAULT_ASSUMPTIONS
) -> Concentration:
    """Measure how the known spend is spread over suppliers.

    HHI = Σ s², effective number 1/HHI, normalised (HHI - 1/n)/(1 - 1/n) for n > 1 suppliers
    (methods-economics §1). ``hhi_low`` and ``hhi_high`` bound the index over all the spend: what has no known
    supplier is either scattered, or all with the largest one. A single source is a reference (or an item
    without one) for which the file names exactly one supplier; critical are those among the lines that hold
    80 % of the spend and are not established as made at home.

    >>> from maillon.core.bom import bom_from
    >>> bom = bom_from({"quantity": [1, 1], "unit_price": [75.0, 25.0], "supplier": ["A", "B"]})
    >>> concentration(bom).hhi, round(concentration(bom).effective_suppliers, 2)
    (0.625, 1.6)
    """
    costed = as_costed(bom, assumptions)
    origins = find_origins(costed, Site.MAKING, (FRANCE,))
    return concentration_of(purchase_table(costed, bought_lines(costed), origins), costed)


def concentration_of(purchases: pl.DataFrame, costed: CostedBom) -> Concentration:
    """Return the concentration of a table of purchases (see ``purchase_table``)."""
    known = purchases.filter(pl.col("vendor").is_not_null())
    vendors = (
        known.group_by("vendor", maintain_order=True)
        .agg(pl.col("supplier").drop_nulls().first(), pl.col("spend").sum())
        .with_columns(name=pl.coalesce("supplier", "vendor"))
        .sort("spend", "name", descending=[True, False])
    )
    total, spent = float(purchases["spend"].sum()), float(vendors["spend"].sum())
    shares = vendors.filter(pl.col("spend") > 0).select(s=pl.col("spend") / spent)["s"]
    hhi = float((shares**2).sum())
    low, high = _bounds(vendors["spend"], total)
    single = _single_sources(purchases)
    named = vendors.head(TOP).select("name", pl.col("spend") / (spent or 1.0)).iter_rows()
    return Concentration(
        hhi=hhi,
        effective_suppliers=1 / hhi if hhi > 0 else 0.0,
        suppliers=vendors.height,
        spend=spent,
        currency=costed.currency,
        top=tuple((str(name), float(share)) for name, share in named),
        single_source_lines=single.height,
        single_source_spend=float(single["spend"].sum()),
        unknown_supplier_spend=float(purchases.filter(pl.col("vendor").is_null())["spend"].sum()),
        normalised=(hhi - 1 / len(shares)) / (1 - 1 / len(shares)) if len(shares) > 1 else None,
        hhi_low=low,
        hhi_high=high,
        critical_lines=tuple(_critical(single, purchases, costed)["line"].to_list()),
    )


def _bounds(spend: pl.Series, total: float) -> tuple[float, float]:
    """Bound the index over all spend: a sum of squares is convex, so its extremes are at the corners."""
    if total <= 0:
        return 0.0, 0.0
    known = spend.to_numpy() / total
    unknown = max(1.0 - float(known.sum()), 0.0)
    scattered = float((known**2).sum())
    largest = float(known.max(initial=0.0))
    return scattered, scattered - largest**2 + (largest + unknown) ** 2


def _single_sources(purchases: pl.DataFrame) -> pl.DataFrame:
    part = pl.coalesce("reference", pl.format("item {}", "position"))
    named = purchases.with_columns(sources=pl.col("vendor").drop_nulls().n_unique().over(part))
    return named.filter((pl.col("sources") == 1) & pl.col("vendor").is_not_null())


def _critical(single: pl.DataFrame, purchases: pl.DataFrame, costed: CostedBom) -> pl.DataFrame:
    total = float(purchases["spend"].sum())
    heavy = purchases.drop_nulls("spend").sort("spend", "line", descending=[True, False])
    before = pl.col("spend").cum_sum() - pl.col("spend")
    vital = heavy.filter((before < VITAL_SHARE * total) & (pl.col("spend") > 0))["line"]
    least = int(costed.assumptions.least_evidence)
    at_home = (pl.col("level") >= least) & ~established_abroad(costed.assumptions)
    kept = single.filter(pl.col("line").is_in(vital.implode()) & ~at_home.fill_null(value=False))
    return kept.sort("spend", "line", descending=[True, False])
