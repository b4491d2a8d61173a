"""What else a year of accounts holds, and a reader of purchases must erase: wages, sales, banks, taxes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random

from maillon.demo.entries import Entry, Posting
from maillon.demo.firm import INVENTED, VALTRENNE

_CUSTOMERS = ("Ateliers Brumaire", "Laiterie Montvaude", "Optique Ferrolaise", "Moulage Sarvignan")
_EMPLOYEES = 14
_PRICE = 62_000.0  # euro a cobot, without VAT


def other_entries(chance: Random) -> list[Entry]:
    """Return the opening balances, monthly wages and rent, the sales and their payments, and depreciation."""
    entries = [_opening(), _depreciation()]
    for month in range(1, 13):
        entries += [_wages(month, chance), _rent(month), _capital(month)]
    entries += _sales(chance)
    return entries


def _day(month: int, day: int) -> dt.date:
    return dt.date(VALTRENNE.year, month, day)


def _opening() -> Entry:
    postings = (
        Posting("215400", "Matériel industriel", 410_000.0),
        Posting("310000", "Stocks de composants", 96_500.0),
        Posting("512100", "Banque d'essai", 233_500.0),
        Posting("101000", "Capital", -300_000.0),
        Posting("455100", "Associés - comptes courants", -140_000.0, "ASS1", "ASSOCIE N°1"),
        Posting("164000", "Emprunts", -300_000.0),
    )
    return Entry("AN", "A nouveaux", _day(1, 1), "AN2025", f"A nouveaux - {INVENTED}", postings)


def _depreciation() -> Entry:
    postings = (
        Posting("681120", "Dotations aux amortissements", 51_250.0),
        Posting("281540", "Amortissements matériel", -51_250.0),
    )
    return Entry("OD", "Opérations diverses", _day(12, 31), "AMORT", "Dotation annuelle", postings)


def _wages(month: int, chance: Random) -> Entry:
    net = [round(chance.uniform(1_750, 3_900), 2) for _ in range(_EMPLOYEES)]
    gross = round(sum(net) / 0.77, 2)
    charges = round(gross * 0.41, 2)
    owed = [
        Posting("421000", "Personnel - rémunérations dues", -pay, f"M{rank:03d}", f"MATRICULE {rank:03d}")
        for rank, pay in enumerate(net, 1)
    ]
    postings = (
        Posting("641100", "Salaires et appointements", gross),
        Posting("645100", "Cotisations URSSAF", charges),
        *owed,
        Posting("431000", "Sécurité sociale", -round(gross + charges - sum(net), 2)),
    )
    return Entry("PA", "Paie", _day(month, 28), f"PAIE-{month:02d}", f"Salaires {month:02d}/2025", postings)


def _rent(month: int) -> Entry:
    postings = (
        Posting("613200", "Locations immobilières", 4_200.0),
        Posting("606100", "Electricité et gaz", 1_130.0),
        Posting("445660", "TVA déductible sur ABS", 1_066.0),
        Posting("512100", "Banque d'essai", -6_396.0),
    )
    return Entry("BQ", "Banque", _day(month, 5), f"LOYER-{month:02d}", "Loyer et énergie", postings)


def _capital(month: int) -> Entry:
    postings = (
        Posting("164000", "Emprunts", 4_500.0),
        Posting("661100", "Intérêts d'emprunt", 612.5),
        Posting("512100", "Banque d'essai", -5_112.5),
    )
    return Entry("BQ", "Banque", _day(month, 10), f"ECH-{month:02d}", "Echéance de prêt", postings)


def _sales(chance: Random) -> Iterator[Entry]:
    for rank in range(1, VALTRENNE.yearly + 1):
        date = dt.date(VALTRENNE.year, 1, 8) + dt.timedelta(days=rank * 8)
        name = chance.choice(_CUSTOMERS)
        party = f"C{_CUSTOMERS.index(name) + 1:03d}"
        owed = Posting("411000", "Clients", _PRICE * 1.2, party, name.upper(), f"V{rank:03d}")
        piece = f"FV-{VALTRENNE.year}-{rank:03d}"
        sale = Posting("701000", "Ventes de produits finis", -_PRICE)
        vat = Posting("445710", "TVA collectée", -_PRICE * 0.2)
        yield Entry("VE", "Ventes", date, piece, f"Facture {name}", (owed, sale, vat))
        paid = min(date + dt.timedelta(days=40), dt.date(VALTRENNE.year, 12, 30))
        settled = Posting("411000", "Clients", -_PRICE * 1.2, party, name.upper(), f"V{rank:03d}")
        bank = Posting("512100", "Banque d'essai", _PRICE * 1.2)
        yield Entry("BQ", "Banque", paid, f"REG-{rank:03d}", f"Règlement {name}", (bank, settled))
