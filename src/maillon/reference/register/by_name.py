"""Rows of enrichment that name a firm without its number: joined only where name and place leave no choice.

Nothing is guessed here: the resolution of messy names is a step of the method, with its probabilities.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from maillon.reference.register.enrich import Enrichment
from maillon.reference.register.schema import CAPABILITIES

_FORMS = r"\b(SASU|SAS|SARL|EURL|SNC|SCOP|SA)\b"
_PLACE = ("postcode", "commune_name")


def number_by_name(
    told: Sequence[Enrichment], establishments: pl.LazyFrame
) -> tuple[pl.DataFrame, dict[str, int]]:
    """Return the rows that one active firm alone answers to, as ``numbered_rows`` does, and how many rest.

    A firm answers by its name, legal name or a trade name, whatever the case, accents, signs and legal form,
    at the same postcode, or in the commune of that name where the row has no postcode. Of its establishments
    there the head office is taken. What rests is counted by source, in rows.
    """
    empty = pl.DataFrame(schema={**CAPABILITIES, "siren": pl.String})
    rows = [one.by_name for one in told if one.by_name.height]
    if not rows:
        return empty, {}
    asked = pl.concat(rows).with_row_index("row")
    keyed = asked.select("row", *_keys("name"))
    found = keyed.join(_answers(establishments, keyed), on=["key", "where"], how="inner", nulls_equal=False)
    alone = found.filter(pl.col("siren").n_unique().over("row") == 1)
    chosen = alone.sort("row", "head_office", "siret", descending=[False, True, False]).unique(
        "row", keep="first", maintain_order=True
    )
    numbered = asked.drop("siret", "siren").join(
        chosen.select("row", "siret", "siren"), on="row", how="inner"
    )
    rest = asked.join(chosen.select("row"), on="row", how="anti")
    counted = dict(rest["source"].value_counts().sort("source").iter_rows())
    return numbered.sort("row").select(*CAPABILITIES, "siren"), counted


def _answers(establishments: pl.LazyFrame, asked: pl.DataFrame) -> pl.DataFrame:
    """Return key and place → establishment, only at the places asked for: each under each of its names."""
    places = asked["where"].drop_nulls().unique().implode()
    names = pl.concat_list(
        pl.concat_list("name", "legal_name"), pl.col("trade_names").fill_null(pl.lit([], pl.List(pl.String)))
    )
    here = establishments.filter(pl.col("active").fill_null(value=False)).select(
        "siret", "siren", pl.col("head_office").fill_null(value=False), *_PLACE, said=names
    )
    by_place = [
        here.with_columns(where=pl.col("postcode")),
        here.with_columns(where=_folded(pl.col("commune_name"))),
    ]
    rows = pl.concat(by_place).filter(pl.col("where").is_in(places)).explode("said")
    keys = rows.select("siret", "siren", "head_office", "where", key=_folded(pl.col("said")))
    return keys.drop_nulls("key").unique().collect(engine="streaming")


def _keys(name: str) -> tuple[pl.Expr, pl.Expr]:
    where = pl.coalesce(pl.col("postcode"), _folded(pl.col("commune_name")))
    return _folded(pl.col(name)).alias("key"), where.alias("where")


def _folded(text: pl.Expr) -> pl.Expr:
    """Return letters and digits only, without accents nor legal form; null where nothing is left."""
    plain = text.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_uppercase()
    bare = plain.str.replace_all(_FORMS, " ").str.replace_all(r"[^A-Z0-9]", "")
    return pl.when(bare != "").then(bare)
