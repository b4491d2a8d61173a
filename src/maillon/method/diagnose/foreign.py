"""The lines made abroad, by falling spend: the few that hold most of it."""

from __future__ import annotations

import polars as pl

from maillon.core.bom import Bom
from maillon.core.place import FRANCE, Territory, TerritoryKind
from maillon.method.diagnose.assumptions import DEFAULT_ASSUMPTIONS, DiagnoseAssumptions
from maillon.method.diagnose.bought import bought_lines
from maillon.method.diagnose.costs import CostedBom, as_costed
from maillon.method.diagnose.membership import territory_countries
from maillon.method.diagnose.origins import find_origins
from maillon.method.diagnose.purchases import purchase_table
from maillon.method.diagnose.results import ForeignSpend, Site

#: Share of the foreign spend that the vital few lines hold (Juran's reading of Pareto).
VITAL_SHARE = 0.8


def foreign_spend(
    bom: Bom | CostedBom, assumptions: DiagnoseAssumptions = DEFAULT_ASSUMPTIONS
) -> ForeignSpend:
    """List the bought lines established as made outside ``assumptions.home``, by falling spend.

    ``vital`` is the smallest number of lines that hold 80 % of that spend. Lines of unknown origin are not in
    the list, nor are those whose evidence is below ``least_evidence``.

    >>> from maillon.core.bom import bom_from
    >>> bom = bom_from({"quantity": [1, 1, 1], "unit_price": [90.0, 10.0, 500.0],
    ...                 "making_country": ["CN", "JP", None]})
    >>> found = foreign_spend(bom)
    >>> found.spend, found.vital, found.lines["line"].to_list()
    (100.0, 1, [1, 2])
    """
    costed = as_costed(bom, assumptions)
    origins = find_origins(costed, Site.MAKING, (FRANCE,))
    return foreign_of(purchase_table(costed, bought_lines(costed), origins), costed)


def foreign_of(purchases: pl.DataFrame, costed: CostedBom) -> ForeignSpend:
    """Return the foreign spend of a table of purchases (see ``purchase_table``)."""
    least = int(costed.assumptions.least_evidence)
    abroad = purchases.filter((pl.col("level") >= least) & established_abroad(costed.assumptions))
    ranked = abroad.sort("spend", "line", descending=[True, False], nulls_last=True)
    total = float(ranked["spend"].sum())
    share = pl.col("spend").fill_null(0.0).cum_sum() / (total or 1.0)
    lines = ranked.select(
        "line",
        "reference",
        "designation",
        "supplier",
        pl.col("country").alias("making_country"),
        "evidence",
        "spend",
        cumulative_share=share,
    )
    short = int((lines["cumulative_share"] < VITAL_SHARE - 1e-12).sum())
    return ForeignSpend(lines, short + 1 if total > 0 else 0, total, costed.currency)


def established_abroad(assumptions: DiagnoseAssumptions) -> pl.Expr:
    """Tell whether the country of making is known and is not home (overseas parts are home)."""
    home = territory_countries(Territory(TerritoryKind.COUNTRY, assumptions.home))
    return pl.col("country").is_not_null() & ~pl.col("country").is_in(sorted(home))
