"""What a search gives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from maillon.core.reason import Reason
from maillon.method.search.suppliers.need import Need


@dataclass(frozen=True, slots=True)
class Candidate:
    """An establishment that may make the part, and why.

    ``reasons`` hold one ``supplier-…`` code a term, the bias last; their weights sum to ``score``
    (log-odds, not calibrated). ``unknown`` names the terms of which nothing is known; ``would_raise`` says
    what an unknown or partial term could add at most. ``name`` is null where the firm asked not to be shown;
    ``distance_km`` is a great circle. ``insolvency`` is the day of the last opening known: a warning.
    """

    siret: str
    row: int
    name: str | None
    naf: str | None
    commune: str | None
    commune_name: str | None
    distance_km: float | None
    score: float
    reasons: tuple[Reason, ...]
    unknown: tuple[str, ...]
    would_raise: tuple[Reason, ...]
    has_evidence: bool
    trader: bool = False
    own_supplier: bool = False
    masked: bool = False
    insolvency: dt.date | None = None


@dataclass(frozen=True, slots=True)
class NearMatch:
    """A firm that one condition alone keeps out; ``missing`` names it, what is there and what is asked."""

    candidate: Candidate
    missing: Reason


@dataclass(frozen=True, slots=True)
class Removed:
    """A condition and how many linked firms fail it; ``condition`` may name a code after a colon."""

    condition: str
    firms: int


@dataclass(frozen=True, slots=True)
class Gap:
    """No candidate: why, in the order in which it matters."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Candidates best first; ``found`` counts all of them, ``linked`` the firms looked at before filters."""

    need: Need
    candidates: tuple[Candidate, ...]
    found: int
    linked: int
    gap: Gap | None
    near_matches: tuple[NearMatch, ...]
    removed: tuple[Removed, ...]
    profile: str
