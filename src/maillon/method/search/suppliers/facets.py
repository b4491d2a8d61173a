"""Narrowing a search step by step: how many firms each further choice would leave.

A facet is a property of a firm with a few values. Within a facet the values chosen are alternatives, and the
facets must all hold. What a value counts are the firms that pass everything else: chosen, it gives as many.
Facets only remove from the firms that a search has linked, so that scores and ranks stay what they were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from maillon.method.search.suppliers.filters import Filters, rows_of_numbers
from maillon.method.search.suppliers.need import Need
from maillon.method.search.suppliers.profile import Profile
from maillon.method.search.suppliers.result import SearchResult
from maillon.method.search.suppliers.search import Searcher, result_of
from maillon.method.search.suppliers.why import Case
from maillon.reference.register.index.postings import among

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]
#: Fewest persons of each step of size; the unknown is a step of its own.
SIZES = {"0": 0, "1": 1, "10": 10, "50": 50, "250": 250}
UNKNOWN = "unknown"
#: Whether a process of the need is shown, or only suggested by activity or words; whether one buys there.
SHOWN, SUGGESTED, YES = "shown", "suggested", "yes"


@dataclass(frozen=True, slots=True)
class Faceted:
    """A result narrowed; ``counts`` by facet and value, ``unnarrowed`` what is found without any facet."""

    result: SearchResult
    counts: Mapping[str, Mapping[str, int]]
    unnarrowed: int


class _Values(Protocol):
    """The values of each firm for one facet."""

    def having(self, wanted: frozenset[str]) -> Mask:
        """Return which firms have one of the values."""

    def count(self, kept: Mask) -> dict[str, int]:
        """Return how many of the firms kept have each value."""


@dataclass(frozen=True, slots=True, eq=False)
class _OneEach:
    """One value a firm: ``codes`` are places in ``names``."""

    names: tuple[str, ...]
    codes: Codes

    def having(self, wanted: frozenset[str]) -> Mask:
        chosen = np.array([name in wanted for name in self.names], dtype=np.bool_)
        return np.asarray(chosen[self.codes], dtype=np.bool_)

    def count(self, kept: Mask) -> dict[str, int]:
        counts = np.bincount(self.codes[kept], minlength=len(self.names))
        return dict(zip(self.names, counts.tolist(), strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class _Several:
    """Any number of values a firm: one mask each."""

    masks: Mapping[str, Mask]
    n_firms: int

    def having(self, wanted: frozenset[str]) -> Mask:
        held = np.zeros(self.n_firms, dtype=np.bool_)
        for name in wanted & self.masks.keys():
            held |= self.masks[name]
        return held

    def count(self, kept: Mask) -> dict[str, int]:
        return {name: int((mask & kept).sum()) for name, mask in self.masks.items()}


@dataclass(frozen=True, slots=True, eq=False)
class _Narrowed:
    """The values by facet, who lacks the facets chosen, and how many conditions each firm fails in all."""

    values: Mapping[str, _Values]
    lacking: Mapping[str, Mask]
    n_failed: Codes
    n_lacking: Codes


def search_faceted(
    searcher: Searcher,
    need: Need,
    filters: Filters,
    chosen: Mapping[str, frozenset[str]],
    *,
    suppliers: frozenset[str] = frozenset(),
    shown: slice = slice(0, 20),
    profile: Profile | None = None,
) -> Faceted:
    """Search, keep the firms with the values ``chosen`` by facet, count what every other choice would leave.

    ``suppliers`` are SIREN or SIRET numbers of firms that one buys from already: their value of ``supplier``
    is ``yes``, like that of the firms that the register tells so. ``shown`` is the page of candidates.
    """
    case, failed = searcher.weigh(need, filters, profile)
    narrowed = _narrow(case, failed, chosen, suppliers)
    counts = {
        facet: narrowed.values[facet].count(narrowed.n_failed == narrowed.lacking.get(facet, 0))
        for facet in FACETS
    }
    unnarrowed = int((narrowed.n_failed == narrowed.n_lacking).sum())
    return Faceted(result_of(case, failed, narrowed.n_failed, shown), counts, unnarrowed)


def count_within(
    searcher: Searcher,
    need: Need,
    filters: Filters,
    chosen: Mapping[str, frozenset[str]],
    distances: tuple[float | None, ...],
    suppliers: frozenset[str] = frozenset(),
) -> dict[float | None, int]:
    """Return how many firms each distance in km would give, all else being the same; None is no limit."""
    counts: dict[float | None, int] = {}
    for km in distances:
        case, failed = searcher.weigh(need, replace(filters, km=km))
        counts[km] = int((_narrow(case, failed, chosen, suppliers).n_failed == 0).sum())
    return counts


def _narrow(
    case: Case, failed: Mapping[str, Mask], chosen: Mapping[str, frozenset[str]], suppliers: frozenset[str]
) -> _Narrowed:
    """Count for each linked firm the conditions that it fails, those of the facets chosen too."""
    nobody = np.zeros(len(case.linked.rows), dtype=np.int64)
    values = {facet: valued(case, suppliers) for facet, valued in _VALUES.items()}
    lacking = {facet: ~values[facet].having(chosen[facet]) for facet in FACETS if chosen.get(facet)}
    n_lacking = np.asarray(np.sum([nobody, *lacking.values()], axis=0, dtype=np.int64))
    n_failed = np.asarray(np.sum([nobody, *failed.values()], axis=0, dtype=np.int64))
    return _Narrowed(values, lacking, n_failed + n_lacking, n_lacking)


def _processes(case: Case, _suppliers: frozenset[str]) -> _Values:
    masks = {code: among(held.rows, case.linked.rows) for code, held in case.processes}
    return _Several(masks, len(case.linked.rows))


def _departements(case: Case, _suppliers: frozenset[str]) -> _Values:
    codes = case.index.columns.departement[case.linked.rows].astype(np.int64)
    return _OneEach(case.index.departements, codes)


def _sizes(case: Case, _suppliers: frozenset[str]) -> _Values:
    fewest = case.index.columns.headcount_low[case.linked.rows]
    steps = np.searchsorted(np.array(list(SIZES.values())), fewest, side="right")
    return _OneEach((UNKNOWN, *SIZES), np.where(fewest < 0, 0, steps).astype(np.int64))


def _activities(case: Case, _suppliers: frozenset[str]) -> _Values:
    """Group activities by class: 25.62 for 25.62A and 25.62B."""
    classes = sorted({code[:5] for code in case.index.activities})
    places = {name: place for place, name in enumerate(classes)}
    of_code = np.array([places[code[:5]] for code in case.index.activities], dtype=np.int64)
    return _OneEach(tuple(classes), of_code[case.index.columns.activity[case.linked.rows]])


def _evidence(case: Case, _suppliers: frozenset[str]) -> _Values:
    return _OneEach((SUGGESTED, SHOWN), (case.linked.shown > 0).astype(np.int64))


def _bought(case: Case, suppliers: frozenset[str]) -> _Values:
    told = among(case.index.roles.find("own-supplier").rows, case.linked.rows)
    bought = among(np.sort(rows_of_numbers(case.index, suppliers)), case.linked.rows)
    return _Several({YES: told | bought}, len(case.linked.rows))


_VALUES: dict[str, Callable[[Case, frozenset[str]], _Values]] = {
    "process": _processes,
    "departement": _departements,
    "size": _sizes,
    "activity": _activities,
    "evidence": _evidence,
    "supplier": _bought,
}
#: What a search narrows by.
FACETS = tuple(_VALUES)
