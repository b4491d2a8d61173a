"""``achats-2025.csv``: the purchase ledger as accounting software exports it (Windows-1252, semicolons)."""

from __future__ import annotations

import csv
from pathlib import Path

from maillon.demo.documents import Document, Item
from maillon.demo.draws import draws
from maillon.demo.firm import INVENTED, VALTRENNE
from maillon.demo.handwriting import french
from maillon.demo.suppliers import Supplier, misspell

HEADER = (
    "Date facture",
    "N° pièce",
    "Compte",
    "Code fourn.",
    "Fournisseur",
    "SIREN",
    "CP",
    "Ville",
    "Pays",
    "Réf. article",
    "Réf. fournisseur",
    "Désignation",
    "Quantité",
    "Unité",
    "P.U. HT",
    "Montant HT",
    "Devise",
)


def write_ledger(path: Path, documents: list[Document], seed: int) -> None:
    """Write two title lines, the header, one row for each item bought, and the total."""
    chance = draws(seed, "ledger")
    with path.open("w", encoding="cp1252", newline="") as target:
        writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
        writer.writerow([f"{VALTRENNE.name} - journal des achats {VALTRENNE.year}"])
        writer.writerow([INVENTED])
        writer.writerow(HEADER)
        for document in documents:
            typed = misspell(document.supplier.name, document.supplier.legal_form, chance)
            for item in document.items:
                writer.writerow(
                    [*_document(document), item.account, *_who(document.supplier, typed), *_what(item)]
                )
        total = sum(document.net for document in documents)
        writer.writerow(["TOTAL", *[""] * 14, french(total, 2, " "), "EUR"])


def _document(document: Document) -> tuple[str, str]:
    return f"{document.date:%d/%m/%Y}", document.number


def _who(supplier: Supplier, typed: str) -> tuple[str, ...]:
    siren = supplier.siren if supplier.country == "FR" else ""
    return supplier.code, typed, siren, supplier.postcode, supplier.city, supplier.country


def _what(item: Item) -> tuple[str, ...]:
    article = item.article
    return (
        article.reference if article else "",
        article.supplier_reference if article else "",
        item.label,
        french(item.quantity, 3, "").rstrip("0").rstrip(","),
        article.part.unit if article else "",
        french(item.price / item.base, 4, " "),
        french(item.amount, 2, " "),
        "EUR",
    )
