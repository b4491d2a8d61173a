"""The Sankey of a diagnosis: families of purchase → countries of making."""

from __future__ import annotations

import polars as pl

from maillon.core.message import Message, message
from maillon.language import render
from maillon.method.diagnose.assumptions import DEFAULT_ASSUMPTIONS
from maillon.method.diagnose.foreign import established_abroad
from maillon.method.diagnose.results import Diagnosis
from maillon.reference.classifications.families import family_label
from maillon.reference.places import country_name
from maillon.report.charts.ink import Link, zone_of
from maillon.report.charts.sankey import End, Flow, draw_sankey
from maillon.report.figure import Figure
from maillon.report.figures import percent
from maillon.report.measure import Measure, measure_of

_FAMILIES, _COUNTRIES = 8, 6
#: Below this share an end is gathered with the others: its ribbon would be a hair.
_LEAST = 0.005
_OTHER, _UNKNOWN, _UNREAD = "~other", "~unknown", "~unread"


def draw_flows(diagnosis: Diagnosis, language: str, link: Link | None = None) -> Figure | None:
    """Return families → countries; None when no country of making is known: there is no flow to see."""
    measure = measure_of(diagnosis)
    sizes = diagnosis.by_country.select("family", "country", size=measure.column).filter(pl.col("size") > 0)
    if sizes["country"].null_count() == sizes.height:
        return None
    gathered = (
        sizes.with_columns(**_both_ends(sizes))
        .group_by("start", "stop")
        .agg(pl.col("size").sum())
        .sort("size", "start", "stop", descending=[True, False, False])
    )
    starts = _ends(gathered, "start", measure, language)
    stops = _ends(gathered, "stop", measure, language)
    names = {end.key: end.label for end in [*starts, *stops]}
    behind = _lines_behind(diagnosis, sizes) if link else {}
    flows = [
        Flow(
            start,
            stop,
            size,
            f"{names[start]} → {names[stop]} : {measure.words(size, language)}",
            link(behind.get((start, stop), [])) if link else "",
        )
        for start, stop, size in gathered.iter_rows()
    ]
    caption = render(_finding(sizes, measure), language)
    headers = (
        message("Family"),
        message("Made in"),
        message("Spend") if measure.priced else message("Lines"),
    )
    return Figure(
        caption,
        measure.unit(language),
        draw_sankey(starts, stops, flows, caption),
        tuple(render(header, language) for header in headers),
        tuple((names[f.start], names[f.stop], measure.words(f.amount, language)) for f in flows),
    )


def _both_ends(sizes: pl.DataFrame) -> dict[str, pl.Expr]:
    return {
        "start": _gather("family", _FAMILIES, sizes, _UNREAD),
        "stop": _gather("country", _COUNTRIES, sizes, _UNKNOWN),
    }


def _lines_behind(diagnosis: Diagnosis, sizes: pl.DataFrame) -> dict[tuple[str, str], list[int]]:
    """Return the lines of each flow, by its ends."""
    ended = diagnosis.purchases.with_columns(**_both_ends(sizes))
    return {(a, b): lines for a, b, lines in ended.group_by("start", "stop").agg("line").iter_rows()}


def _gather(column: str, most: int, sizes: pl.DataFrame, absent: str) -> pl.Expr:
    """Keep the ``most`` largest values of a column, gather the rest; nulls stay a class of their own."""
    largest = (
        sizes.drop_nulls(column)
        .group_by(column)
        .agg(pl.col("size").sum())
        .filter(pl.col("size") >= _LEAST * float(sizes["size"].sum()))
        .sort("size", column, descending=[True, False])[column]
    )
    kept = largest.head(most if len(largest) > most + 1 else most + 1)
    value = pl.when(pl.col(column).is_in(kept.implode())).then(pl.col(column)).otherwise(pl.lit(_OTHER))
    return pl.when(pl.col(column).is_null()).then(pl.lit(absent)).otherwise(value)


def _ends(gathered: pl.DataFrame, side: str, measure: Measure, language: str) -> list[End]:
    """Return the ends of one side by falling size; the gathered and the unknown stand last."""
    sums = gathered.group_by(side).agg(pl.col("size").sum()).sort("size", side, descending=[True, False])
    rank = {_OTHER: 1, _UNKNOWN: 2, _UNREAD: 2}
    rows = sorted(sums.iter_rows(), key=lambda row: rank.get(row[0], 0))
    return [
        End(key, _label(key, side, language), _figure(size, measure, language), _zone(key, side))
        for key, size in rows
    ]


def _label(key: str, side: str, language: str) -> str:
    words: dict[str, Message] = {
        _OTHER: message("Other families") if side == "start" else message("Other countries"),
        _UNKNOWN: message("Unknown"),
        _UNREAD: message("Family not recognised"),
    }
    if key in words:
        return render(words[key], language)
    return family_label(key, language) if side == "start" else country_name(key, language)


def _zone(key: str, side: str) -> str:
    if side == "start":
        return "ink"
    return {_UNKNOWN: "unknown", _OTHER: "mixed"}.get(key) or zone_of(key)


def _figure(size: float, measure: Measure, language: str) -> str:
    return f"{measure.words(size, language)}, {measure.share_words(size, language)}"


def _finding(sizes: pl.DataFrame, measure: Measure) -> Message:
    """Return what the flows show: how much is known to be made abroad, how much is unknown."""
    known = pl.col("country").is_not_null()
    abroad = float(sizes.filter(established_abroad(DEFAULT_ASSUMPTIONS))["size"].sum()) / measure.total
    unknown = percent(float(sizes.filter(~known)["size"].sum()) / measure.total)
    share = percent(abroad)
    if abroad == 0:
        return (
            message("No foreign making site is known; {share} of purchases is unknown", share=unknown)
            if measure.priced
            else message("No foreign making site is known; {share} of the lines is unknown", share=unknown)
        )
    return (
        message(
            "{share} of purchases is known to be made abroad, {unknown} is unknown",
            share=share,
            unknown=unknown,
        )
        if measure.priced
        else message(
            "{share} of the lines is known to be made abroad, {unknown} is unknown",
            share=share,
            unknown=unknown,
        )
    )
