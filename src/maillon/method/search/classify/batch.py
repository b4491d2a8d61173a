"""Classifying a whole column of designations: each distinct text once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillon.method.search.classify.classify import CUTOFF, SURE, classify_designation
from maillon.method.search.classify.result import Classification

if TYPE_CHECKING:
    import polars as pl

LISTS = ("processes", "naf", "cpa", "cn", "naf_2025")


def classify_designations(
    series: pl.Series, *, cutoff: float = CUTOFF, sure: float = SURE, language: str | None = None
) -> pl.DataFrame:
    """Classify a column of designations into a frame of one row per value, in the same order.

    Columns: ``designation`` (as given); ``cn``, ``naf``, ``cpa`` (the best code or null) each with its
    ``…_probability``; and ``processes_listed``, ``naf_listed``, ``cpa_listed``, ``cn_listed``,
    ``naf_2025_listed``: lists of ``{code, probability}``, best first, empty where nothing is proposed. A null
    designation gives a row of nulls. Options as in ``classify_designation``.
    """
    import polars as pl  # noqa: PLC0415 - heavy, and only this function needs it

    name = "designation"
    column = series.cast(pl.String).alias(name)
    distinct = column.drop_nulls().unique(maintain_order=True)
    found = [
        classify_designation(text, cutoff=cutoff, sure=sure, language=language) for text in distinct.to_list()
    ]
    listed = pl.DataFrame(
        {name: distinct, **{f"{kind}_listed": [_structs(one, kind) for one in found] for kind in LISTS}},
        schema={name: pl.String(), **{f"{kind}_listed": _listed_type() for kind in LISTS}},
    )
    best = [
        pl.col(f"{kind}_listed").list.first().struct.field(field).alias(f"{kind}{suffix}")
        for kind in ("cn", "naf", "cpa")
        for field, suffix in (("code", ""), ("probability", "_probability"))
    ]
    lists = [pl.col(f"{kind}_listed") for kind in LISTS]
    return column.to_frame().join(
        listed.select(name, *best, *lists), on=name, how="left", maintain_order="left"
    )


def _structs(found: Classification, kind: str) -> list[dict[str, object]]:
    return [{"code": share.code, "probability": share.probability} for share in getattr(found, kind)]


def _listed_type() -> pl.List:
    import polars as pl  # noqa: PLC0415 - heavy, and only frames need it

    return pl.List(pl.Struct({"code": pl.String(), "probability": pl.Float64()}))
