"""The reasons of one firm: its terms as data, with the facts that each rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from maillon.core.reason import Reason
from maillon.method.search.suppliers.filters import Filters
from maillon.method.search.suppliers.gather import Linked, weighted_processes
from maillon.method.search.suppliers.need import Need
from maillon.method.search.suppliers.profile import TERMS, Profile
from maillon.method.search.suppliers.terms import DECIMALS, Scored
from maillon.reference.register.index import RegisterIndex


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One search, scored."""

    index: RegisterIndex
    need: Need
    filters: Filters
    profile: Profile
    linked: Linked
    scored: Scored


def reasons_of(case: Case, place: int) -> tuple[Reason, ...]:
    """Return the terms of the firm at ``place`` of the linked rows, known and asked for, and the bias last.

    The weights sum to the score, in the order given.
    """
    scored = case.scored
    told = [
        Reason(f"supplier-{term}", float(scored.points[k, place]), facts_of(case, term, place))
        for k, term in enumerate(TERMS)
        if scored.asked[k] and not scored.unknown[k, place]
    ]
    return (Reason("supplier-bias", case.profile.weights["bias"]), *told)


def unknown_terms(case: Case, place: int) -> tuple[str, ...]:
    """Return the terms asked for of which nothing is known."""
    scored = case.scored
    return tuple(t for k, t in enumerate(TERMS) if scored.asked[k] and scored.unknown[k, place])


def would_raise(case: Case, place: int) -> tuple[Reason, ...]:
    """Return what the firm could still gain by telling more, most first: terms at their most less today's.

    Distance, activity and workforce cannot be told better, so they are left out.
    """
    gains = []
    for k, term in enumerate(TERMS):
        if case.scored.asked[k] and term not in {"distance", "activity", "headcount", "maker", "text"}:
            left = round(case.profile.weights[term] - float(case.scored.points[k, place]), DECIMALS)
            if left > 0:
                gains.append(Reason(f"supplier-{term}-missing", left, _wanted(case, term)))
    return tuple(sorted(gains, key=lambda gain: -gain.weight))


def facts_of(case: Case, term: str, place: int) -> dict[str, object]:
    """Return what a term of one firm rests on."""
    index, row = case.index, int(case.linked.rows[place])
    facts = _wanted(case, term)
    match term:
        case "process":
            facts = dict(_process_facts(case, place))
        case "activity":
            facts = {"naf": index.activities[index.columns.activity[row]]}
        case "distance":
            facts = {"km": float(case.scored.km[place])}
        case "headcount":
            low, high = (int(c[row]) for c in (index.columns.headcount_low, index.columns.headcount_high))
            facts = {"low": low, "high": high if high >= 0 else None}
        case "size" | "tolerance" | "lot":
            facts = facts | dict(_limit_facts(case, term, row))
        case "maker":
            facts = {"is_maker": bool(case.scored.points[TERMS.index("maker"), place] > 0)}
    return facts


def _process_facts(case: Case, place: int) -> Iterator[tuple[str, object]]:
    code, _ = weighted_processes(case.need, case.profile)[int(case.linked.best[place])]
    held = case.index.processes.find(code)
    at = int(np.searchsorted(held.rows, case.linked.rows[place]))
    yield "process", code
    yield "kind", case.index.processes.kinds[held.kinds[at]]
    yield "source", case.index.processes.sources[held.sources[at]]


def _limit_facts(case: Case, term: str, row: int) -> Iterator[tuple[str, object]]:
    figures = case.index.limits[term].at(np.array([row], dtype=np.uint32))
    for name, figure in zip(("low", "ideal", "high"), figures, strict=True):
        yield name, None if np.isnan(figure[0]) else float(figure[0])


def _wanted(case: Case, term: str) -> dict[str, object]:
    """Return what the need asks of a term."""
    need = case.need
    wanted: dict[str, dict[str, object]] = {
        "process": {"process": need.processes[0].code if need.processes else None},
        "material": {"material": need.material},
        "size": {"wanted": need.length},
        "tolerance": {"wanted": need.tolerance},
        "lot": {"wanted": need.lot},
        "certificate": {"certificates": need.certificates},
    }
    return wanted.get(term, {})
