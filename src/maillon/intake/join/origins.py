"""What papers prove about where a part is made, against what its line says. Evidence never falls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from maillon.core.bom import Bom
from maillon.core.doubt import Doubt, Treatment
from maillon.core.evidence import Evidence
from maillon.core.message import message
from maillon.reference.places import locate_many

_LEVELS = {level.code: int(level) for level in Evidence}
#: Where a line said the part is made, more exactly than the country: void once the country changes.
_SITE = ("making_site", "making_region", "making_departement", "making_lat", "making_lon")


@dataclass(frozen=True, slots=True)
class Raised:
    """The lines with their origins raised, how many of them rose, and the contradictions met."""

    bom: Bom
    raised: int
    doubts: tuple[Doubt, ...]


def raise_origins(bom: Bom, purchases: pl.DataFrame, pairs: pl.DataFrame) -> Raised:
    """Return ``bom`` with each making country at the strongest evidence that its purchases give.

    A line without vendor, or whose vendor's purchases state no origin, learns from any purchase of it. Of
    papers of equal strength that name different countries, the line's own country is kept if it is one of
    them, else the one of the largest purchases; each contradiction is a ``Doubt`` that names both.
    """
    stated = _statements(bom, purchases, pairs)
    if stated.is_empty():
        return Raised(bom, 0, ())
    own = known_countries(bom.lines)
    # "level" is also a column of the structure: the level of a proof has a name of its own.
    best = _strongest(stated, own).select("line_row", "country", "source", proof="level")
    lines = bom.lines.with_columns(own=own, before=_levels(bom.lines, own)).with_row_index("line_row")
    joined = lines.cast({"line_row": pl.Int64}).join(best, on="line_row", how="left", maintain_order="left")
    stronger = pl.col("proof").fill_null(0) > pl.col("before")
    moved = stronger & pl.col("own").ne_missing(pl.col("country"))
    lines = joined.with_columns(
        pl.when(~moved).then(pl.col(*_SITE)),
        making_country=pl.when(stronger).then("country").otherwise("making_country"),
        evidence=pl.when(stronger).then(_code(pl.col("proof"))).otherwise("evidence"),
        evidence_source=pl.when(stronger).then("source").otherwise("evidence_source"),
    )
    raised = joined.filter(stronger).height
    after = Bom(lines.select(bom.lines.columns), bom.name, bom.version)
    return Raised(after, raised, tuple(_contradictions(bom, after, stated)))


def known_countries(lines: pl.DataFrame) -> pl.Series:
    """Return the country where each line says it is made: as a code, else by the site that it names."""
    codes, sites = lines["making_country"], lines["making_site"]
    if sites.null_count() == len(sites):
        return codes.alias("own")
    located = locate_many(sites)["country"]
    return codes.zip_with(codes.is_not_null(), located).alias("own")


def _levels(lines: pl.DataFrame, own: pl.Series) -> pl.Series:
    """Return the evidence of each origin as a number, inferred where no level is stated.

    A site that lies in no known country ("to be asked") is no origin, whatever level is written beside it.
    """
    stated = lines["evidence"].replace_strict(_LEVELS, default=int(Evidence.INFERRED), return_dtype=pl.Int64)
    return stated.fill_null(int(Evidence.INFERRED)) * own.is_not_null().cast(pl.Int64)


def _code(level: pl.Expr) -> pl.Expr:
    return level.replace_strict(list(_LEVELS.values()), list(_LEVELS), default=None, return_dtype=pl.String)


def _statements(bom: Bom, purchases: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each line, country and level that its purchases state."""
    facts = purchases.select(
        country="making_country",
        level=pl.col("evidence").replace_strict(_LEVELS, default=None, return_dtype=pl.Int64),
        source=pl.coalesce("evidence_source", pl.format("{}, {}", "file", "row")),
        weight=pl.col("amount").abs().fill_null(0.0),
        date="date",
    ).with_row_index("purchase_row")
    known = pairs.join(
        facts.with_columns(pl.col("purchase_row").cast(pl.Int64)).drop_nulls(["country", "level"]),
        on="purchase_row",
    )
    own = pl.col("same_vendor").fill_null(value=True)
    from_vendor = known.filter(own | ~own.any().over("line_row"))
    return (
        from_vendor.sort("date", descending=True, nulls_last=True, maintain_order=True)
        .group_by("line_row", "country", "level", maintain_order=True)
        .agg(pl.col("source").first(), pl.col("weight").sum(), pl.col("date").first())
    )


def _strongest(stated: pl.DataFrame, own: pl.Series) -> pl.DataFrame:
    """Return the statement that each line takes over, if it takes any."""
    said = pl.DataFrame({"own": own}).with_row_index("line_row").cast({"line_row": pl.Int64})
    ranked = stated.join(said, on="line_row", how="left").with_columns(
        agrees=(pl.col("country") == pl.col("own")).fill_null(value=False)
    )
    order = ["level", "agrees", "weight", "date", "country"]
    return ranked.sort(order, descending=[True, True, True, True, False], nulls_last=True).unique(
        "line_row", keep="first", maintain_order=True
    )


def _contradictions(before: Bom, after: Bom, stated: pl.DataFrame) -> Iterator[Doubt]:
    """Yield a doubt for each line whose sources name several countries."""
    said = (
        before.lines.select(
            country=known_countries(before.lines),
            source=pl.coalesce("evidence_source", "making_site", "file"),
        )
        .with_row_index("line_row")
        .cast({"line_row": pl.Int64})
        .drop_nulls("country")
    )
    every = pl.concat(
        [said.select("line_row", "country", "source"), stated.select("line_row", "country", "source")]
    )
    every = every.unique(["line_row", "country"], keep="last", maintain_order=True)
    split = every.filter(pl.len().over("line_row") > 1).sort("line_row", maintain_order=True)
    countries = known_countries(after.lines)
    for (row,), group in split.group_by("line_row", maintain_order=True):
        line, kept = after.lines.row(int(str(row)), named=True), countries[int(str(row))]
        others = group.filter(pl.col("country") != kept)
        yield Doubt(
            "conflicting-origin",
            message(
                "{part}: {kept} ({source}) is kept as the origin; other sources say {others}.",
                part=line["reference"] or line["designation"] or f"#{line['line']}",
                kept=kept,
                source=line["evidence_source"] or line["file"] or "?",
                others=", ".join(
                    f"{c} ({s})" if s else c for c, s in others["country", "source"].iter_rows()
                ),
            ),
            Treatment.WARNED,
            sheet=line["sheet"] or "",
            cell=f"{line['row']}:{line['row']}" if line["row"] else "",
        )
