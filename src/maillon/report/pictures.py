"""The other charts of a diagnosis: foreign lines, suppliers, making sites in France."""

from __future__ import annotations

import polars as pl

from maillon.core.message import message, plural_message
from maillon.core.money import Money
from maillon.dossier import Dossier
from maillon.language import format_money, format_number, format_percent, render
from maillon.method.diagnose.results import Diagnosis
from maillon.reference.places import country_name, departement_outlines
from maillon.report.charts.departement_map import draw_departements
from maillon.report.charts.pareto import draw_pareto
from maillon.report.charts.treemap import Tile, draw_treemap
from maillon.report.figure import Figure
from maillon.report.figures import percent, period


def draw_abroad(diagnosis: Diagnosis, language: str) -> Figure | None:
    """Return the Pareto of the lines known to be made abroad; None when there is none with a price."""
    foreign = diagnosis.foreign
    lines = foreign.lines.filter(pl.col("spend") > 0)
    if lines.is_empty():
        return None
    caption = plural_message(
        "{n} line holds 80% of the purchases known to be made abroad",
        "{n} lines hold 80% of the purchases known to be made abroad",
        n=foreign.vital,
    )
    words = {
        "title": render(caption, language),
        "x": render(message("Lines made abroad, by falling amount"), language),
        "mark": render(plural_message("{n} line: 80%", "{n} lines: 80%", n=foreign.vital), language),
    }
    rows = tuple(
        (
            row["designation"] or row["reference"] or "",
            country_name(row["making_country"], language) if row["making_country"] else "",
            format_money(Money(row["spend"], foreign.currency), language, 0),
            format_percent(row["cumulative_share"], language),
        )
        for row in lines.head(max(foreign.vital, 10)).iter_rows(named=True)
    )
    headers = (message("Part"), message("Made in"), message("Spend"), message("Cumulated"))
    return Figure(
        words["title"],
        render(message("making site, amounts {period}", period=period(diagnosis)), language),
        draw_pareto(lines["spend"].to_list(), foreign.vital, words, language),
        tuple(render(header, language) for header in headers),
        rows,
    )


def draw_suppliers(diagnosis: Diagnosis, language: str) -> Figure | None:
    """Return the treemap of spend by supplier; None when no supplier has an amount."""
    spread = diagnosis.concentration
    if not spread.top or spread.spend <= 0:
        return None
    tiles = [Tile(name, share, format_percent(share, language)) for name, share in spread.top]
    rest = 1 - sum(share for _, share in spread.top)
    if rest > 0.005:
        tiles.append(
            Tile(render(message("Others"), language), rest, format_percent(rest, language), rest=True)
        )
    caption = render(
        plural_message(
            "{suppliers} suppliers weigh as {n} equal one",
            "{suppliers} suppliers weigh as {n} equal ones",
            n=max(1, round(spread.effective_suppliers)),
            suppliers=format_number(spread.suppliers, language),
        ),
        language,
    )
    return Figure(
        caption,
        render(message("share of purchases with a known supplier"), language),
        draw_treemap(tiles, caption),
        (render(message("Supplier"), language), render(message("Share"), language)),
        tuple((tile.label, tile.figure) for tile in tiles),
    )


def draw_map(dossier: Dossier, language: str) -> Figure | None:
    """Return the map of making sites in France by département; None when none is located."""
    diagnosis = dossier.diagnosis
    sites = dossier.bom.lines.select("line", "making_departement")
    known = (
        diagnosis.purchases.join(sites, on="line")
        .drop_nulls("making_departement")
        .group_by(code="making_departement")
        .agg(pl.col("spend").sum(), lines=pl.len())
        .sort("spend", "code", descending=[True, False])
    )
    if known.is_empty():
        return None
    names = {outline.code: outline.name for outline in departement_outlines()}
    currency = diagnosis.currency or "EUR"
    money = {
        code: format_money(Money(s, currency), language, 0)
        for code, s in known.select("code", "spend").iter_rows()
    }
    caption = render(
        plural_message(
            "{share} of purchases is located in {n} French département",
            "{share} of purchases is located in {n} French départements",
            share=percent(float(known["spend"].sum()) / diagnosis.spend if diagnosis.spend else 0.0),
            n=known.height,
        ),
        language,
    )
    words = {code: f"{names.get(code, code)} : {amount}" for code, amount in money.items()}
    return Figure(
        caption,
        render(message("making site, amounts {period}", period=period(diagnosis)), language),
        draw_departements(dict(known.select("code", "spend").iter_rows()), words, caption),
        (
            render(message("Département"), language),
            render(message("Lines"), language),
            render(message("Spend"), language),
        ),
        tuple((names.get(c, c), format_number(n, language), money[c]) for c, _, n in known.iter_rows()),
    )
