"""Factur-X: the page that a person reads, with the invoice in CII embedded in it."""

from __future__ import annotations

import re
from io import BytesIO

from facturx import generate_from_binary
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from maillon.demo.documents import Document
from maillon.demo.firm import INVENTED, VALTRENNE
from maillon.demo.handwriting import french

_A4 = (595, 842)  # points
#: Moments of writing that the library stamps on a PDF: in PDF form (its colon maybe escaped) and, in its XMP
#: packet, in ISO 8601.
_STAMPS = (
    (re.compile(rb"(?<=D:)\d{14}|(?<=D\\072)\d{14}"), VALTRENNE.printed.strftime("%Y%m%d000000").encode()),
    (re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?=\+00:00)"), f"{VALTRENNE.printed}T00:00:00".encode()),
)


def facturx_page(document: Document, cii: bytes) -> bytes:
    """Return the PDF of a document with ``cii`` embedded, without the moment of its writing.

    A stamp is replaced by one of the same length, so that the places of objects in the file stay true.
    """
    pdf: bytes = generate_from_binary(
        _page(document), cii, flavor="factur-x", level="en16931", check_xsd=False, xmp_compression=False
    )
    for pattern, fixed in _STAMPS:
        pdf = pattern.sub(fixed, pdf)
    return pdf


def _page(document: Document) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(*_A4)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    text = DecodedStreamObject()
    text.set_data(_operators(_sentences(document)))
    page[NameObject("/Contents")] = writer._add_object(text.flate_encode())
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _operators(lines: list[str]) -> bytes:
    """Return the PDF operators that print ``lines`` one below the other (ISO 32000-1, 9.4)."""
    shown = [re.sub(r"([()\\])", r"\\\1", line) for line in lines]
    body = "\n".join(f"({line}) Tj T*" for line in shown)
    return f"BT /F1 9 Tf 13 TL 50 790 Td\n{body}\nET".encode("cp1252", errors="replace")


def _sentences(document: Document) -> list[str]:
    title = "Avoir" if document.credit_note else "Facture"
    items = [
        f"{item.label[:60]}   {item.quantity:g}   {french(item.amount, 2, ' ')} EUR"
        for item in document.items[:50]
    ]
    return [
        f"{document.supplier.name} {document.supplier.legal_form} - {document.supplier.city}",
        f"{title} {document.number} du {document.date:%d/%m/%Y} - client : {VALTRENNE.name}",
        INVENTED,
        "",
        *items,
        "",
        f"Total HT {french(document.net, 2, ' ')} EUR - TVA {french(document.vat, 2, ' ')} EUR",
    ]
