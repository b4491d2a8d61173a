"""The annex: the lines that matter, the account of every row, the doubts."""

from __future__ import annotations

from collections import Counter
from typing import Any

from maillon.core.message import message
from maillon.core.money import Money
from maillon.dossier import Dossier
from maillon.language import format_money, format_number, render
from maillon.reference.classifications.families import family_label
from maillon.reference.places import country_name

#: What a printed annex holds at most; the workbook holds everything.
MOST_LINES, MOST_DOUBTS = 60, 25


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
            "part": row["designation"] or row["reference"] or "",
            "family": family_label(row["family"], language) if row["family"] else "",
            "supplier": row["supplier"] or "",
            "country": country_name(row["country"], language)
            if row["country"]
            else render(message("unknown"), language),
            "evidence": row["evidence"],
            "spend": "" if row["spend"] is None else format_money(Money(row["spend"], currency), language, 0),
        }
        for row in ordered.head(MOST_LINES).iter_rows(named=True)
    ]
    held = float(ordered.head(MOST_LINES)["spend"].sum())
    return {"rows": rows, "of": ordered.height, "share": held / diagnosis.spend if diagnosis.spend else 0.0}


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
    kinds = Counter(doubt.code for doubt in dossier.doubts)
    shown = dossier.doubts[:MOST_DOUBTS]
    return {
        "count": len(dossier.doubts),
        "kinds": len(kinds),
        "rows": [
            [
                " ".join(part for part in (doubt.sheet, doubt.cell) if part),
                render(doubt.what, language),
                render(doubt.proposal, language) if doubt.proposal else "",
            ]
            for doubt in shown
        ],
        "more": len(dossier.doubts) - len(shown),
    }
