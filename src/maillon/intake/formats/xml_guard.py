"""XML that may come from anyone: one expat parser without document types, entities or other encodings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.parsers import expat

from maillon.core.errors import RefusedFile
from maillon.core.message import message

MAX_DEPTH = 100

_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ENCODINGS = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")


def new_parser(part: str) -> expat.XMLParserType:
    """Return a parser that refuses a document type at its first character, before any entity exists."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise _document_type(part)

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _document_type(part: str) -> RefusedFile:
    return RefusedFile(
        message(
            "{part}: the XML declares a document type (entities), which no spreadsheet needs.", part=part
        ),
        message("Open it in your spreadsheet program and save it again as .xlsx or .csv."),
    )


def not_well_formed(part: str, reason: object) -> RefusedFile:
    """Return the refusal of a part whose XML is broken."""
    return RefusedFile(
        message("{part}: the XML is damaged ({reason}).", part=part, reason=str(reason)),
        message("Open it in your spreadsheet program and save it again as .xlsx or .csv."),
    )


def check_head(part: str, head: bytes) -> None:
    """Refuse a document type, and XML that is not UTF-8: no program writes it and readers guess apart."""
    if b"<!DOCTYPE" in head:
        raise _document_type(part)
    declared = _DECLARED.match(head.removeprefix(b"\xef\xbb\xbf"))
    if b"\x00" in head or (declared and declared[1].lower() not in _ENCODINGS):
        raise not_well_formed(part, "UTF-8?")


def root_name(head: bytes) -> str:
    r"""Return the local name of the root element seen in the first bytes.

    >>> root_name(b'<?xml version="1.0"?>\n<x:worksheet xmlns:x="m">')
    'worksheet'
    """
    body = re.sub(rb"<[?!][^>]*>", b"", head)
    found = _ROOT.search(body)
    return found[1].decode("ascii", "replace") if found else ""


def local(tag: str) -> str:
    """Return a tag without its namespace prefix, as the readers of values see it."""
    return tag.rpartition(":")[2]


def check_part(part: str, chunks: Iterable[bytes], *, strict: bool = True) -> None:
    """Read a part through for its document type alone; ``strict`` refuses broken XML too."""
    parser = new_parser(part)
    chunks = iter(chunks)
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        if strict:
            raise not_well_formed(part, error) from error
    for _ in chunks:  # a part we cannot parse is still unpacked whole, for its size
        pass
