"""Customs papers of the year: answers to the EMEBI survey (arrivals) and import declarations, as CSV.

Both come from the firm's own follow-up, which keeps its part number and invoice beside the official fields.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from maillon.demo.articles import Article
from maillon.demo.documents import Document, Item
from maillon.demo.draws import draws
from maillon.demo.firm import VALTRENNE
from maillon.demo.handwriting import french
from maillon.demo.suppliers import Supplier
from maillon.demo.tables import rows_of

_TARIFF = {row["category"]: row["cn"] for row in rows_of("categories")}
#: Below this value (euro) the firm groups its arrivals and does not list them.
_LISTED = 300.0
_REMARK = "donnée inventée"

EMEBI_HEADER = (
    "Période",
    "Flux",
    "Nomenclature NC8",
    "Pays de provenance",
    "Pays d'origine",
    "Valeur (€)",
    "Masse nette (kg)",
    "Unités supplémentaires",
    "Nature de transaction",
    "Mode de transport",
    "Département",
    "Fournisseur",
    "N° facture",
    "Référence article",
    "Désignation",
    "Observations",
)
IMPORT_HEADER = (
    "N° déclaration",
    "Date",
    "Expéditeur",
    "Code TARIC",
    "Pays d'origine",
    "Pays de provenance",
    "Préférence",
    "Masse nette (kg)",
    "Valeur en douane (€)",
    "Valeur statistique (€)",
    "Droits acquittés (€)",
    "Incoterm",
    "N° facture",
    "Référence article",
    "Désignation",
    "Quantité",
    "Observations",
)


def arrivals(documents: Sequence[Document]) -> Iterator[tuple[Document, Item, Article]]:
    """Yield the goods bought from other countries of the Union that are worth listing."""
    for document, item, article in _goods(documents):
        abroad = document.supplier.country != "FR" and not document.supplier.outside_union
        if abroad and item.amount >= _LISTED:
            yield document, item, article


def imports(documents: Sequence[Document]) -> Iterator[tuple[Document, Item, Article]]:
    """Yield the goods bought from outside the Union."""
    for document, item, article in _goods(documents):
        if document.supplier.outside_union:
            yield document, item, article


def write_arrivals(path: Path, documents: Sequence[Document]) -> None:
    """Write the answers to the EMEBI survey, one row a good and invoice."""
    rows = (
        (
            f"{document.date:%Y%m}",
            "Introduction",
            _TARIFF[article.part.category],
            document.supplier.country,
            article.true_country,
            french(item.amount, 0, ""),
            _mass(item, article),
            "",
            "11",
            "3",
            VALTRENNE.postcode[:2],
            document.supplier.name,
            document.number,
            article.reference,
            article.part.designation,
            _REMARK,
        )
        for document, item, article in arrivals(documents)
    )
    _write(path, EMEBI_HEADER, rows)


def write_imports(path: Path, documents: Sequence[Document], seed: int) -> None:
    """Write the import declarations, one row an article, in Windows-1252."""
    rows = (
        (
            _declaration(document, seed),
            f"{document.date:%d/%m/%Y}",
            _shipper(document.supplier),
            f"{_TARIFF[article.part.category]}00",
            article.true_country,
            document.supplier.country,
            "100" if document.supplier.country == "CN" else "300",
            _mass(item, article),
            french(item.amount * 1.02, 2, " "),
            french(item.amount * 1.03, 2, " "),
            french(0.0),  # preferences with Japan and Switzerland, computers free of duty
            "FCA",
            document.number,
            article.reference,
            article.part.designation,
            french(item.quantity, 0, ""),
            _REMARK,
        )
        for document, item, article in imports(documents)
    )
    _write(path, IMPORT_HEADER, rows)


def _goods(documents: Sequence[Document]) -> Iterator[tuple[Document, Item, Article]]:
    for document in documents:
        for item in document.items:
            if item.article and item.amount > 0:
                yield document, item, item.article


def _declaration(document: Document, seed: int) -> str:
    """Return the number of the declaration that covers a document: year, country, thirteen characters."""
    return f"25FR00{draws(seed, f'declaration {document.number}').randrange(10**11, 10**12)}"


def _shipper(supplier: Supplier) -> str:
    return f"{supplier.name} {supplier.legal_form}, {supplier.city}"


def _mass(item: Item, article: Article) -> str:
    return french((article.part.mass or 0.0) * item.quantity, 3, "") if article.part.mass else ""


def _write(path: Path, header: Sequence[str], rows: Iterator[tuple[str, ...]]) -> None:
    with path.open("w", encoding="cp1252", newline="") as target:
        writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(rows)
