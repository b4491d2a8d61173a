"""The Sankey of a diagnosis: families of purchase → countries of making."""

from __future__ import annotations

import polars as pl

from maillon.core.message import Message, message
from maillon.core.money import Money
from maillon.language import format_money, format_percent, render
from maillon.method.diagnose.results import Diagnosis
from maillon.reference.classifications.families import family_label
from maillon.reference.places import country_name
from maillon.report.charts.ink import zone_of
from maillon.report.charts.sankey import End, Flow, draw_sankey
from maillon.report.figure import Figure
from maillon.report.figures import percent, period

_FAMILIES, _COUNTRIES = 7, 6
_OTHER, _UNKNOWN, _UNREAD = "~other", "~unknown", "~unread"


def draw_flows(diagnosis: Diagnosis, language: str) -> Figure | None:
    """Return families → countries by spend, the small ones gathered; None when nothing has a price."""
    spend = diagnosis.by_country.filter(pl.col("spend") > 0)
    if spend.is_empty():
        return None
    gathered = (
        spend.with_columns(
            start=_gather("family", _FAMILIES, spend, _UNREAD),
            stop=_gather("country", _COUNTRIES, spend, _UNKNOWN),
        )
        .group_by("start", "stop")
        .agg(pl.col("spend").sum())
    )
    starts = _ends(gathered, "start", diagnosis, language)
    stops = _ends(gathered, "stop", diagnosis, language)
    names = {end.key: end.label for end in [*starts, *stops]}
    flows = [
        Flow(start, stop, amount, f"{names[start]} → {names[stop]} : {_money(amount, diagnosis, language)}")
        for start, stop, amount in gathered.sort("spend", descending=True).iter_rows()
    ]
    caption = render(_finding(spend, diagnosis), language)
    return Figure(
        caption,
        render(message("making site, amounts {period}", period=period(diagnosis)), language),
        draw_sankey(starts, stops, flows, caption),
        (
            render(message("Family"), language),
            render(message("Made in"), language),
            render(message("Spend"), language),
        ),
        tuple((names[f.start], names[f.stop], _money(f.amount, diagnosis, language)) for f in flows),
    )


def _gather(column: str, most: int, spend: pl.DataFrame, absent: str) -> pl.Expr:
    """Keep the ``most`` largest values of a column, gather the rest; nulls stay a class of their own."""
    largest = (
        spend.drop_nulls(column)
        .group_by(column)
        .agg(pl.col("spend").sum())
        .sort("spend", column, descending=[True, False])[column]
    )
    kept = largest.head(most if len(largest) > most + 1 else most + 1)
    value = pl.when(pl.col(column).is_in(kept.implode())).then(pl.col(column)).otherwise(pl.lit(_OTHER))
    return pl.when(pl.col(column).is_null()).then(pl.lit(absent)).otherwise(value)


def _ends(gathered: pl.DataFrame, side: str, diagnosis: Diagnosis, language: str) -> list[End]:
    """Return the ends of one side by falling spend; the gathered and the unknown stand last."""
    sums = gathered.group_by(side).agg(pl.col("spend").sum()).sort("spend", side, descending=[True, False])
    rank = {_OTHER: 1, _UNKNOWN: 2, _UNREAD: 2}
    rows = sorted(sums.iter_rows(), key=lambda row: rank.get(row[0], 0))
    return [
        End(key, _label(key, side, language), _figure(amount, diagnosis, language), _zone(key, side))
        for key, amount in rows
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
    return {_UNKNOWN: "unknown", _OTHER: "out"}.get(key) or zone_of(key)


def _money(amount: float, diagnosis: Diagnosis, language: str) -> str:
    return format_money(Money(amount, diagnosis.currency or "EUR"), language, 0)


def _figure(amount: float, diagnosis: Diagnosis, language: str) -> str:
    share = format_percent(amount / diagnosis.spend, language) if diagnosis.spend else ""
    return f"{_money(amount, diagnosis, language)}, {share}"


def _finding(spend: pl.DataFrame, diagnosis: Diagnosis) -> Message:
    """Return what the flows show: the first foreign country where one weighs, else how much is unknown."""
    abroad = (
        spend.filter(pl.col("country").is_not_null() & (pl.col("country") != "FR"))
        .group_by("country")
        .agg(pl.col("spend").sum())
        .sort("spend", descending=True)
    )
    unknown = float(spend.filter(pl.col("country").is_null())["spend"].sum()) / diagnosis.spend
    if abroad.is_empty():
        return message(
            "No foreign making site is known; {share} of purchases is unknown", share=percent(unknown)
        )
    share = float(abroad["spend"].sum()) / diagnosis.spend
    return message(
        "{share} of purchases is known to be made abroad, {unknown} is unknown",
        share=percent(share),
        unknown=percent(unknown),
    )
