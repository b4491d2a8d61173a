"""What the page shows, prepared: figures in the reader's words, charts drawn, rows cut to what helps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, TypeGuard

from maillon.core.message import Message, message, plural_message
from maillon.core.place import FRANCE
from maillon.dossier import Dossier
from maillon.language import format_date, format_number, render
from maillon.method.diagnose import reason_message
from maillon.method.diagnose.results import Basis, Share, Site, Verdict
from maillon.reference.places import resolve_territory, territory_name
from maillon.report.actions import propose_three
from maillon.report.annex import annex_tables
from maillon.report.asking import list_abroad, list_questions
from maillon.report.charts.ink import Link
from maillon.report.charts.interval_bar import draw_interval
from maillon.report.families import draw_families
from maillon.report.figures import brief, interval, percent
from maillon.report.findings import find_three
from maillon.report.flows import draw_flows
from maillon.report.heaviest import list_dearest, list_most_used
from maillon.report.local import draw_candidates, list_gaps, list_local
from maillon.report.measure import whole_percents
from maillon.report.opening import evidence_shares, lead, size_of
from maillon.report.pictures import draw_abroad, draw_map, draw_suppliers
from maillon.report.relocation import draw_dearest, list_costs
from maillon.report.told import Told, what_is_told
from maillon.report.variants import compared_basis, say_most_french

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


def prepare(dossier: Dossier, language: str, link: Link | None = None) -> dict[str, Any]:
    """Return everything that the template needs, every text already in ``language``.

    Marks of charts lead where ``link`` says: the address of the lines behind them.
    """
    diagnosis = dossier.diagnosis

    def say(what: Message) -> str:
        return render(what, language).translate(_NO_DIRECTION)

    return {
        "language": language,
        "say": lambda text, **params: say(message(text, **params)),
        "name": shown_name(dossier),
        "date": format_date(dossier.date, language),
        "version": dossier.version,
        "lead": say(lead(dossier)),
        "findings": [
            {"figure": say(f.figure), "title": say(f.title), "detail": say(f.detail), "anchor": f.anchor}
            for f in find_three(dossier)
        ],
        "actions": [
            {"what": say(a.what), "why": say(a.why), "anchor": a.anchor} for a in propose_three(dossier)
        ],
        **_measures(dossier, language, say),
        **_charts(dossier, language, say, link),
        "label": _label(dossier, say),
        "variants": _variants(dossier, say),
        "assumptions": [
            say(what) for what in (*map(reason_message, diagnosis.assumptions), *dossier.joining)
        ],
        "sources": [
            {"name": s.name, "kind": s.kind, "size": format_number(s.size / 1024, language), "sha": s.sha256}
            for s in dossier.sources
        ],
        "annex": annex_tables(dossier, language),
        "makers": list_local(dossier, language),
        "makers_map": draw_candidates(dossier, language),
        "gaps": list_gaps(dossier, language),
        "costs": list_costs(dossier, language),
        "waterfall": draw_dearest(dossier, language),
    }


def shown_name(dossier: Dossier) -> str:
    """Return the dossier's name as a title: a file's name without its ending nor its underscores."""
    name = dossier.name
    if any(name == source.name for source in dossier.sources):
        name = PurePath(name).stem
    return brief(name.replace("_", " ").strip(), 80)


#: Marks that turn the direction of what follows them: a name must not reverse the sentence it stands in.
_NO_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])


def _measures(dossier: Dossier, language: str, say: Say) -> dict[str, Any]:
    shares = dossier.diagnosis.local_content
    return {
        "bars": bases_bars(dossier, say),
        "unweighed": [say(BASES[basis][0]) for basis in BASES if not _known(shares[basis].get(FRANCE.key))],
        "indices": index_bars(dossier, say),
        "territories": _territories(dossier, language, say),
        "evidence": _evidence(dossier, say),
        "has_estimate": _has_estimate(dossier),
        "priced": dossier.diagnosis.spend > 0,
    }


def _has_estimate(dossier: Dossier) -> bool:
    """Tell whether a central estimate is drawn anywhere for France: else its key would puzzle."""
    diagnosis = dossier.diagnosis
    drawn = [*diagnosis.local_content.values(), *diagnosis.indices.values()]
    return any(FRANCE.key in by_key and by_key[FRANCE.key].expected is not None for by_key in drawn)


def _charts(dossier: Dossier, language: str, say: Say, link: Link | None) -> dict[str, Any]:
    """Draw the charts; a place without its chart tells what the files hold and what to bring."""
    diagnosis = dossier.diagnosis
    pareto, where = draw_abroad(diagnosis, language, link), draw_map(dossier, language, link)
    questions = list_questions(diagnosis, language)
    return {
        "pareto": pareto,
        "abroad": list_abroad(diagnosis, language, 4 if questions.rows else 6),
        "questions": questions,
        "flows": draw_flows(diagnosis, language, link) or draw_families(diagnosis, language, link),
        "suppliers": draw_suppliers(diagnosis, language, link),
        "map": where,
        "told": _told(dossier, say),
        "dearest": list_dearest(dossier, language) or list_most_used(dossier, language),
    }


def bases_bars(dossier: Dossier, say: Say) -> list[Bar]:
    """Return local content in France, one bar a basis that can be weighed."""
    shares = dossier.diagnosis.local_content
    return [
        _bar(say(label), _noted(share, note, say), share, f"iv-{basis}", say)
        for basis, (label, note) in BASES.items()
        if _known(share := shares[basis].get(FRANCE.key))
    ]


def _known(share: Share | None) -> TypeGuard[Share]:
    return share is not None and share.min is not None


def _noted(share: Share, note: Message, say: Say) -> str:
    """Return the note of a basis, with how many lines it cannot weigh."""
    if not share.left_out:
        return say(note)
    left = plural_message(
        "{note}; {n} line left out", "{note}; {n} lines left out", n=share.left_out, note=note
    )
    return say(left)


def index_bars(dossier: Dossier, say: Say) -> list[Bar]:
    """Return the two purchase indices for France, none where nothing has a price."""
    shares = dossier.diagnosis.indices
    return [
        _bar(say(label), say(note), share, f"ix-{site}", say)
        for site, (label, note) in SITES.items()
        if _known(share := shares[site].get(FRANCE.key))
    ]


def _bar(label: str, note: str, share: Share, name: str, say: Say) -> Bar:
    words = say(interval(share))
    title = f"{label} : {words}"
    if share.expected is not None:
        title = say(message("{words}, central estimate {share}", words=title, share=percent(share.expected)))
    return Bar(label, note, draw_interval(share, title, name), words, say(percent(share.coverage)))


def _territories(dossier: Dossier, language: str, say: Say) -> dict[str, Any]:
    """Return the table basis × territory, intervals in words, without bases that cannot be weighed."""
    shares = dossier.diagnosis.local_content
    keys = list(shares[Basis.ORIGIN_VALUE])
    rows = [
        [say(label), *(say(interval(shares[basis][key])) for key in keys)]
        for basis, (label, _) in BASES.items()
        if any(_known(shares[basis][key]) for key in keys)
    ]
    return {
        "headers": [territory_name(resolve_territory(key), language) for key in keys],
        "rows": rows if any(_narrowed(shares[basis][key]) for basis in BASES for key in keys[:-1]) else [],
    }


def _narrowed(share: Share) -> bool:
    """Tell whether anything is known: an interval from nothing to all says nothing."""
    return share.min is not None and share.max is not None and share.max - share.min < 0.995


EVIDENCE = {
    "documented": ("doc", "●", message("documented")),
    "declared": ("dec", "◐", message("declared")),
    "inferred": ("inf", "◌", message("inferred")),
    "unknown": ("unk", "?", message("unknown")),
}


def _evidence(dossier: Dossier, say: Say) -> list[dict[str, str]]:
    """Return the share of each level of evidence, by amount or, without prices, by lines; they add up."""
    held = evidence_shares(dossier.diagnosis)
    whole = whole_percents([held[code] for code in EVIDENCE])
    return [
        {
            "kind": kind,
            "mark": mark,
            "word": say(word),
            "share": say(percent(held[code]) if 0 < held[code] < 0.005 else message("{n}%", n=points)),
        }
        for (code, (kind, mark, word)), points in zip(EVIDENCE.items(), whole, strict=True)
    ]


def _told(dossier: Dossier, say: Say) -> list[Bar]:
    return [
        Bar(
            say(told.what),
            say(told.serves),
            draw_interval(_certain(told), say(told.what), f"told-{place}"),
            say(message("{known} of {of}", known=told.known, of=told.of)),
            "",
        )
        for place, told in enumerate(what_is_told(dossier))
    ]


def _certain(told: Told) -> Share:
    share = told.known / told.of
    return Share(share, None, share, 1.0, float(told.of), "lines")


def _label(dossier: Dossier, say: Say) -> dict[str, Any]:
    check = dossier.diagnosis.origin_check
    share = check.unit_cost_share
    bars = [_bar(say(message("French share of the unit cost")), "", share, "iv-label", say)]
    unjudged = message("The 50% condition cannot be judged yet.")
    return {
        "bars": bars if _known(share) else [],
        "verdict": say(VERDICTS[check.verdict] if _known(share) else unjudged),
        "statement": say(reason_message(check.statement)) if check.statement else "",
        "reasons": [
            say(reason_message(reason)) for reason in check.reasons if reason.code not in _SAID_ELSEWHERE
        ],
        "preparation": [say(reason_message(reason)) for reason in check.preparation],
    }


#: The footer says it is no legal origin; the bar shows the interval.
_SAID_ELSEWHERE = {"not_a_legal_origin", "cost_share_open", "cost_share_met", "cost_share_not_met"}


def _variants(dossier: Dossier, say: Say) -> dict[str, Any] | None:
    """Return the variants side by side, by value in France, by lines where one of them has no price."""
    if not dossier.variants:
        return None
    basis = compared_basis(dossier.variants)
    bars = []
    for place, diagnosis in enumerate(dossier.variants):
        share = diagnosis.local_content[basis].get(FRANCE.key)
        if share is not None:
            note = say(size_of(diagnosis))
            bars.append(_bar(brief(diagnosis.name), note, share, f"variant-{place}", say))
    return {
        "caption": say(say_most_french(dossier.variants)),
        "basis": say(BASES[basis][0]),
        "bars": bars,
    }
