"""Establishments taken over by others: INSEE's links of succession."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import narwhals as nw
import polars as pl

from maillon.reference.register.loading.cleaning import as_date, clean_columns
from maillon.reference.register.loading.layouts import LINKS
from maillon.reference.register.loading.official import OfficialFile, scan_text

FILE = "successions.parquet"
_SIRET = r"^\d{14}$"
SUCCESSIONS = {"predecessor": pl.String, "successor": pl.String, "date": pl.Date}


def read_links(file: OfficialFile) -> pl.DataFrame:
    """Return ``predecessor, successor, date`` of a file, in this order; no link to itself."""
    clean = clean_columns(nw.from_native(scan_text(file)), LINKS)
    before, after = (nw.col(f"siretEtablissement{name}") for name in ("Predecesseur", "Successeur"))
    links = clean.select(predecessor=before, successor=after, date=as_date("dateLienSuccession"))
    first, last = nw.col("predecessor"), nw.col("successor")
    whole = first.str.contains(_SIRET) & last.str.contains(_SIRET) & (first != last)
    kept: pl.LazyFrame = links.filter(whole).to_native().unique()
    return kept.sort("predecessor", "date", "successor", nulls_last=False).collect(engine="streaming")


def predecessors(links: pl.DataFrame) -> pl.DataFrame:
    """Return ``siret, predecessor``: of several, the last one taken over."""
    ordered = links.sort("successor", "date", "predecessor", nulls_last=False)
    last = ordered.unique("successor", keep="last", maintain_order=True)
    return last.select(siret="successor", predecessor="predecessor")


def follow(starts: Iterable[str], links: pl.LazyFrame, standing: pl.LazyFrame) -> dict[str, str]:
    """Return for each SIRET the one that stands for it now.

    An establishment among ``standing`` (a column ``siret``) stands for itself; any other is followed to
    the last one that took it over, and so on. A chain that comes back on itself ends before it repeats.
    """
    ends = {start: start for start in starts}
    passed = {start: {start} for start in ends}
    moving = set(ends)
    while moving:
        here = pl.Series("siret", sorted({ends[start] for start in moving}), dtype=pl.String)
        still = set(standing.filter(pl.col("siret").is_in(here.implode())).collect()["siret"])
        gone = links.filter(pl.col("predecessor").is_in(here.implode())).collect()
        ordered = gone.sort("predecessor", "date", "successor", nulls_last=False)
        after = dict(ordered.select("predecessor", "successor").iter_rows())
        moving = {start for start in moving if ends[start] not in still and ends[start] in after}
        moving = {start for start in moving if after[ends[start]] not in passed[start]}
        for start in moving:
            ends[start] = after[ends[start]]
            passed[start].add(ends[start])
    return ends


def write_links(folder: Path, links: pl.DataFrame) -> None:
    """Write the links into a snapshot."""
    links.write_parquet(folder / FILE)
