"""Candidates as pages tell them: bars of points, sentences, proofs, and what would raise them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from maillon.core.message import Message
from maillon.web.search.queries.choices import language

if TYPE_CHECKING:
    import datetime as dt

    from django.utils.functional import _StrPromise

    from maillon.core.reason import Reason
    from maillon.method.search.suppliers import Candidate, NearMatch, SearchResult

BARS = 6
#: Points that fill half the width of a bar: the most that one term gives.
FULL = 7.0
TERMS: Mapping[str, _StrPromise] = {
    "process": _("Expected process"),
    "text": _("Words of the need"),
    "activity": _("Activity"),
    "material": _("Material"),
    "size": _("Largest part"),
    "tolerance": _("Tolerance"),
    "lot": _("Lot"),
    "distance": _("Distance"),
    "certificate": _("Certificate"),
    "headcount": _("Size of the firm"),
    "maker": _("Known maker"),
}
#: How sure what a source says of a process is.
LEVELS = {
    "process": "declared",
    "machine": "declared",
    "product": "declared",
    "contract": "documented",
    "description": "inferred",
    "name": "inferred",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One reason: its name, its points (None: unknown), where its bar starts and how wide it is, of 100."""

    label: str
    points: float | None
    x: str = "50"
    width: str = "0"


@dataclass(frozen=True, slots=True)
class Gain:
    """What the firm could tell to rank higher, and what it would gain at most."""

    what: Message
    points: float


@dataclass(frozen=True, slots=True)
class Shown:
    """One candidate as a page shows it. ``points`` are the sum of its reasons."""

    rank: int
    siret: str
    name: str | None
    town: str | None
    km: float | None
    points: float
    bars: list[Bar]
    sentences: list[Message]
    gains: list[Gain]
    level: str
    source: str
    supplier: bool
    trader: bool
    insolvency: dt.date | None
    lists: list[str]


def shown_candidates(
    result: SearchResult,
    first: int,
    suppliers: frozenset[str] = frozenset(),
    named: Mapping[str, list[str]] | None = None,
) -> list[Shown]:
    """Return the candidates of a page; ``named`` tells the lists that name a SIREN, ``first`` is the rank."""
    lists = named or {}
    return [
        show_candidate(one, rank, suppliers, lists) for rank, one in enumerate(result.candidates, start=first)
    ]


def show_candidate(
    candidate: Candidate, rank: int, suppliers: frozenset[str], lists: Mapping[str, list[str]]
) -> Shown:
    """Return one candidate as a page shows it."""
    from maillon.method.search.suppliers.explanation import (  # noqa: PLC0415 - its tables load here
        explain_raise,
        explain_reason,
    )

    spoken = language()
    told = sorted(candidate.reasons[1:], key=lambda reason: -abs(reason.weight))
    facts = _process_facts(told)
    return Shown(
        rank=rank,
        siret=candidate.siret,
        name=candidate.name,
        town=candidate.commune_name,
        km=candidate.distance_km,
        points=sum(reason.weight for reason in told),
        bars=_bars(told, candidate.unknown),
        sentences=[explain_reason(reason, spoken) for reason in told if reason.weight],
        gains=[Gain(explain_raise(reason, spoken), reason.weight) for reason in candidate.would_raise],
        level=LEVELS.get(str(facts.get("kind")), "inferred"),
        source=str(facts.get("source") or ""),
        supplier=candidate.own_supplier or candidate.siret[:9] in suppliers,
        trader=candidate.trader,
        insolvency=candidate.insolvency,
        lists=list(lists.get(candidate.siret[:9], [])),
    )


def _process_facts(told: list[Reason]) -> Mapping[str, Any]:
    return next((r.params for r in told if r.code == "supplier-process" and r.weight > 0), {})


def _bars(told: list[Reason], unknown: tuple[str, ...]) -> list[Bar]:
    """Return six bars at most: what weighs most, what is unknown, and the rest in one."""
    weighty = [reason for reason in told if reason.weight]
    room = BARS - min(len(unknown), 2)
    shown, rest = weighty[:room], weighty[room:]
    if rest:
        shown, rest = weighty[: room - 1], weighty[room - 1 :]
    bars = [_bar(_term(reason), reason.weight) for reason in shown]
    if rest:
        bars.append(_bar(str(_("Other reasons")), sum(reason.weight for reason in rest)))
    return bars + [Bar(str(TERMS[term]), None) for term in unknown[: BARS - len(bars)]]


def _term(reason: Reason) -> str:
    return str(TERMS[reason.code.removeprefix("supplier-")])


def _bar(label: str, points: float) -> Bar:
    width = min(abs(points) / FULL, 1.0) * 50
    return Bar(label, points, f"{50 if points >= 0 else 50 - width:.1f}", f"{width:.1f}")


@dataclass(frozen=True, slots=True)
class Nearly:
    """A firm that one thing keeps out, that thing in words, and whether a wider distance would take it in."""

    siret: str
    name: str | None
    town: str | None
    km: float | None
    missing: Message
    condition: str


def nearly_shown(near: tuple[NearMatch, ...]) -> list[Nearly]:
    """Return the near matches of a page."""
    from maillon.method.search.suppliers.explanation import explain_missing  # noqa: PLC0415 - tables load

    return [
        Nearly(
            one.candidate.siret,
            one.candidate.name,
            one.candidate.commune_name,
            one.candidate.distance_km,
            explain_missing(one.missing, language()),
            one.missing.code.removeprefix("missing-"),
        )
        for one in near
    ]


def gap_sentences(result: SearchResult) -> list[Message]:
    """Return why nobody was found; empty where somebody was."""
    from maillon.method.search.suppliers.explanation import explain_gap_reason  # noqa: PLC0415 - tables load

    reasons = result.gap.reasons if result.gap is not None else ()
    return [explain_gap_reason(reason, language()) for reason in reasons]
