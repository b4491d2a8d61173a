"""Keeping what was found for the needs of a version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from maillon.web.intake.models import Version
from maillon.web.search.models import NeedResult
from maillon.web.search.queries.asked import Asked
from maillon.web.search.queries.candidates import show_candidate
from maillon.web.search.queries.finding import Known, filters_of, place_asked
from maillon.web.search.queries.needs import hash_wording

if TYPE_CHECKING:
    from maillon.method.search.suppliers import SearchResult
    from maillon.web.search.queries.engine import Engine

Progress = Callable[[float], None]
KIND = "search_needs"
KEPT = 10
#: What is kept of a candidate.
_COLUMNS = ("siret", "name", "town", "km", "points", "level")
_SEARCHING = 0.9  # share of the work that is searching


def search_needs(
    engine: Engine, version: Version, texts: Sequence[str], asked: Asked, known: Known, progress: Progress
) -> int:
    """Search every wording, keep the ten best of each in one transaction, return how many have somebody.

    ``asked`` tells the town and the distance.
    """
    from maillon.method.search.suppliers import search_batch  # noqa: PLC0415 - numpy loads here

    wordings = list(dict.fromkeys(" ".join(text.split()) for text in texts))
    found = search_batch(
        engine.register,
        wordings,
        filters=filters_of(asked, place_asked(asked), known),
        limit=KEPT,
        progress=lambda share: progress(_SEARCHING * share),
    )
    results = [found.of_line(line) for line in range(len(wordings))]
    rows = [
        _row(version, text, result, asked, engine.register.manifest.name)
        for text, result in zip(wordings, results, strict=True)
        if result is not None
    ]
    with transaction.atomic():
        NeedResult.objects.filter(version=version).delete()
        NeedResult.objects.bulk_create(rows, batch_size=500)
        progress(1.0)
    return sum(bool(row.found) for row in rows)


def _row(version: Version, text: str, result: SearchResult, asked: Asked, register: str) -> NeedResult:
    shown = [
        show_candidate(one, rank, frozenset(), {}) for rank, one in enumerate(result.candidates, start=1)
    ]
    return NeedResult(
        organisation_id=version.organisation_id,
        version=version,
        text_hash=hash_wording(text),
        found=result.found,
        shown=sum(one.has_evidence for one in result.candidates),
        candidates=[{name: getattr(one, name) for name in _COLUMNS} for one in shown],
        near=asked.near,
        km=asked.km,
        register=register,
    )
