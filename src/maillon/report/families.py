"""The families of purchase by size: what a file still tells where no country of making is known."""

from __future__ import annotations

import polars as pl

from maillon.core.message import Message, message, plural_message
from maillon.language import render
from maillon.method.diagnose.results import Diagnosis
from maillon.reference.classifications.families import family_label
from maillon.report.charts.ink import Link
from maillon.report.charts.ranked_bars import RankedBar, draw_ranked
from maillon.report.figure import Figure
from maillon.report.figures import percent
from maillon.report.measure import Measure, measure_of

_MOST = 11


def family_sizes(diagnosis: Diagnosis) -> pl.DataFrame:
    """Return ``family``, ``size`` by falling size; null is the family that was not recognised."""
    return (
        diagnosis.by_country.group_by("family")
        .agg(size=pl.col(measure_of(diagnosis).column).sum())
        .filter(pl.col("size") > 0)
        .sort("size", "family", descending=[True, False], nulls_last=True)
    )


def draw_families(diagnosis: Diagnosis, language: str, link: Link | None = None) -> Figure | None:
    """Return the families under one another, the largest first; None when there is no line."""
    measure, sizes = measure_of(diagnosis), family_sizes(diagnosis)
    if sizes.is_empty():
        return None
    named = sizes.drop_nulls("family")
    kept = named.head(_MOST if named.height > _MOST + 1 else _MOST + 1)
    rows = [(family_label(family, language), size) for family, size in kept.iter_rows()]
    rest = float(named["size"].sum()) - float(kept["size"].sum())
    unread = float(sizes.filter(pl.col("family").is_null())["size"].sum())
    rows += [(render(message("Other families"), language), rest)] if named.height > kept.height else []
    rows += [(render(message("Family not recognised"), language), unread)] if unread > 0 else []
    caption = render(_finding(named, measure), language)
    behind = _lines_behind(diagnosis, kept["family"].to_list(), language)
    bars = [
        RankedBar(
            label,
            size,
            f"{measure.words(size, language)}, {measure.share_words(size, language)}",
            href=link(behind[label]) if link else "",
        )
        for label, size in rows
    ]
    headers = (message("Family"), message("Spend") if measure.priced else message("Lines"))
    return Figure(
        caption,
        measure.kind(language),
        draw_ranked(bars, caption),
        tuple(render(header, language) for header in headers),
        tuple((label, measure.words(size, language)) for label, size in rows),
    )


def _lines_behind(diagnosis: Diagnosis, kept: list[str], language: str) -> dict[str, list[int]]:
    """Return the lines of each bar, by its label."""
    behind: dict[str, list[int]] = {}
    for family, line in diagnosis.purchases.select("family", "line").iter_rows():
        if family is None:
            label = render(message("Family not recognised"), language)
        else:
            other = render(message("Other families"), language)
            label = family_label(family, language) if family in kept else other
        behind.setdefault(label, []).append(line)
    return behind


def half_of(named: pl.DataFrame, measure: Measure) -> int | None:
    """Return how many families hold half of everything, None where those recognised do not reach it."""
    reached = (named["size"].cum_sum() < 0.5 * measure.total - 1e-9).sum()
    return int(reached) + 1 if reached < named.height else None


def _finding(named: pl.DataFrame, measure: Measure) -> Message:
    few = half_of(named, measure)
    if few is None:
        share = percent(1 - float(named["size"].sum()) / measure.total)
        return message("No origin is known; {share} of the file is in no known family", share=share)
    if measure.priced:
        return plural_message(
            "No origin is known; {n} family holds half of the purchases",
            "No origin is known; {n} families hold half of the purchases",
            n=few,
        )
    return plural_message(
        "No origin is known; {n} family holds half of the lines",
        "No origin is known; {n} families hold half of the lines",
        n=few,
    )
