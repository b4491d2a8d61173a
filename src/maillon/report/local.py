"""Who near the firm could make what it buys elsewhere: the distinct needs, dearest first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maillon.core.message import Message, message, plural_message
from maillon.core.money import Money
from maillon.dossier import Dossier, LocalSources
from maillon.language import format_date, format_money, format_number, render
from maillon.method.search.suppliers.explanation import explain_gap_reason, explain_reason
from maillon.reference.places import country_name, departement_outlines
from maillon.reference.places.communes import commune
from maillon.reference.register.manifest import INVENTED_NOTICE
from maillon.report.charts.departement_map import draw_departements
from maillon.report.figure import Figure
from maillon.report.figures import brief
from maillon.report.listing import Listing, say_all

if TYPE_CHECKING:
    from maillon.method.search import Candidate, SearchResult

#: Needs and gaps that the page holds; the workbook holds them all.
MOST_NEEDS, MOST_GAPS = 15, 5
_HOME = "FR"


@dataclass(frozen=True, slots=True)
class SourcedNeed:
    """A distinct need with the bought lines behind it: those not established as made in France.

    ``spend`` is null where none of them has a price; ``countries`` are those known to make them.
    """

    result: SearchResult
    designation: str
    lines: tuple[int, ...]
    spend: float | None
    countries: tuple[str, ...]

    @property
    def shown(self) -> Candidate | None:
        """The best candidate of which a source says that it can, where there is one."""
        return next((one for one in self.result.candidates if one.has_evidence), None)


def sourced_needs(dossier: Dossier) -> list[SourcedNeed]:
    """Return the needs of the lines not established as made in France, by falling spend, then lines."""
    local = dossier.local
    if local is None:
        return []
    places = dict(zip(local.lines, local.batch.lines, strict=True))
    held: dict[int, list[dict[str, Any]]] = {}
    for row in dossier.diagnosis.purchases.iter_rows(named=True):
        place = places.get(row["line"])
        if place is not None and row["country"] != _HOME:
            held.setdefault(place, []).append(row)
    needs = [_need(local.batch.results[place], rows) for place, rows in held.items()]
    return sorted(needs, key=lambda need: (-(need.spend or 0.0), -len(need.lines), need.lines))


def _need(result: SearchResult, rows: list[dict[str, Any]]) -> SourcedNeed:
    dearest = max(rows, key=lambda row: row["spend"] or 0.0)
    spends = [row["spend"] for row in rows if row["spend"] is not None]
    return SourcedNeed(
        result=result,
        designation=str(dearest["designation"]),
        lines=tuple(row["line"] for row in rows),
        spend=sum(spends) if spends else None,
        countries=tuple(sorted({str(row["country"]) for row in rows if row["country"]})),
    )


def list_local(dossier: Dossier, language: str) -> Listing | None:
    """Return the dearest needs with their best candidate and why; None where nothing was searched."""
    local, needs = dossier.local, sourced_needs(dossier)
    if local is None or not needs:
        return None
    currency = dossier.diagnosis.currency or "EUR"
    rows = tuple(_row(need, currency, local.own, language) for need in needs[:MOST_NEEDS])
    headers = (
        message("Part"),
        message("Made in"),
        message("Spend"),
        message("Firms found"),
        message("First candidate"),
        message("Why"),
    )
    return Listing(
        render(_caption(local, needs), language),
        say_all(headers, language),
        rows,
        0,
        say_all(_notes(local), language),
        max(len(needs) - MOST_NEEDS, 0),
    )


def _caption(local: LocalSources, needs: list[SourcedNeed]) -> Message:
    shown = sum(need.shown is not None for need in needs)
    where = _where(local)
    return plural_message(
        "{where}: a firm shows that it can make {shown} of the {n} part not established as French",
        "{where}: a firm shows that it can make {shown} of the {n} parts not established as French",
        n=len(needs),
        shown=shown,
        where=where,
    )


def _where(local: LocalSources) -> Message:
    if local.near is None or local.km is None:
        return message("In the whole register")
    return message("Within {km} km of {place}", km=round(local.km), place=_place_name(local))


def _place_name(local: LocalSources) -> str:
    code = local.near.commune if local.near else None
    found = commune(code) if code else None
    return found.name if found else (code or "")


def _notes(local: LocalSources) -> tuple[Message, ...]:
    told = message(
        "Register of {n} establishments, {date}. An activity code does not say which machines a firm "
        "has: firms with proof come first, the others are to be asked.",
        n=local.establishments,
        date=local.built,
    )
    return (INVENTED_NOTICE, told) if local.invented else (told,)


def _row(need: SourcedNeed, currency: str, own: frozenset[str], language: str) -> tuple[str, ...]:
    best = need.shown or next(iter(need.result.candidates), None)
    unknown = render(message("unknown"), language)
    return (
        brief(need.designation, 60),
        ", ".join(country_name(code, language) for code in need.countries) or unknown,
        "" if need.spend is None else format_money(Money(need.spend, currency), language, 0),
        format_number(need.result.found, language),
        candidate_words(best, own, language) if best else render(message("none"), language),
        why_words(best, language) if best else gap_words(need.result, language),
    )


def candidate_words(candidate: Candidate, own: frozenset[str], language: str) -> str:
    """Return a candidate's name, town, distance, and whether it is a supplier already.

    A masked firm is told by its SIRET.
    """
    name = candidate.name or render(message("Firm {siret}", siret=candidate.siret), language)
    km = candidate.distance_km
    away = [] if km is None else [render(message("{km} km", km=round(km)), language)]
    known = [render(message("already a supplier"), language)] if candidate.siret[:9] in own else []
    return ", ".join(part for part in (brief(name, 40), candidate.commune_name, *away, *known) if part)


def why_words(candidate: Candidate, language: str, most: int = 2) -> str:
    """Return the reasons that weigh most for a candidate, as sentences."""
    told = [reason for reason in candidate.reasons if reason.weight > 0 and reason.code != "supplier-bias"]
    told.sort(key=lambda reason: -reason.weight)
    words = [render(explain_reason(reason, language), language) for reason in told[:most]]
    if not candidate.has_evidence:
        words.insert(0, render(message("To be asked: no source says that it can."), language))
    return " ".join(words)


def gap_words(result: SearchResult, language: str) -> str:
    """Return why nobody was found, as sentences; empty where somebody was."""
    reasons = result.gap.reasons if result.gap else ()
    return " ".join(render(explain_gap_reason(reason, language), language) for reason in reasons)


def list_gaps(dossier: Dossier, language: str) -> Listing | None:
    """Return the dearest needs without any candidate, and why; None where there is none."""
    gaps = [need for need in sourced_needs(dossier) if need.result.gap]
    if not gaps:
        return None
    caption = plural_message("{n} part finds nobody", "{n} parts find nobody", n=len(gaps))
    rows = tuple((brief(need.designation, 60), gap_words(need.result, language)) for need in gaps[:MOST_GAPS])
    headers = (message("Part"), message("Why"))
    return Listing(
        render(caption, language), say_all(headers, language), rows, 0, (), max(len(gaps) - MOST_GAPS, 0)
    )


def draw_candidates(dossier: Dossier, language: str) -> Figure | None:
    """Return the map of the firms found, by département; None where none is located."""
    local = dossier.local
    if local is None:
        return None
    towns = {one.siret: one.commune for need in sourced_needs(dossier) for one in need.result.candidates}
    counted = Counter(
        place.departement for code in towns.values() if code and (place := commune(code)) is not None
    )
    if not counted:
        return None
    names = {outline.code: outline.name for outline in departement_outlines()}
    caption = render(
        plural_message(
            "{n} firm found, in {places} départements",
            "{n} firms found, in {places} départements",
            n=sum(counted.values()),
            places=len(counted),
        ),
        language,
    )
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    words = {code: f"{names.get(code, code)} : {format_number(n, language)}" for code, n in ordered}
    return Figure(
        caption,
        render(
            message(
                "distinct firms among the first candidates, register of {date}",
                date=format_date(local.built, language),
            ),
            language,
        ),
        draw_departements({code: float(n) for code, n in ordered}, words, caption),
        say_all((message("Département"), message("Firms")), language),
        tuple((names.get(code, code), format_number(n, language)) for code, n in ordered),
    )
