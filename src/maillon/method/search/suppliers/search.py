"""From a need to ranked candidates, near matches, or the reasons of a gap."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from maillon.core.place import Place
from maillon.method.search.suppliers.activities import Activities, known_activities
from maillon.method.search.suppliers.filters import (
    SILENT,
    TERRITORY,
    Filters,
    check_filters,
    distances,
    failures,
    trading,
)
from maillon.method.search.suppliers.gap import explain_gap
from maillon.method.search.suppliers.gather import gather
from maillon.method.search.suppliers.near import missing_of
from maillon.method.search.suppliers.need import Need, read_need
from maillon.method.search.suppliers.profile import Profile, standard_profile
from maillon.method.search.suppliers.result import Candidate, NearMatch, Removed, SearchResult
from maillon.method.search.suppliers.terms import score_firms
from maillon.method.search.suppliers.why import Case, reasons_of, unknown_terms, would_raise
from maillon.reference.places.communes import commune
from maillon.reference.register import Register
from maillon.reference.register.index import RegisterIndex, open_index
from maillon.reference.register.index.build import FACTS, FOLDER
from maillon.reference.register.index.columns import MASKED, NEVER
from maillon.reference.register.index.postings import among

Rows = npt.NDArray[np.int64]
NEAR_MATCHES = 5


@dataclass(frozen=True, slots=True, eq=False)
class Searcher:
    """An open index with its activities; safe to use from several threads."""

    index: RegisterIndex
    activities: Activities

    def search(
        self, need: Need, filters: Filters, *, limit: int = 20, profile: Profile | None = None
    ) -> SearchResult:
        """Return the ``limit`` best candidates; see ``search_suppliers``."""
        case, failed = self.weigh(need, filters, profile)
        n_failed = (
            np.sum([*failed.values()], axis=0) if failed else np.zeros(len(case.linked.rows), dtype=int)
        )
        return result_of(case, failed, n_failed, slice(0, limit))

    def weigh(
        self, need: Need, filters: Filters, profile: Profile | None = None
    ) -> tuple[Case, dict[str, npt.NDArray[np.bool_]]]:
        """Return every linked firm, scored, and for each condition asked for which of them fail it."""
        chosen = profile or standard_profile()
        linked = gather(self.index, self.activities, need, filters, chosen)
        km = distances(self.index, linked.rows, filters)
        scored = score_firms(self.index, need, linked, km, chosen)
        case = Case(self.index, need, filters, chosen, linked, scored)
        return case, failures(self.index, linked.rows, km, need, filters)


def result_of(
    case: Case, failed: dict[str, npt.NDArray[np.bool_]], n_failed: npt.NDArray[np.int64], shown: slice
) -> SearchResult:
    """Return the firms that fail nothing, those ``shown`` described, and what keeps the others out.

    ``n_failed`` may count conditions that are not in ``failed``: nothing is then told of them.
    """
    passing = np.flatnonzero(n_failed == 0)
    best = _best(case, passing, shown.stop)[shown]
    removed = tuple(_removed(failed, case.linked.apart))
    near = tuple(_near_matches(case, failed, n_failed))
    linked = len(case.linked.rows) + case.linked.apart
    return SearchResult(
        need=case.need,
        candidates=tuple(describe_all(case, best)),
        found=len(passing),
        linked=linked,
        gap=None if len(passing) else explain_gap(case.need, linked, removed, near),
        near_matches=near,
        removed=removed,
        profile=case.profile.version,
    )


def search_suppliers(
    register: Register,
    need: Need | str,
    near: Place | None = None,
    km: float | None = None,
    *,
    filters: Filters | None = None,
    limit: int = 20,
    profile: Profile | None = None,
) -> SearchResult:
    """Find who can make a part near a place: ranked candidates, each with the points that it is made of.

    ``need`` is a designation, plain words, a process code or a ``Need``; ``near`` and ``km`` replace those of
    ``filters``. A score is ``bias + Σ weight × x`` in log-odds (terms: ``profiles/``); ties break by SIRET.
    Raises ``InvalidRequest`` on a senseless request and ``MissingData`` where the register has no index.
    """
    given = filters or Filters()
    asked = replace(given, near=near or given.near, km=given.km if km is None else km)
    check_filters(asked)
    wanted = read_need(need) if isinstance(need, str) else need
    return searcher_of(register).search(wanted, asked, limit=limit, profile=profile)


def searcher_of(register: Register) -> Searcher:
    """Return the searcher of a register; the last few stay open."""
    facts = register.folder / FOLDER / FACTS
    return _open(register.folder, facts.stat().st_mtime_ns if facts.is_file() else 0)


@lru_cache(maxsize=4)
def _open(folder: Path, _built: int) -> Searcher:
    """Open an index; one that was built again since is another."""
    index = open_index(folder)
    return Searcher(index, known_activities(index.activities))


def _best(case: Case, places: Rows, limit: int) -> list[int]:
    """Return the best places: by score, then by SIRET."""
    scores = case.scored.scores[places]
    if len(places) > limit > 0:
        least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        places, scores = places[scores >= least], scores[scores >= least]
    sirets = case.index.columns.siret[case.linked.rows[places]]
    return [int(place) for place in places[np.lexsort((sirets, -scores))][:limit]]


def _removed(failed: dict[str, npt.NDArray[np.bool_]], apart: int) -> list[Removed]:
    return [
        Removed(condition, int(mask.sum()) + (apart if condition == TERRITORY else 0))
        for condition, mask in failed.items()
    ]


def _near_matches(
    case: Case, failed: dict[str, npt.NDArray[np.bool_]], n_failed: npt.NDArray[np.int64]
) -> list[NearMatch]:
    """Return the best firms that one condition alone keeps out."""
    shown = {condition: mask for condition, mask in failed.items() if condition not in SILENT}
    if not shown:
        return []
    one = np.flatnonzero((n_failed == 1) & np.any([*shown.values()], axis=0))
    places = _best(case, one, NEAR_MATCHES)
    lacking = [next(name for name, mask in shown.items() if mask[place]) for place in places]
    return [
        NearMatch(candidate, missing_of(case, condition, place))
        for candidate, condition, place in zip(describe_all(case, places), lacking, places, strict=True)
    ]


def describe_all(case: Case, places: Sequence[int]) -> list[Candidate]:
    """Return the firms at these places of the linked rows, with their reasons."""
    rows = case.linked.rows[np.asarray(places, dtype=np.int64)]
    marks = zip(
        rows.tolist(),
        trading(case.index, rows).tolist(),
        among(case.index.roles.find("own-supplier").rows, rows).tolist(),
        strict=True,
    )
    return [
        _describe(case, place, row, trader=trader, own_supplier=own)
        for place, (row, trader, own) in zip(places, marks, strict=True)
    ]


def _describe(case: Case, place: int, row: int, *, trader: bool, own_supplier: bool) -> Candidate:
    index, columns = case.index, case.index.columns
    code = index.communes[columns.commune[row]] or None
    km, opened = float(case.scored.km[place]), int(columns.insolvency[row])
    return Candidate(
        siret=f"{int(columns.siret[row]):014d}",
        row=int(columns.row[row]),
        name=index.names[row],
        naf=index.activities[columns.activity[row]] or None,
        commune=code,
        commune_name=_commune_name(code) if code else None,
        distance_km=None if math.isnan(km) else km,
        score=float(case.scored.scores[place]),
        reasons=reasons_of(case, place),
        unknown=unknown_terms(case, place),
        would_raise=would_raise(case, place),
        has_evidence=bool(case.linked.shown[place] > 0),
        trader=trader,
        own_supplier=own_supplier,
        masked=bool(columns.flags[row] & MASKED),
        insolvency=None if opened == NEVER else dt.date(1970, 1, 1) + dt.timedelta(days=opened),
    )


@lru_cache(maxsize=40_000)
def _commune_name(code: str) -> str | None:
    town = commune(code)
    return town.name if town else None
