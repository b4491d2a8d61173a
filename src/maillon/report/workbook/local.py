"""The sheets of who could make the parts near the firm, and of the needs that find nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from maillon.core.message import message
from maillon.dossier import Dossier
from maillon.language import render
from maillon.method.search.suppliers.explanation import explain_reason
from maillon.reference.places import country_name
from maillon.report.local import SourcedNeed, gap_words, sourced_needs
from maillon.report.workbook.cells import Cell, Column, Style
from maillon.report.workbook.sheet import Sheet

if TYPE_CHECKING:
    from maillon.method.search import Candidate

_HEADS = (
    (message("Designation"), Style.TEXT, 44),
    (message("Lines"), Style.TEXT, 14),
    (message("Spend"), Style.MONEY, 14),
    (message("Made in"), Style.TEXT, 16),
    (message("Rank"), Style.COUNT, 8),
    (message("Name"), Style.TEXT, 36),
    (message("SIRET"), Style.TEXT, 16),
    (message("Activity (NAF)"), Style.TEXT, 10),
    (message("Town"), Style.TEXT, 22),
    (message("Distance (km)"), Style.AMOUNT, 10),
    (message("Score"), Style.AMOUNT, 10),
    (message("Proof"), Style.TEXT, 8),
    (message("Reasons"), Style.TEXT, 80),
)
_GAP_HEADS = (
    (message("Designation"), Style.TEXT, 44),
    (message("Lines"), Style.TEXT, 14),
    (message("Spend"), Style.MONEY, 14),
    (message("Why"), Style.TEXT, 100),
)


def write_local(dossier: Dossier, sheet: Sheet) -> None:
    """Write each need with its candidates, one row a candidate, best first."""
    sheet.line((message("Who could make it near here"), Style.TITLE))
    sheet.skip()
    rows = [
        [*_need_cells(need, sheet.language), rank, *_candidate_cells(one, sheet.language)]
        for need in sourced_needs(dossier)
        for rank, one in enumerate(need.result.candidates, 1)
    ]
    sheet.table([Column(*head, [row[at] for row in rows]) for at, head in enumerate(_HEADS)], main=True)


def write_gaps(dossier: Dossier, sheet: Sheet) -> None:
    """Write the needs without a candidate, and why."""
    sheet.line((message("Needs that find nobody"), Style.TITLE))
    sheet.skip()
    rows = [
        [*_need_cells(need, sheet.language)[:3], gap_words(need.result, sheet.language)]
        for need in sourced_needs(dossier)
        if need.result.gap
    ]
    sheet.table([Column(*head, [row[at] for row in rows]) for at, head in enumerate(_GAP_HEADS)], main=True)


def _need_cells(need: SourcedNeed, language: str) -> list[Cell]:
    countries = ", ".join(country_name(code, language) for code in need.countries)
    lines = ", ".join(str(line) for line in need.lines[:20]) + (" …" if len(need.lines) > 20 else "")
    return [need.designation, lines, need.spend, countries or None]


def _candidate_cells(candidate: Candidate, language: str) -> Iterator[Cell]:
    yield candidate.name
    yield candidate.siret
    yield candidate.naf
    yield candidate.commune_name
    yield candidate.distance_km
    yield candidate.score
    yield candidate.has_evidence
    yield " ".join(
        f"{render(explain_reason(reason, language), language)} ({reason.weight:+.2f})"
        for reason in candidate.reasons
    )
