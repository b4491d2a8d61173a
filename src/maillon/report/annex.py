"""The annex: the lines that matter, the account of every row, the doubts."""

from __future__ import annotations

from typing import Any

import polars as pl

from maillon.core.message import Message, message, plural_message
from maillon.core.money import Money
from maillon.dossier import Dossier
from maillon.language import format_money, format_number, render
from maillon.method.diagnose.results import Diagnosis
from maillon.reference.classifications.families import family_label
from maillon.reference.places import country_name
from maillon.report.figures import brief, percent

#: What a printed annex holds at most; the workbook holds everything.
MOST_LINES, MOST_DOUBTS = 60, 25
#: A text longer than this is cut in print: a cell of a page is no place for a paragraph.
_LONGEST = 240


def annex_tables(dossier: Dossier, language: str) -> dict[str, Any]:
    """Return the tables of the annex, cut to what is printed, and how much each leaves to the workbook."""
    return {
        "lines": _lines(dossier, language),
        "accounts": _accounts(dossier, language),
        "doubts": _doubts(dossier, language),
    }


def _lines(dossier: Dossier, language: str) -> dict[str, Any]:
    """Return the dearest lines: they hold most of the spend, whatever their origin."""
    diagnosis = dossier.diagnosis
    currency = diagnosis.currency or "EUR"
    ordered = diagnosis.purchases.sort("spend", "line", descending=[True, False], nulls_last=True)
    rows = [
        {
            "line": row["line"],
            "part": brief(row["designation"] or row["reference"] or "", _LONGEST),
            "family": family_label(row["family"], language) if row["family"] else "",
            "supplier": brief(row["supplier"] or "", _LONGEST),
            "country": country_name(row["country"], language)
            if row["country"]
            else render(message("unknown"), language),
            "evidence": row["evidence"],
            "spend": "" if row["spend"] is None else format_money(Money(row["spend"], currency), language, 0),
        }
        for row in ordered.head(MOST_LINES).iter_rows(named=True)
    ]
    return {
        "rows": rows,
        "caption": render(_caption(diagnosis, ordered.head(MOST_LINES)), language),
        "priced": diagnosis.spend > 0,
        "more": ordered.height - len(rows),
    }


def _caption(diagnosis: Diagnosis, shown: pl.DataFrame) -> Message:
    """Return the heading of the lines: which of them are shown, and what they hold."""
    of = diagnosis.purchases.height
    if of == 0:
        return message("Annex: no bought line was found")
    if shown.height == of:
        return plural_message("Annex: the bought line", "Annex: the {n} bought lines", n=of)
    if diagnosis.spend <= 0:
        return message("Annex: the first {n} bought lines of {of}", n=shown.height, of=of)
    return message(
        "Annex: the {n} dearest lines of {of}, {share} of purchases",
        n=shown.height,
        of=of,
        share=percent(float(shown["spend"].sum()) / diagnosis.spend),
    )


def _accounts(dossier: Dossier, language: str) -> list[list[str]]:
    def number(count: int) -> str:
        return format_number(count, language)

    return [
        [
            " · ".join(part for part in (file, sheet) if part),
            *map(
                number,
                (a.read, a.parts, a.headers, a.sections, a.totals, a.blank, a.quarantined),
            ),
        ]
        for file, sheet, a in dossier.accounts
    ]


def _doubts(dossier: Dossier, language: str) -> dict[str, Any]:
    shown = dossier.doubts[:MOST_DOUBTS]
    return {
        "caption": render(
            plural_message("{n} doubt to check", "{n} doubts to check", n=len(dossier.doubts)), language
        ),
        "rows": [
            [
                " ".join(part for part in (doubt.sheet, doubt.cell) if part),
                brief(render(doubt.what, language), _LONGEST),
                brief(render(doubt.proposal, language), _LONGEST) if doubt.proposal else "",
            ]
            for doubt in shown
        ],
        "more": len(dossier.doubts) - len(shown),
    }
