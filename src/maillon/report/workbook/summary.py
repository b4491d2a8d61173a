"""The first sheet: three findings, three actions, and the key figures recomputed from the lines."""

from __future__ import annotations

from collections.abc import Sequence

from maillon.core.message import message
from maillon.core.place import FRANCE
from maillon.dossier import Dossier
from maillon.language import format_date
from maillon.method.diagnose.results import Basis, Diagnosis
from maillon.report.actions import propose_three
from maillon.report.figures import interval, period
from maillon.report.findings import find_three
from maillon.report.view import EVIDENCE
from maillon.report.workbook.cells import Formula, Style
from maillon.report.workbook.lines import LinesPart
from maillon.report.workbook.sheet import Sheet


def write_summary(dossier: Dossier, sheet: Sheet, parts: Sequence[LinesPart]) -> None:
    """Write what a reader needs first; ``parts`` are the sheets of lines that the key figures add up."""
    sheet.widths(42, 34, 110)
    sheet.line((message("Diagnosis: {name}", name=dossier.name), Style.TITLE))
    made = f"Maillon {dossier.version}, {format_date(dossier.date, sheet.language)}"
    sheet.line((made, Style.NOTE))
    sheet.line((message("A pre-check, not a legal statement of origin."), Style.NOTE))
    sheet.skip()
    sheet.line((message("Three findings"), Style.HEADING))
    for found in find_three(dossier):
        sheet.line((found.figure, Style.STRONG), (found.title, Style.WRAP), (found.detail, Style.WRAP))
    sheet.skip()
    sheet.line((message("Three next actions"), Style.HEADING))
    for number, action in enumerate(propose_three(dossier), 1):
        sheet.line((f"{number}.", Style.STRONG), (action.what, Style.WRAP), (action.why, Style.WRAP))
    sheet.skip()
    _key_figures(dossier, sheet, parts)
    _variants(dossier, sheet)


def _key_figures(dossier: Dossier, sheet: Sheet, parts: Sequence[LinesPart]) -> None:
    """Write the figures that the lines add up to, as formulas over them."""
    diagnosis = dossier.diagnosis
    sheet.line((message("Key figures"), Style.HEADING))
    spend = Formula(_over(parts, "SUM({spend})"), diagnosis.spend)
    at = sheet.line((message("Spend"), Style.TEXT), (spend, Style.MONEY), (period(diagnosis), Style.NOTE))
    yes = sheet.say(message("yes"))
    counted = Formula(_over(parts, f'COUNTIF({{bought}},"{yes}")'), diagnosis.bought_lines)
    sheet.line((message("Bought lines"), Style.TEXT), (counted, Style.COUNT))
    unpriced = diagnosis.purchases["spend"].null_count()
    sheet.line((message("Bought lines without a usable price"), Style.TEXT), (unpriced, Style.COUNT))
    sheet.line((message("Lines of the file"), Style.TEXT), (diagnosis.lines, Style.COUNT))
    sheet.line((message("Suppliers"), Style.TEXT), (diagnosis.concentration.suppliers, Style.COUNT))
    _evidence(diagnosis, sheet, parts, at)
    share = diagnosis.local_content[Basis.ORIGIN_VALUE].get(FRANCE.key)
    if share is not None:
        sheet.line(
            (message("Made in France, by value"), Style.TEXT),
            (interval(share), Style.TEXT),
            (message("Exact bounds, not a margin of error: see the sheet of local content."), Style.NOTE),
        )


def _evidence(diagnosis: Diagnosis, sheet: Sheet, parts: Sequence[LinesPart], spend_row: int) -> None:
    """Write the share of spend at each level of evidence, the strongest first."""
    note = message("of the amount, by level of evidence")
    for code, (_, _, word) in EVIDENCE.items():
        name = sheet.say(word)
        held = _over(parts, f'SUMIF({{evidence_word}},"{name}",{{spend}})').removeprefix("=")
        share = Formula(f"=IF($B${spend_row}=0,0,({held})/$B${spend_row})", diagnosis.evidence_spend[code])
        sheet.line((word, Style.TEXT), (share, Style.SHARE), (note, Style.NOTE))


def _over(parts: Sequence[LinesPart], formula: str) -> str:
    """Return a formula over the columns of lines, summed over the sheets that hold them."""
    terms = (formula.format(**{name: part.address(name) for name in part.letters}) for part in parts)
    return "=" + "+".join(terms)


def _variants(dossier: Dossier, sheet: Sheet) -> None:
    """Write the variants side by side, where the file holds several."""
    if not dossier.variants:
        return
    sheet.skip()
    sheet.line((message("Variants side by side"), Style.HEADING))
    sheet.line(
        (message("Variant"), Style.HEADER),
        (message("Spend"), Style.HEADER),
        (message("Made in France, by value"), Style.HEADER),
    )
    for diagnosis in dossier.variants:
        share = diagnosis.local_content[Basis.ORIGIN_VALUE].get(FRANCE.key)
        words = interval(share) if share is not None else None
        sheet.line((diagnosis.name, Style.TEXT), (diagnosis.spend, Style.MONEY), (words, Style.TEXT))
