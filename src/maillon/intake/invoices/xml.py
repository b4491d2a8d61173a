"""Reading hostile XML: no entity, no external file, no network, no huge tree."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from maillon.intake.invoices.unreadable import UnreadableInvoice

#: One element of a parsed tree; lxml ships no types.
Element = Any


# In UTF-16 and UTF-32 the characters are spread over zero bytes.
_DOCTYPE = re.compile(rb"<\0*!\0*D\0*O\0*C\0*T\0*Y\0*P\0*E", re.IGNORECASE)


def parse_xml(content: bytes) -> Element:
    """Return the root element of ``content``; ``UnreadableInvoice`` if it is not safe, well-formed XML."""
    if _DOCTYPE.search(content):
        raise UnreadableInvoice("document-type")
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise UnreadableInvoice("not-xml") from problem
    if root is None or root.getroottree().docinfo.doctype:
        raise UnreadableInvoice("document-type")
    return root


def text_of(element: Element | None) -> str | None:
    """Return the text of an element with its white space collapsed; None where there is none."""
    if element is None or element.text is None:
        return None
    return " ".join(element.text.split()) or None
