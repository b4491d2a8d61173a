"""``factures-2025.zip``: the year's electronic invoices as a platform hands them back, doubles included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from facturx import generate_xml

from maillon.demo.documents import Document
from maillon.demo.draws import draws
from maillon.demo.firm import VALTRENNE
from maillon.demo.invoice_pages import facturx_page
from maillon.demo.invoice_terms import invoice_terms

#: How many documents arrive twice, the second time under another name or in another syntax.
DOUBLES = 4


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file of the archive and the document that it carries."""

    name: str
    syntax: str
    document: Document


def sent_files(documents: list[Document], seed: int) -> list[SentFile]:
    """Return the files of the archive: every electronic document once, and ``DOUBLES`` of them again."""
    first = [_sent(document, document.supplier.invoice) for document in documents if _electronic(document)]
    again = draws(seed, "doubles").sample(first, DOUBLES)
    syntaxes = ("ubl", "cii", "facturx")
    return first + [_sent(file.document, syntaxes[i % 3], "_bis") for i, file in enumerate(again)]


def write_archive(path: Path, documents: list[Document], seed: int) -> None:
    """Write the archive, every entry at the same fixed moment."""
    moment = (*VALTRENNE.printed.timetuple()[:3], 0, 0, 0)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in _contents(sent_files(documents, seed)):
            archive.writestr(ZipInfo(name, moment), content, ZIP_DEFLATED, 9)


def _contents(files: list[SentFile]) -> Iterator[tuple[str, bytes]]:
    for file in files:
        flavour = "ubl-2.1" if file.syntax == "ubl" else "factur-x"
        xml = generate_xml(
            invoice_terms(file.document), flavour, "en16931", check_xsd=False, check_schematron=False
        )
        yield file.name, facturx_page(file.document, xml) if file.syntax == "facturx" else xml


def _electronic(document: Document) -> bool:
    return document.supplier.invoice != "none"


def _sent(document: Document, syntax: str, suffix: str = "") -> SentFile:
    ending = "pdf" if syntax == "facturx" else "xml"
    return SentFile(f"{document.date:%Y-%m-%d}_{document.number}{suffix}.{ending}", syntax, document)
