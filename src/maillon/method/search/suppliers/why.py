"""The reasons of one firm: its terms as data, with the facts that each rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from maillon.core.reason import Reason
from maillon.method.search.suppliers.filters import Filters
from maillon.method.search.suppliers.gather import Linked, weighted_processes
from maillon.method.search.suppliers.need import Need
from maillon.method.search.suppliers.profile import TERMS, Profile
from maillon.method.search.suppliers.terms import DECIMALS, Scored
from maillon.reference.register.index import RegisterIndex
from maillon.reference.register.index.postings import Holders

#: Distance, activity, workforce and role cannot be told better by a firm.
_TELLABLE = frozenset({"process", "material", "size", "tolerance", "lot", "certificate"})


@dataclass(frozen=True, eq=False)
class Case:
    """One search, scored."""

    index: RegisterIndex
    need: Need
    filters: Filters
    profile: Profile
    linked: Linked
    scored: Scored

    @cached_property
    def wanted(self) -> dict[str, dict[str, object]]:
        """What the need asks of each term."""
        need = self.need
        return {
            "process": {"process": need.processes[0].code if need.processes else None},
            "material": {"material": need.material},
            "size": {"wanted": need.length},
            "tolerance": {"wanted": need.tolerance},
            "lot": {"wanted": need.lot},
            "certificate": {"certificates": need.certificates},
        }

    @cached_property
    def processes(self) -> list[tuple[str, Holders]]:
        """The processes of the need and who holds them, as ``linked.best`` counts them."""
        weighted = weighted_processes(self.need, self.profile)
        return [(code, self.index.processes.find(code)) for code, _ in weighted]

    @cached_property
    def tellable(self) -> list[tuple[int, str]]:
        """The terms asked for on which a firm could tell more."""
        return [(k, term) for k, term in enumerate(TERMS) if self.scored.asked[k] and term in _TELLABLE]


def reasons_of(case: Case, place: int) -> tuple[Reason, ...]:
    """Return the bias, then the terms asked for and known of the firm at ``place`` of the linked rows.

    The weights sum to the score.
    """
    scored = case.scored
    points, unknown = scored.points[:, place].tolist(), scored.unknown[:, place].tolist()
    told = [
        Reason(f"supplier-{term}", points[k], facts_of(case, term, place))
        for k, term in enumerate(TERMS)
        if scored.asked[k] and not unknown[k]
    ]
    return (Reason("supplier-bias", case.profile.weights["bias"]), *told)


def unknown_terms(case: Case, place: int) -> tuple[str, ...]:
    """Return the terms asked for of which nothing is known."""
    unknown = case.scored.unknown[:, place].tolist()
    return tuple(t for k, t in enumerate(TERMS) if case.scored.asked[k] and unknown[k])


def would_raise(case: Case, place: int) -> tuple[Reason, ...]:
    """Return what the firm could still gain by telling more, most first: terms at their most less today's."""
    points = case.scored.points[:, place].tolist()
    gains = []
    for k, term in case.tellable:
        left = round(case.profile.weights[term] - points[k], DECIMALS)
        if left > 0:
            gains.append(Reason(f"supplier-{term}-missing", left, case.wanted[term]))
    return tuple(sorted(gains, key=lambda gain: -gain.weight))


def facts_of(case: Case, term: str, place: int) -> dict[str, object]:
    """Return what a term of one firm rests on."""
    index, row = case.index, int(case.linked.rows[place])
    facts = case.wanted.get(term, {})
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
    code, held = case.processes[int(case.linked.best[place])]
    at = int(np.searchsorted(held.rows, case.linked.rows[place]))
    yield "process", code
    yield "kind", case.index.processes.kinds[held.kinds[at]]
    yield "source", case.index.processes.sources[held.sources[at]]


def _limit_facts(case: Case, term: str, row: int) -> Iterator[tuple[str, object]]:
    figures = case.index.limits[term].at(np.array([row], dtype=np.uint32))
    for name, figure in zip(("low", "ideal", "high"), figures, strict=True):
        yield name, None if np.isnan(figure[0]) else float(figure[0])
