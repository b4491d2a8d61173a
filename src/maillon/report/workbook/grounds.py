"""The sheet of what the figures rest on: sources, assumptions, the first check of the label."""

from __future__ import annotations

from maillon.core.message import Message, message
from maillon.dossier import Dossier
from maillon.method.diagnose import reason_message
from maillon.report.view import VERDICTS
from maillon.report.workbook.cells import Column, Style
from maillon.report.workbook.sheet import Sheet

_PLACES = message(
    "Places: INSEE, Etalab, GeoNames (CC BY 4.0); outlines: Natural Earth; purchase families: Maillon."
)


def write_grounds(dossier: Dossier, sheet: Sheet) -> None:
    """Write the files read with their fingerprints, then in sentences what the figures rest on."""
    diagnosis, sources = dossier.diagnosis, dossier.sources
    check = diagnosis.origin_check
    sheet.line((message("Sources and assumptions"), Style.TITLE))
    sheet.skip()
    sheet.table(
        [
            Column(message("File"), Style.TEXT, 60, [source.name for source in sources]),
            Column(message("Kind"), Style.TEXT, 12, [source.kind for source in sources]),
            Column(message("Size (bytes)"), Style.COUNT, 16, [source.size for source in sources]),
            Column(message("SHA-256"), Style.TEXT, 70, [source.sha256 for source in sources]),
        ]
    )
    sheet.skip()
    sheet.line((_PLACES, Style.NOTE))
    assumptions = [reason_message(reason) for reason in diagnosis.assumptions]
    _sentences(sheet, message("What the figures rest on"), assumptions)
    reasons = [reason_message(reason) for reason in check.reasons]
    stated = [reason_message(check.statement)] if check.statement else []
    checked = [VERDICTS[check.verdict], *reasons, *stated]
    _sentences(sheet, message("Origine France Garantie: a first check"), checked)
    prepared = [reason_message(reason) for reason in check.preparation]
    _sentences(sheet, message("To prepare a request on made in France to the customs"), prepared)
    sheet.widths(60, 12, 16, 70)


def _sentences(sheet: Sheet, heading: Message, sentences: list[Message]) -> None:
    """Write sentences one below the other; they run over the empty cells beside them."""
    if not sentences:
        return
    sheet.skip()
    sheet.line((heading, Style.HEADING))
    for sentence in sentences:
        sheet.line((sentence, Style.TEXT))
