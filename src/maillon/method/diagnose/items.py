"""The items of a bill of materials: one row for each, merged from the lines that use it."""

from __future__ import annotations

import polars as pl

from maillon.core.bom import Bom
from maillon.core.evidence import Evidence
from maillon.core.reason import Reason
from maillon.method.diagnose.levels import Levels
from maillon.method.diagnose.prices import Prices
from maillon.method.diagnose.reasons import counted

PLACE = ("country", "region", "departement", "lat", "lon")
MAKING = tuple(f"making_{part}" for part in PLACE)
SUPPLIER = tuple(f"supplier_{part}" for part in PLACE)
_WHO = ("supplier", "supplier_id", "manufacturer")
_FIRST_KNOWN = (*SUPPLIER, *_WHO, "local_fraction", "mass", "unit", "family", "own")


def item_table(bom: Bom, prices: Prices, levels: Levels) -> tuple[pl.DataFrame, tuple[Reason, ...]]:
    """Return one row for each position of ``levels``, in order, and what had to be settled to get there.

    An item used in several places keeps its best documented making site, whole; two equally documented
    countries contradict each other and leave it unknown. Of prices that differ it keeps the range, of
    everything else the first value known. ``level`` is the rank of evidence of the making site (0 to 3).
    """
    frame = bom.lines.select(
        *MAKING,
        *(c for c in _FIRST_KNOWN if c != "own"),
        "evidence",
        pl.Series("position", levels.row_position),
    ).hstack(prices.frame.select("low", "high", "own"))
    frame = frame.filter(pl.col("position") >= 0).with_columns(level=_evidence_level())
    if frame["position"].n_unique() == frame.height:
        return frame.sort("position"), ()
    return _merge(frame)


def _evidence_level() -> pl.Expr:
    """Rank of evidence of the making site; a site stated without one is declared, by the firm's own file."""
    codes = {level.code: int(level) for level in Evidence}
    ranked = pl.col("evidence").replace_strict(codes, default=None, return_dtype=pl.Int64)
    located = pl.any_horizontal(pl.col(MAKING).is_not_null())
    return pl.when(located).then(ranked.fill_null(int(Evidence.DECLARED))).otherwise(0)


def _merge(frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[Reason, ...]]:
    ranked = frame.sort("position", "level", descending=[False, True], maintain_order=True)
    best = pl.col("making_country").filter(pl.col("level") == pl.col("level").max())
    merged = ranked.group_by("position", maintain_order=True).agg(
        pl.col(*MAKING, "level", "evidence").first(),
        pl.col(*_FIRST_KNOWN).drop_nulls().first(),
        pl.col("low").min(),
        pl.col("high").max(),
        contradictory=best.drop_nulls().n_unique() > 1,
        priced_twice=(pl.col("low").n_unique() > 1) & (pl.col("low").null_count() == 0),
    )
    unknown = pl.when(~pl.col("contradictory"))
    settled = merged.with_columns(unknown.then(pl.col(*MAKING)), level=unknown.then("level").otherwise(0))
    return settled, (
        *counted("contradictory_origin", int(merged["contradictory"].sum())),
        *counted("several_prices", int(merged["priced_twice"].sum())),
    )
