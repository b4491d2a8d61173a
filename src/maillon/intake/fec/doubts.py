"""What a FEC leaves in doubt, in words. Only line numbers, entry numbers and amounts of purchases appear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from maillon.core.doubt import Doubt, Treatment
from maillon.core.message import Message, message, plural_message
from maillon.core.money import Money


def fec_doubts(summary: Mapping[str, Any], undated: int) -> Iterator[Doubt]:
    """Yield the doubts of one file, from the summary of its parsing and its count of undated purchases."""
    rows = summary["rows"]
    yield from (_unreadable(number, why) for number, why in summary["unreadable"])
    yield from _rest("unreadable-row", rows["quarantined"] - len(summary["unreadable"]))
    yield from (_unbalanced(*entry) for entry in summary["unbalanced"])
    yield from _rest("unbalanced-entry", summary["unbalanced_count"] - len(summary["unbalanced"]))
    if n := summary["unbalanced_erased"]:
        yield _warned(
            "unbalanced-erased",
            plural_message(
                "{n} entry without purchases does not balance; it was erased like the others.",
                "{n} entries without purchases do not balance; they were erased like the others.",
                n=n,
            ),
        )
    if undated:
        yield _warned(
            "bad-date",
            plural_message(
                "{n} purchase has no readable entry date.",
                "{n} purchases have no readable entry date.",
                n=undated,
            ),
        )
    if n := summary["without_supplier"]:
        yield _warned(
            "no-supplier",
            plural_message(
                "{n} purchase entry names no supplier account (401, 403, 404, 408): its supplier is unknown.",
                "{n} purchase entries name no supplier account (401, 403, 404, 408): "
                "their supplier is unknown.",
                n=n,
            ),
        )
    if n := len(summary["intra_eu_suppliers"]):
        yield _warned(
            "intra-eu-vat",
            plural_message(
                "Intra-EU VAT (4452) was booked for {n} supplier: it delivers from another EU country, "
                "which says nothing about where the goods were made.",
                "Intra-EU VAT (4452) was booked for {n} suppliers: they deliver from another EU country, "
                "which says nothing about where the goods were made.",
                n=n,
            ),
        )
    if n := rows["erased"]:
        yield Doubt(
            "erased",
            plural_message(
                "{n} line that is no purchase (wages, customers, bank, VAT…) was erased "
                "before anything was kept.",
                "{n} lines that are no purchases (wages, customers, bank, VAT…) were erased "
                "before anything was kept.",
                n=n,
            ),
            Treatment.NEUTRALISED,
        )


def _unreadable(number: int, why: str) -> Doubt:
    sentences: Mapping[str, Message] = {
        "width": message("Line {row} has not the number of columns of the header.", row=number),
        "amount": message("The amount of line {row} is not a number.", row=number),
        "closing": message(
            "Line {row} empties a purchase account at the closing of the year: it is no purchase.", row=number
        ),
    }
    return Doubt("unreadable-row", sentences[why], Treatment.QUARANTINED, cell=f"{number}:{number}")


def _unbalanced(number: int, entry: str, cents: int) -> Doubt:
    what = message(
        "Debits and credits of entry {entry} differ by {amount}.",
        entry=entry,
        amount=Money(abs(cents) / 100, "EUR"),
    )
    return Doubt("unbalanced-entry", what, Treatment.WARNED, cell=f"{number}:{number}")


def _rest(code: str, n: int) -> Iterator[Doubt]:
    if n > 0:
        yield _warned(code, plural_message("{n} more of the same kind.", "{n} more of the same kind.", n=n))


def _warned(code: str, what: Message) -> Doubt:
    return Doubt(code, what, Treatment.WARNED)
