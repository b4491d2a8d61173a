"""What a sourcing plan is made from: parts, offers, suppliers and disruptions, as frames with a schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from maillon.method.plan.sourcing.checks import check_frames

#: One row a part. ``spend`` is €/yr, ``volume`` units/yr, ``supplier`` who delivers it today (null: a new
#: part), ``notice_months`` the notice owed to that supplier, ``local_weight`` what the part weighs in the
#: local share, in the unit of the chosen basis (€, kg, 1 a line; null: its spend).
PARTS: Mapping[str, Any] = {
    "part": pl.String,
    "label": pl.String,
    "spend": pl.Float64,
    "volume": pl.Float64,
    "critical": pl.Boolean,
    "supplier": pl.String,
    "notice_months": pl.Float64,
    "local_weight": pl.Float64,
}
#: One row a part and supplier. ``annual_cost`` is €/yr for the whole part, ``qualification_cost`` € once
#: (null only for today's supplier, who is qualified), ``least_share`` and ``most_share`` bound the share of
#: the part once qualified (a minimum lot is a least share; null: the rules'), ``co2`` is kg CO2e/yr for the
#: whole part, ``local_value`` the local fraction of the value (null: none that is sure). Below
#: ``ideal_share`` (the ideal lot) each missing share costs ``below_ideal_cost`` €/yr in proportion.
OFFERS: Mapping[str, Any] = {
    "part": pl.String,
    "supplier": pl.String,
    "annual_cost": pl.Float64,
    "qualification_cost": pl.Float64,
    "qualification_months": pl.Float64,
    "least_share": pl.Float64,
    "most_share": pl.Float64,
    "co2": pl.Float64,
    "local_value": pl.Float64,
    "ideal_share": pl.Float64,
    "below_ideal_cost": pl.Float64,
}
#: One row a supplier. ``opening_cost`` is € once (null only for a current supplier), ``capacity`` €/yr of
#: spend (null: no limit known), ``turnover`` €/yr of the whole firm, ``current`` whether it delivers today.
SUPPLIERS: Mapping[str, Any] = {
    "supplier": pl.String,
    "label": pl.String,
    "opening_cost": pl.Float64,
    "capacity": pl.Float64,
    "zone": pl.String,
    "turnover": pl.Float64,
    "current": pl.Boolean,
}
#: One row a disruption. Probabilities, all given or all null (equal), sum to 1 at most; what is missing to 1
#: is the year without disruption.
SCENARIOS: Mapping[str, Any] = {"scenario": pl.String, "label": pl.String, "probability": pl.Float64}
#: One row a disruption and supplier it hits, with the share of the supplier's deliveries that is lost.
LOSSES: Mapping[str, Any] = {"scenario": pl.String, "supplier": pl.String, "lost_share": pl.Float64}


@dataclass(frozen=True, slots=True, eq=False)
class SourcingProblem:
    """Checked inputs of ``plan_sourcing``; build it with ``sourcing_problem``. Schemas: see the constants."""

    parts: pl.DataFrame
    offers: pl.DataFrame
    suppliers: pl.DataFrame
    scenarios: pl.DataFrame
    losses: pl.DataFrame

    def __repr__(self) -> str:
        """Return the sizes in one line."""
        return (
            f"<SourcingProblem: {self.parts.height} parts, {self.offers.height} offers, "
            f"{self.suppliers.height} suppliers, {self.scenarios.height} disruptions>"
        )


Rows = pl.DataFrame | Mapping[str, Any]


def sourcing_problem(
    parts: Rows,
    offers: Rows,
    suppliers: Rows,
    scenarios: Rows | None = None,
    losses: Rows | None = None,
) -> SourcingProblem:
    """Return the problem of these frames (or columns); optional columns may be missing, others are dropped.

    Raises ``InvalidRequest`` with a sentence and a hint for a column that is missing, a name written twice or
    unknown, a figure that is missing, negative or no share.

    >>> sourcing_problem({"part": ["P1"], "spend": [100.0]},
    ...                  {"part": ["P1"], "supplier": ["S"], "annual_cost": [90.0],
    ...                   "qualification_cost": [5.0]},
    ...                  {"supplier": ["S"], "opening_cost": [0.0]})
    <SourcingProblem: 1 parts, 1 offers, 1 suppliers, 0 disruptions>
    """
    frames = {
        "parts": _fitted(parts, PARTS),
        "offers": _fitted(offers, OFFERS),
        "suppliers": _fitted(suppliers, SUPPLIERS),
        "scenarios": _fitted({} if scenarios is None else scenarios, SCENARIOS),
        "losses": _fitted({} if losses is None else losses, LOSSES),
    }
    check_frames(frames)
    return SourcingProblem(**_completed(frames))


def _fitted(rows: Rows, schema: Mapping[str, Any]) -> pl.DataFrame:
    """Return the columns of the schema, in its types; a missing column is all null."""
    frame = rows if isinstance(rows, pl.DataFrame) else pl.DataFrame(dict(rows))
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in schema.items()
    )[: frame.height]


def _completed(frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Fill what has a meaning when it is not said: not critical, qualified already, open already."""
    parts = frames["parts"].with_columns(
        pl.col("label").fill_null(pl.col("part")),
        pl.col("critical").fill_null(value=False),
        pl.col("local_weight").fill_null(pl.col("spend")),
    )
    suppliers = frames["suppliers"].with_columns(
        pl.col("label").fill_null(pl.col("supplier")),
        current=pl.col("current").fill_null(
            pl.col("supplier").is_in(parts["supplier"].drop_nulls().implode())
        ),
    )
    suppliers = suppliers.with_columns(pl.col("opening_cost").fill_null(0.0))
    offers = frames["offers"].with_columns(pl.col("qualification_cost").fill_null(0.0))
    scenarios = frames["scenarios"].with_columns(
        pl.col("label").fill_null(pl.col("scenario")),
        pl.col("probability").fill_null(1.0 / max(frames["scenarios"].height, 1)),
    )
    completed = {"parts": parts, "offers": offers, "suppliers": suppliers, "scenarios": scenarios}
    return completed | {"losses": frames["losses"]}
