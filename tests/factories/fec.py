"""Invented FEC files, with their purchases known and canaries in everything that must be erased."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

COLUMNS = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum",
    "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet",
    "ValidDate", "Montantdevise", "Idevise",
)  # fmt: skip


@dataclass(frozen=True)
class Posting:
    """One line of an entry; ``cents`` is positive for a debit."""

    account: str
    cents: int
    title: str = ""
    vendor_code: str = ""
    vendor: str = ""
    label: str = ""
    document: str = ""
    currency: str = ""


@dataclass(frozen=True)
class Posted:
    """One entry."""

    postings: Sequence[Posting]
    journal: str = "AC"
    number: str = "1"
    date: str = "20250304"
    document: str = "F1"
    extra: dict[str, str] = field(default_factory=dict)


def purchase(number: str, vendor: str, cents: int, *, account: str = "601000", document: str = "") -> Posted:
    """Return a plain purchase with its VAT."""
    vat = round(cents * 0.2)
    code = "F" + vendor[:3].upper()
    postings = (
        Posting(account, cents, "Achats", label=f"Facture {vendor}"),
        Posting("445660", vat, "TVA déductible"),
        Posting("401000", -cents - vat, "Fournisseurs", code, vendor, f"Facture {vendor}"),
    )
    return Posted(postings, number=number, document=document or f"F-{number}")


def wages(number: str, canary: str) -> Posted:
    """Return a wage entry whose every text holds ``canary``."""
    postings = (
        Posting("641000", 300_000, f"Salaires {canary}", label=f"Paie {canary}"),
        Posting(
            "421000", -300_000, f"Personnel {canary}", f"S{canary}", f"Salarié {canary}", f"Net {canary}"
        ),
    )
    return Posted(postings, journal=f"OD{canary}", number=f"{number}{canary}", document=f"PAIE{canary}")


def money(cents: int) -> str:
    """Return cents with a decimal comma."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02d}"


def fec_lines(entries: Iterable[Posted], *, separator: str = "\t", signed: bool = False) -> list[str]:
    """Return header and lines; ``signed`` writes the variant with Montant and Sens."""
    names = [*COLUMNS[:11], "Montant", "Sens", *COLUMNS[13:]] if signed else list(COLUMNS)
    lines = [separator.join(names)]
    for entry in entries:
        lines += (separator.join(_cells(entry, posting, signed)) for posting in entry.postings)
    return lines


def _cells(entry: Posted, posting: Posting, signed: bool) -> list[str]:
    debit, credit = max(posting.cents, 0), max(-posting.cents, 0)
    amounts = [money(debit), money(credit)]
    if signed:
        amounts = [money(abs(posting.cents)), "D" if posting.cents >= 0 else "C"]
    document = posting.document or entry.document
    return [
        entry.journal, f"Journal {entry.journal}", entry.number, entry.date, posting.account, posting.title,
        posting.vendor_code, posting.vendor, document, entry.date, posting.label, *amounts,
        "", "", entry.date, "", posting.currency,
    ]  # fmt: skip


def write_fec(
    path: Path,
    entries: Iterable[Posted],
    *,
    separator: str = "\t",
    signed: bool = False,
    encoding: str = "iso8859-15",
    newline: str = "\r\n",
) -> Path:
    """Write a FEC and return its path."""
    text = newline.join(fec_lines(entries, separator=separator, signed=signed)) + newline
    path.write_bytes(text.encode(encoding))
    return path
