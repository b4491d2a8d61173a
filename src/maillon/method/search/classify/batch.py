"""Classifying a whole column of designations: each distinct text once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from maillon.method.search.classify.classify import CUTOFF, SURE, classify_read
from maillon.method.search.classify.result import Classification
from maillon.method.search.designation import read_designation
from maillon.reference.classifications.links.imported import import_stamp

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
    stamp = import_stamp()
    found = [
        classify_read(read_designation(text, language=language), text, cutoff=cutoff, sure=sure, stamp=stamp)
        for text in distinct.to_list()
    ]
    lists = [_listed(found, kind) for kind in LISTS]
    listed = pl.concat([distinct.to_frame(), *lists], how="horizontal")
    best = [
        pl.col(f"{kind}_listed").list.first().struct.field(field).alias(f"{kind}{suffix}")
        for kind in ("cn", "naf", "cpa")
        for field, suffix in (("code", ""), ("probability", "_probability"))
    ]
    answers = listed.select(name, *best, *(pl.col(f"{kind}_listed") for kind in LISTS))
    return column.to_frame().join(answers, on=name, how="left", maintain_order="left")


def _listed(found: Sequence[Classification], kind: str) -> pl.DataFrame:
    """Return one column of lists of ``{code, probability}``, one row per classification."""
    import polars as pl  # noqa: PLC0415 - heavy, and only frames need it

    row, name = "row", f"{kind}_listed"
    pairs = [(place, share) for place, one in enumerate(found) for share in getattr(one, kind)]
    flat = pl.DataFrame(
        {
            row: [place for place, _ in pairs],
            "code": [share.code for _, share in pairs],
            "probability": [share.probability for _, share in pairs],
        },
        schema={row: pl.Int64, "code": pl.String, "probability": pl.Float64},
    )
    packed = flat.select(row, pl.struct("code", "probability").alias(name))
    lists = packed.group_by(row, maintain_order=True).agg(name)
    index = pl.DataFrame({row: pl.int_range(len(found), eager=True)})
    joined = index.join(lists, on=row, how="left", maintain_order="left")
    return joined.select(pl.col(name).fill_null([]))
