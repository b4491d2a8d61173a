"""The other charts of a diagnosis: foreign lines, suppliers, making sites in France."""

from __future__ import annotations

import polars as pl

from maillon.core.message import Message, message, plural_message
from maillon.core.money import Money
from maillon.dossier import Dossier
from maillon.language import format_money, format_number, format_percent, render
from maillon.method.diagnose.results import Diagnosis
from maillon.reference.places import country_name, departement_outlines
from maillon.report.charts.departement_map import draw_departements
from maillon.report.charts.ink import Link
from maillon.report.charts.pareto import draw_pareto
from maillon.report.charts.treemap import Tile, draw_treemap
from maillon.report.figure import Figure
from maillon.report.figures import brief, percent, period
from maillon.report.measure import measure_of

#: Bars that lead to their line: as many as the drawing shows at least.
_MOST_LEADS = 60


def draw_abroad(diagnosis: Diagnosis, language: str, link: Link | None = None) -> Figure | None:
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
        draw_pareto(lines["spend"].to_list(), foreign.vital, words, language, _leads(lines, link)),
        tuple(render(header, language) for header in headers),
        rows,
    )


def _leads(lines: pl.DataFrame, link: Link | None) -> list[tuple[str, str]]:
    """Return the address and the name of each line made abroad; nothing on paper."""
    if link is None:
        return []
    named = lines.head(_MOST_LEADS).select("line", pl.coalesce("designation", "reference").fill_null(""))
    return [(link([line]), name or f"#{line}") for line, name in named.iter_rows()]


def draw_suppliers(diagnosis: Diagnosis, language: str, link: Link | None = None) -> Figure | None:
    """Return the treemap of spend by supplier, of lines where nothing has a price; None without suppliers."""
    measure = measure_of(diagnosis)
    shares = supplier_shares(diagnosis)
    if not shares:
        return None
    behind = _lines_by(diagnosis.purchases, "supplier")
    tiles = [
        Tile(name, share, _percent(share, language), href=link(behind.get(name, [])) if link else "")
        for name, share in shares
    ]
    rest = 1 - sum(share for _, share in shares)
    if rest > 0.005:
        tiles.append(
            Tile(
                render(message("Others"), language),
                rest,
                _percent(rest, language),
                rest=True,
                href=_others(behind, shares, link),
            )
        )
    caption = render(_weigh(diagnosis, shares[0]), language)
    unit = (
        message("share of purchases with a known supplier")
        if measure.priced
        else message("share of the lines with a known supplier")
    )
    return Figure(
        caption,
        render(unit, language),
        draw_treemap(tiles, caption),
        (render(message("Supplier"), language), render(message("Share"), language)),
        tuple((tile.label, tile.figure) for tile in tiles),
    )


def _lines_by(rows: pl.DataFrame, column: str) -> dict[str, list[int]]:
    """Return the lines of each value of a column, unknown ones left out."""
    return dict(rows.drop_nulls(column).group_by(column).agg("line").iter_rows())


def _others(behind: dict[str, list[int]], shown: list[tuple[str, float]], link: Link | None) -> str:
    first = {name for name, _ in shown}
    return (
        link([line for name, lines in behind.items() if name not in first for line in lines]) if link else ""
    )


def supplier_shares(diagnosis: Diagnosis, most: int = 10) -> list[tuple[str, float]]:
    """Return the first suppliers with their share of what has a known supplier, the largest first."""
    spread = diagnosis.concentration
    if spread.spend > 0:
        return [(name, share) for name, share in spread.top if share > 0]
    counts = diagnosis.purchases.drop_nulls("supplier").group_by("supplier").len()
    ordered = counts.sort("len", "supplier", descending=[True, False])
    total = float(ordered["len"].sum())
    return [(name, lines / total) for name, lines in ordered.head(most).iter_rows()]


def _weigh(diagnosis: Diagnosis, first: tuple[str, float]) -> Message:
    """Return what the treemap shows: as how many equal suppliers they weigh, else who comes first."""
    spread = diagnosis.concentration
    if spread.spend <= 0:
        return message("{name} comes first, by number of lines", name=brief(first[0], 48))
    if spread.suppliers == 1:
        return message("{name} is the only supplier named", name=brief(first[0], 48))
    return plural_message(
        "{suppliers} suppliers weigh as one",
        "{suppliers} suppliers weigh as {n} equal ones",
        n=max(1, round(spread.effective_suppliers)),
        suppliers=spread.suppliers,
    )


def _percent(share: float, language: str) -> str:
    return render(percent(share), language)


def draw_map(dossier: Dossier, language: str, link: Link | None = None) -> Figure | None:
    """Return the map of making sites in France by département; None when none is located."""
    diagnosis, measure = dossier.diagnosis, measure_of(dossier.diagnosis)
    sites = dossier.bom.lines.select("line", "making_departement")
    located = diagnosis.purchases.join(sites, on="line").drop_nulls("making_departement")
    known = (
        located.group_by(code="making_departement")
        .agg(pl.col("spend").sum(), lines=pl.len())
        .select("code", "lines", size=measure.column)
        .sort("size", "code", descending=[True, False])
    )
    if known.is_empty():
        return None
    names = {outline.code: outline.name for outline in departement_outlines()}
    sizes = {code: measure.words(size, language) for code, _, size in known.iter_rows()}
    caption = render(
        _located(float(known["size"].sum()) / measure.total, known.height, measure.priced), language
    )
    words = {code: f"{names.get(code, code)} : {size}" for code, size in sizes.items()}
    behind = _lines_by(located, "making_departement") if link else {}
    hrefs = {code: link(lines) for code, lines in behind.items()} if link else None
    headers = (message("Département"), message("Lines"), message("Spend"))[: 3 if measure.priced else 2]
    return Figure(
        caption,
        measure.unit(language),
        draw_departements({code: size for code, _, size in known.iter_rows()}, words, caption, hrefs),
        tuple(render(header, language) for header in headers),
        tuple(
            (names.get(code, code), format_number(lines, language), sizes[code])[: len(headers)]
            for code, lines, _ in known.iter_rows()
        ),
    )


def _located(share: float, places: int, priced: bool) -> Message:
    if priced:
        return plural_message(
            "{share} of purchases is located in {n} French département",
            "{share} of purchases is located in {n} French départements",
            share=percent(share),
            n=places,
        )
    return plural_message(
        "{share} of the lines is located in {n} French département",
        "{share} of the lines is located in {n} French départements",
        share=percent(share),
        n=places,
    )
