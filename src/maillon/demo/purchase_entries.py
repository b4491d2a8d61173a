"""How purchase documents are entered and paid: expense accounts, VAT, the supplier's account."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from maillon.demo.documents import Document
from maillon.demo.entries import Entry, Posting
from maillon.demo.firm import VALTRENNE

_LABELS = {
    "601100": "Achats matières premières",
    "601200": "Achats composants",
    "602200": "Fournitures consommables",
    "602600": "Emballages et imprimés",
    "609700": "RRR obtenus sur achats",
    "611000": "Sous-traitance générale",
    "624100": "Transports sur achats",
}


def purchase_entry(document: Document) -> Entry:
    """Return the entry of a document: one posting for each expense account, VAT, and the supplier."""
    supplier = document.supplier
    by_account: dict[str, float] = defaultdict(float)
    for item in document.items:
        by_account[item.account] += item.amount
    expenses = [Posting(account, _LABELS[account], round(by_account[account], 2)) for account in by_account]
    due = Posting(
        "401000",
        "Fournisseurs",
        -round(document.net + document.vat, 2),
        supplier.code,
        supplier.name.upper(),
        _letter(document),
    )
    kind = "Avoir" if document.credit_note else "Facture"
    label = f"{kind} {supplier.name}"
    postings = (*expenses, *_vat(document), due)
    return Entry("AC", "Achats", document.date, document.number, label, postings)


def _vat(document: Document) -> list[Posting]:
    """Return deductible VAT; on a foreign purchase the buyer owes and deducts the same sum."""
    own = round(document.net * 0.2, 2)
    if document.supplier.country == "FR":
        return [Posting("445660", "TVA déductible sur ABS", document.vat)]
    owed, label = "445200", "TVA due intracommunautaire"
    if document.supplier.outside_union:
        owed, label = "445710", "TVA due à l'importation"
    return [Posting("445662", "TVA déductible autoliquidée", own), Posting(owed, label, -own)]


def payments(documents: list[Document]) -> list[Entry]:
    """Return one bank entry a month: what was due 45 days after each document of the year."""
    by_month: dict[dt.date, list[Document]] = defaultdict(list)
    for document in documents:
        if _letter(document):
            by_month[_paid(document)].append(document)
    return [_payment(day, paid) for day, paid in sorted(by_month.items())]


def _payment(day: dt.date, paid: list[Document]) -> Entry:
    postings = [
        Posting(
            "401000",
            "Fournisseurs",
            round(document.net + document.vat, 2),
            document.supplier.code,
            document.supplier.name.upper(),
            _letter(document),
        )
        for document in paid
    ]
    bank = Posting("512100", "Banque d'essai", -round(sum(posting.amount for posting in postings), 2))
    piece = f"VIRT-{day:%m}"
    return Entry("BQ", "Banque", day, piece, "Virements fournisseurs", (*postings, bank))


def _paid(document: Document) -> dt.date:
    """Return the last but one day of the month in which the document falls due."""
    due = document.date + dt.timedelta(days=45)
    return dt.date(due.year, due.month, 27)


def _letter(document: Document) -> str:
    """Return the letters that match a document with its payment, empty when it is unpaid at closing."""
    return f"L{document.supplier.code[1:]}" if _paid(document).year == VALTRENNE.year else ""
