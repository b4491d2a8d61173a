"""What the sources of enrichment tell, brought to the establishments of a snapshot."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from maillon.reference.register.enrich import Enrichment
from maillon.reference.register.schema import CAPABILITIES

#: Sources in which a chamber names firms itself.
_NAMING = frozenset({"members", "lists"})


def named_by_hand(told: Sequence[Enrichment]) -> dict[str, pl.DataFrame]:
    """Return the tables ``named_sites`` and ``named_firms`` of what a chamber's own files name."""
    keys = {"siret": pl.String, "siren": pl.String}
    rows = [one.capabilities.select(*keys) for one in told if one.source in _NAMING]
    named = pl.concat(rows) if rows else pl.DataFrame(schema=keys)
    sites = named.select("siret").drop_nulls().unique().sort("siret")
    firms = named.filter(pl.col("siret").is_null()).select("siren").drop_nulls().unique().sort("siren")
    return {
        "named_sites": sites.with_columns(named_site=True),
        "named_firms": firms.with_columns(named_firm=True),
    }


def numbered_rows(told: Sequence[Enrichment]) -> pl.DataFrame:
    """Return the rows whose firm has a number: ``CAPABILITIES`` and ``siren``."""
    empty = pl.DataFrame(schema={**CAPABILITIES, "siren": pl.String})
    return pl.concat([empty, *(one.capabilities.select(empty.columns) for one in told)])


def join_capabilities(
    rows: pl.DataFrame, establishments: pl.DataFrame, links: pl.DataFrame
) -> tuple[pl.DataFrame, dict[str, int]]:
    """Return the capabilities of the snapshot's establishments and how many rows found none, by source.

    ``establishments`` has ``siret, siren, head_office, active``. A row that knows only the firm goes to its
    head office, else to its first establishment. A row whose establishment is not there goes to the one that
    took it over, else to the firm's head office: a moved firm still makes what it made.
    """
    active, head = (pl.col(name).fill_null(value=False) for name in ("active", "head_office"))
    heads = establishments.sort(active, head, "siret", descending=[True, True, False])
    heads = heads.unique("siren", keep="first", maintain_order=True).select("siren", head="siret")
    present = establishments.select("siret", present="siret")
    after = links.sort("date", nulls_last=False).unique("predecessor", keep="last", maintain_order=True)
    after = after.join(present, left_on="successor", right_on="siret", how="semi").drop("date")
    found = (
        rows.join(present, on="siret", how="left", maintain_order="left")
        .join(after, left_on="siret", right_on="predecessor", how="left", maintain_order="left")
        .join(heads, on="siren", how="left", maintain_order="left")
        .with_columns(siret=pl.coalesce("present", "successor", "head"))
    )
    lost = dict(found.filter(pl.col("siret").is_null())["source"].value_counts().sort("source").iter_rows())
    kept = found.drop_nulls("siret").select(*CAPABILITIES).cast(pl.Schema(CAPABILITIES))
    return kept.unique(maintain_order=True).sort("siret", "source", "kind", maintain_order=True), lost
