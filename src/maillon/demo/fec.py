"""``<SIREN>FEC20251231.txt``: the accounting entries of the year (French tax procedures, article A47 A-1).

Purchases stand among what a reader must erase: wages, customers, banks, taxes.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

from maillon.demo.documents import Document
from maillon.demo.draws import draws
from maillon.demo.entries import Entry
from maillon.demo.firm import VALTRENNE
from maillon.demo.handwriting import french
from maillon.demo.other_entries import other_entries
from maillon.demo.purchase_entries import payments, purchase_entry

HEADER = (
    "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\tCompAuxLib\t"
    "PieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise"
)


def fec_name() -> str:
    """Return the name that the law gives the file: SIREN, ``FEC``, day of closing."""
    return f"{VALTRENNE.siren}FEC{VALTRENNE.year}1231.txt"


def entries_of(documents: list[Document], seed: int) -> list[Entry]:
    """Return the entries of the year in order of date: purchases, their payments, and all the rest."""
    entries = [purchase_entry(document) for document in documents]
    entries += payments(documents)
    entries += other_entries(draws(seed, "accounts"))
    return sorted(entries, key=lambda entry: (entry.date, entry.journal, entry.piece))


def write_fec(path: Path, documents: list[Document], seed: int) -> None:
    """Write the header and every entry, tab-separated, in ISO 8859-15."""
    numbers: Counter[str] = Counter()
    with path.open("w", encoding="iso8859-15", newline="") as target:
        target.write(f"{HEADER}\r\n")
        for entry in entries_of(documents, seed):
            numbers[entry.journal] += 1
            for row in _rows(entry, numbers[entry.journal]):
                target.write("\t".join(row) + "\r\n")


def _rows(entry: Entry, number: int) -> list[list[str]]:
    day = f"{entry.date:%Y%m%d}"
    head = [entry.journal, entry.journal_label, f"{entry.journal}{number:05d}", day]
    valid = f"{dt.date(VALTRENNE.year + 1, 1, 12):%Y%m%d}"
    return [
        [
            *head,
            posting.account,
            posting.account_label,
            posting.party,
            posting.party_label,
            entry.piece,
            day,
            entry.label,
            french(max(posting.amount, 0.0), 2, ""),
            french(max(-posting.amount, 0.0), 2, ""),
            posting.letter,
            day if posting.letter else "",
            valid,
            "",
            "",
        ]
        for posting in entry.postings
    ]
