"""The XML invoice inside a Factur-X (ZUGFeRD 2, XRechnung) PDF."""

from __future__ import annotations

import io
import logging

from maillon.intake.invoices.unreadable import UnreadableInvoice

#: Names that the standards give to the embedded invoice, preferred to any other XML of the PDF.
INVOICE_NAMES = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")


def embedded_xml(content: bytes) -> bytes:
    """Return the XML invoice embedded in a PDF; ``UnreadableInvoice`` where there is none."""
    # Costs 0.1 s: paid only where a PDF comes along.
    from pypdf import PdfReader  # noqa: PLC0415

    # A broken PDF makes pypdf log its text; nothing of a firm's file may reach a log.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableInvoice("encrypted")
        found = {str(item.name).lower(): item for item in reader.attachment_list}
        name = _choose(list(found))
        if name is None:
            raise UnreadableInvoice("pdf-without-invoice")
        return bytes(found[name].content)
    except UnreadableInvoice:
        raise
    except Exception as problem:  # pypdf raises a dozen kinds, down to RecursionError, on damaged files
        raise UnreadableInvoice("damaged-pdf") from problem


def _choose(names: list[str]) -> str | None:
    preferred = [name for name in INVOICE_NAMES if name in names]
    others = [name for name in names if name.endswith(".xml")]
    return next(iter(preferred + others), None)
