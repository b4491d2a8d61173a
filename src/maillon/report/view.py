"""What the page shows, prepared: figures in the reader's words, charts drawn, rows cut to what helps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from maillon.core.message import Message, message, plural_message
from maillon.core.money import Money
from maillon.core.place import FRANCE
from maillon.dossier import Dossier
from maillon.language import format_date, format_money, format_number, format_percent, render
from maillon.method.diagnose import reason_message
from maillon.method.diagnose.results import Basis, Site, Verdict
from maillon.reference.places import resolve_territory, territory_name
from maillon.report.actions import propose_three
from maillon.report.annex import annex_tables
from maillon.report.charts.interval_bar import draw_interval
from maillon.report.figures import brief, interval, percent, period, rounded
from maillon.report.findings import find_three
from maillon.report.flows import draw_flows
from maillon.report.pictures import draw_abroad, draw_map, draw_suppliers

Say = Callable[[Message], str]

BASES = {
    Basis.ORIGIN_VALUE: (message("Purchase value"), message("each bought part whole, by its origin")),
    Basis.VALUE_ADDED: (
        message("Value added"),
        message("sub-assemblies opened, work counted where it is done"),
    ),
    Basis.COUNT: (message("Number of lines"), message("each bought line once")),
    Basis.MASS: (message("Mass"), message("kilograms of bought parts")),
}
SITES = {
    Site.SUPPLIER: (message("By supplier’s site"), message("whom one pays")),
    Site.MAKING: (message("By making site"), message("where it is made")),
}
#: Suppliers to ask that the two pages hold; the workbook holds them all.
MOST_ASKED = 10
VERDICTS = {
    Verdict.MET: message("The 50% condition is met whatever the unknown origins."),
    Verdict.NOT_MET: message("The 50% condition cannot be met, whatever the unknown origins."),
    Verdict.UNDECIDED: message("The 50% condition is open: it depends on the unknown origins."),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of an interval chart: label, note, drawing, the interval in words, the coverage in words."""

    label: str
    note: str
    svg: str
    words: str
    coverage: str


def prepare(dossier: Dossier, language: str) -> dict[str, Any]:
    """Return everything that the template needs, every text already in ``language``."""
    diagnosis = dossier.diagnosis

    def say(what: Message) -> str:
        return render(what, language)

    return {
        "language": language,
        "say": lambda text, **params: say(message(text, **params)),
        "name": brief(dossier.name, 80),
        "date": format_date(dossier.date, language),
        "version": dossier.version,
        "lead": _lead(dossier, say),
        "findings": [
            {"figure": say(f.figure), "title": say(f.title), "detail": say(f.detail), "anchor": f.anchor}
            for f in find_three(dossier)
        ],
        "actions": [
            {"what": say(a.what), "why": say(a.why), "anchor": a.anchor} for a in propose_three(dossier)
        ],
        "bars": bases_bars(dossier, say),
        "indices": index_bars(dossier, say),
        "territories": _territories(dossier, language, say),
        "evidence": _evidence(dossier, say),
        "pareto": draw_abroad(diagnosis, language),
        "flows": draw_flows(diagnosis, language),
        "suppliers": draw_suppliers(diagnosis, language),
        "map": draw_map(dossier, language),
        "questions": _questions(dossier, language, say),
        "label": _label(dossier, say),
        "variants": _variants(dossier, language, say),
        "assumptions": [
            say(what) for what in (*map(reason_message, diagnosis.assumptions), *dossier.joining)
        ],
        "sources": [
            {"name": s.name, "kind": s.kind, "size": format_number(s.size / 1024, language), "sha": s.sha256}
            for s in dossier.sources
        ],
        "annex": annex_tables(dossier, language),
    }


def _lead(dossier: Dossier, say: Say) -> str:
    diagnosis = dossier.diagnosis
    return say(
        message(
            "{spend} of purchases {period}, {lines}, {suppliers}. "
            "Origin established for {known} of the amount.",
            spend=Money(rounded(diagnosis.spend), diagnosis.currency or "EUR"),
            period=period(diagnosis),
            lines=plural_message("{n} bought line", "{n} bought lines", n=diagnosis.bought_lines),
            suppliers=plural_message("{n} supplier", "{n} suppliers", n=diagnosis.concentration.suppliers),
            known=percent(1 - diagnosis.evidence_spend.get("unknown", 1.0)),
        )
    )


def bases_bars(dossier: Dossier, say: Say) -> list[Bar]:
    """Return local content in France, one bar a basis."""
    shares = dossier.diagnosis.local_content
    return [
        _bar(say(label), say(note), shares[basis][FRANCE.key], f"iv-{basis}", say)
        for basis, (label, note) in BASES.items()
        if FRANCE.key in shares[basis]
    ]


def index_bars(dossier: Dossier, say: Say) -> list[Bar]:
    """Return the two purchase indices for France."""
    shares = dossier.diagnosis.indices
    return [
        _bar(say(label), say(note), shares[site][FRANCE.key], f"ix-{site}", say)
        for site, (label, note) in SITES.items()
        if FRANCE.key in shares[site]
    ]


def _bar(label: str, note: str, share: Any, name: str, say: Say) -> Bar:
    words = say(interval(share))
    title = f"{label} : {words}"
    if share.expected is not None:
        title = say(message("{words}, central estimate {share}", words=title, share=percent(share.expected)))
    return Bar(label, note, draw_interval(share, title, name), words, say(percent(share.coverage)))


def _territories(dossier: Dossier, language: str, say: Say) -> dict[str, Any]:
    """Return the table basis × territory, the intervals in words."""
    shares = dossier.diagnosis.local_content
    keys = list(shares[Basis.ORIGIN_VALUE])
    return {
        "headers": [territory_name(resolve_territory(key), language) for key in keys],
        "rows": [
            [say(label), *(say(interval(shares[basis][key])) for key in keys)]
            for basis, (label, _) in BASES.items()
        ],
    }


EVIDENCE = {
    "documented": ("doc", "●", message("documented")),
    "declared": ("dec", "◐", message("declared")),
    "inferred": ("inf", "◌", message("inferred")),
    "unknown": ("unk", "?", message("unknown")),
}


def _evidence(dossier: Dossier, say: Say) -> list[dict[str, str]]:
    spend = dossier.diagnosis.evidence_spend
    return [
        {"kind": kind, "mark": mark, "word": say(word), "share": say(percent(spend.get(code, 0.0)))}
        for code, (kind, mark, word) in EVIDENCE.items()
    ]


def _questions(dossier: Dossier, language: str, say: Say) -> dict[str, Any]:
    asked, currency = dossier.diagnosis.questions, dossier.diagnosis.currency or "EUR"
    if asked.decided:
        caption = message("Nobody needs to be asked: whether half is made in France is settled.")
    elif not asked.reachable:
        caption = message("Asking every known supplier would not settle whether half is made in France.")
    else:
        caption = plural_message(
            "Asking {n} supplier can settle whether half is made in France",
            "Asking {n} suppliers can settle whether half is made in France",
            n=len(asked.questions),
        )
    return {
        "caption": say(caption),
        "more": max(0, len(asked.questions) - MOST_ASKED),
        "rows": [
            [
                brief(question.supplier, 48),
                format_number(question.lines, language),
                format_money(Money(question.spend, currency), language, 0),
                format_percent(question.width, language, 1),
            ]
            for question in asked.questions[:MOST_ASKED]
        ],
    }


def _label(dossier: Dossier, say: Say) -> dict[str, Any]:
    check = dossier.diagnosis.origin_check
    share = check.unit_cost_share
    return {
        "bar": _bar(say(message("French share of the unit cost")), "", share, "iv-label", say),
        "verdict": say(VERDICTS[check.verdict]),
        "statement": say(reason_message(check.statement)) if check.statement else "",
        "reasons": [say(reason_message(reason)) for reason in check.reasons],
        "preparation": [say(reason_message(reason)) for reason in check.preparation],
    }


def _variants(dossier: Dossier, language: str, say: Say) -> dict[str, Any] | None:
    """Return the variants side by side, by value, in France."""
    if not dossier.variants:
        return None
    rows = []
    for diagnosis in dossier.variants:
        share = diagnosis.local_content[Basis.ORIGIN_VALUE].get(FRANCE.key)
        rows.append(
            [
                brief(diagnosis.name),
                format_number(diagnosis.bought_lines, language),
                format_money(Money(diagnosis.spend, diagnosis.currency or "EUR"), language, 0),
                say(interval(share)) if share else "",
            ]
        )
    return {"rows": rows}
