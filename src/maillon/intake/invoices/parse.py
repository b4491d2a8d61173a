"""The sandboxed side of reading electronic invoices: bytes in, plain rows out, one dict a file.

Runs in the resource-limited child, so nothing here may import polars.
"""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from maillon.intake.invoices.container import (
    LARGEST_FILE,
    Member,
    is_zip,
    list_folder,
    list_members,
    read_folder,
    read_members,
)
from maillon.intake.invoices.extract import extract_invoice
from maillon.intake.invoices.pdf import embedded_xml
from maillon.intake.invoices.purchases import COLUMNS, bill_invoice
from maillon.intake.invoices.record import Invoice
from maillon.intake.invoices.seller import seller_id
from maillon.intake.invoices.unreadable import UnreadableInvoice
from maillon.intake.invoices.xml import parse_xml

Item = dict[str, object]

#: CPU seconds that one file of a batch may take.
SECONDS_PER_FILE = 5.0


def parse_invoices(source: BinaryIO | Path, arguments: Mapping[str, object]) -> Iterator[Item]:
    """Yield ``{"count": files}`` then one dict for each file from ``start`` to ``stop`` of ``arguments``.

    ``source`` is a single invoice, a zip or a folder. A refused file gives ``{"place", "file", "problem"}``;
    a refused zip or folder raises ``RefusedFile``.
    """
    gc.enable()  # each PDF leaves circles of objects that hold the whole of it
    start, stop = _whole(arguments, "start"), _whole(arguments, "stop")
    count, members = _members(source, str(arguments.get("name", "")), slice(start, stop))
    yield {"count": count}
    for place, member in enumerate(members, start=start or 0):
        yield _outcome(place, member)


def _whole(arguments: Mapping[str, object], name: str) -> int | None:
    value = arguments.get(name)
    return value if isinstance(value, int) else None


def _members(source: BinaryIO | Path, name: str, wanted: slice) -> tuple[int, Iterable[Member]]:
    if isinstance(source, Path):
        files = list_folder(source)
        return len(files), read_folder(files[wanted], source)
    head = source.read(8)
    source.seek(0)
    if is_zip(head):
        infos = list_members(source)
        return len(infos), read_members(source, infos[wanted])
    return 1, [_single(source, name)][wanted]


def _single(file: BinaryIO, name: str) -> Member:
    content = file.read(LARGEST_FILE + 1)
    return Member(name, problem="too-large") if len(content) > LARGEST_FILE else Member(name, content)


def _outcome(place: int, member: Member) -> Item:
    item: Item = {"place": place, "file": member.name}
    if member.problem:
        return item | {"problem": member.problem}
    try:
        with _limited(SECONDS_PER_FILE):
            return item | read_member(member.content)
    except UnreadableInvoice as problem:
        return item | {"problem": problem.code}


def read_member(content: bytes) -> Item:
    """Return syntax, head, rows and problems of one file; ``UnreadableInvoice`` if it is no invoice."""
    kind, document = _document(content)
    invoice = extract_invoice(parse_xml(document))
    billed = bill_invoice(invoice)
    columns = [list(values) for values in zip(*billed.rows, strict=True)] or [[] for _ in COLUMNS]
    return {
        "syntax": kind or invoice.syntax,
        "head": _head(invoice),
        "rows": columns,
        "repeated": billed.repeated,
        "problems": billed.problems,
    }


def _document(content: bytes) -> tuple[str, bytes]:
    if is_zip(content[:8]):
        raise UnreadableInvoice("nested-zip")
    start = content[:1024].lstrip()
    if b"%PDF-" in content[:1024]:
        return "facturx", embedded_xml(content)
    if not start:
        raise UnreadableInvoice("empty")
    # An XML file begins with "<", after a byte order mark or in UTF-16 at most.
    if b"<" not in start[:8]:
        raise UnreadableInvoice("not-invoice")
    return "", content


def _head(invoice: Invoice) -> Item:
    seller = invoice.seller
    town = " ".join(part for part in (seller.postcode, seller.city) if part)
    return {
        "number": invoice.number,
        "date": invoice.date,
        "type": invoice.type_code,
        "currency": invoice.currency,
        "net_total": invoice.net_total,
        "supplier": seller.name,
        "supplier_id": seller_id(seller),
        "supplier_site": ", ".join(part for part in (seller.street, town) if part) or None,
        "supplier_country": seller.country,
    }


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Stop one file that costs too much CPU time; only the main thread may ask for that signal."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise UnreadableInvoice("too-slow")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
