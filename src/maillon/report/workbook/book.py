"""The workbook as a whole: its sheets in reading order, its properties."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import xlsxwriter

from maillon.core.message import Message, message
from maillon.dossier import Dossier
from maillon.language import render
from maillon.report.workbook.content import write_content
from maillon.report.workbook.foreign import write_foreign
from maillon.report.workbook.grounds import write_grounds
from maillon.report.workbook.lines import write_lines
from maillon.report.workbook.local import write_gaps, write_local
from maillon.report.workbook.reading import write_account, write_doubts
from maillon.report.workbook.relocation import write_relocation
from maillon.report.workbook.sheet import Sheet
from maillon.report.workbook.styles import make_formats
from maillon.report.workbook.summary import write_summary
from maillon.report.workbook.suppliers import write_concentration, write_questions

#: Nothing that a file holds becomes a formula, a number or a link (CWE-1236); all in memory, no scratch file.
SAFE_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "in_memory": True,
}


def write_workbook(dossier: Dossier, path: Path, language: str) -> None:
    """Write the dossier to ``path`` as ``.xlsx``, in French (``fr``) or English (``en``).

    The same dossier gives the same bytes: the workbook is dated like the dossier and names no author.
    """
    with xlsxwriter.Workbook(str(path), SAFE_OPTIONS) as book:
        formats = make_formats(book, dossier.diagnosis.currency)

        def named(name: str) -> Sheet:
            return Sheet(book, name, formats, language)

        def titled(title: Message) -> Sheet:
            return named(render(title, language))

        book.set_properties(_properties(dossier, language))
        summary = titled(message("Summary"))
        write_content(dossier, titled(message("Local content")))
        parts = write_lines(dossier, named, language)
        write_questions(dossier, titled(message("Suppliers to ask")))
        write_foreign(dossier, titled(message("Made abroad")))
        if dossier.local is not None:
            write_local(dossier, titled(message("Local sources")))
            write_gaps(dossier, titled(message("Gaps")))
        if dossier.costs is not None:
            write_relocation(dossier, titled(message("Total cost and plan")))
        write_concentration(dossier, titled(message("Concentration")))
        write_account(dossier, titled(message("Row account")))
        write_doubts(dossier, named, language)
        write_grounds(dossier, titled(message("Sources and assumptions")))
        write_summary(dossier, summary, parts)


def _properties(dossier: Dossier, language: str) -> dict[str, object]:
    return {
        "title": render(message("Diagnosis: {name}", name=dossier.name), language),
        "comments": f"Maillon {dossier.version}",
        "created": dt.datetime.combine(dossier.date, dt.time(), dt.UTC),
    }
