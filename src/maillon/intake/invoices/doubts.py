"""Why an invoice, or a value of one, is in doubt, in words that name the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from maillon.core.doubt import Doubt, Treatment
from maillon.core.errors import RefusedFile
from maillon.core.message import Message, message

#: Reasons to refuse one file of a batch.
REFUSALS: Mapping[str, Message] = {
    "not-invoice": message("It is not an electronic invoice (Factur-X, UBL or CII)."),
    "not-xml": message("It is not well-formed XML."),
    "document-type": message("It declares a document type, which could hide an attack."),
    "pdf-without-invoice": message("It is an ordinary PDF: no electronic invoice is embedded in it."),
    "damaged-pdf": message("The PDF is damaged."),
    "damaged": message("It is damaged inside the zip."),
    "encrypted": message("It is protected by a password."),
    "too-large": message("It is larger than 50 MiB."),
    "too-slow": message("It takes too long to read."),
    "bomb": message("It is packed so densely that it can only be an attack."),
    "nested-zip": message("It is a zip inside the zip: unpack it first."),
    "empty": message("It is empty."),
    "not-a-file": message("It is not a regular file."),
    "crashed": message("Its reading stopped without an answer."),
}

_VALUES: Mapping[str, Callable[[str, str], Message]] = {
    "bad-number": lambda line, text: message(
        "Line {line}: “{text}” is not a number; it is left unknown.", line=line, text=text
    ),
    "unknown-unit": lambda line, text: message(
        "Line {line}: the unit code {text} has no unit of ours; the quantity is kept without unit.",
        line=line,
        text=text,
    ),
    "price-unit": lambda line, text: message(
        "Line {line}: the price is per {text}, which the invoiced unit cannot be turned into.",
        line=line,
        text=text,
    ),
    "computed-amount": lambda line, text: message(
        "Line {line} has no net amount: quantity × price was taken.", line=line
    ),
    "no-lines": lambda line, text: message(
        "Invoice {text} has no lines: only its total is known.", text=text
    ),
    "prepayment": lambda line, text: message(
        "Invoice {text} is a prepayment: its amount may come again in the final invoice.", text=text
    ),
    "negative-credit-note": lambda line, text: message(
        "Credit note {text} is written with negative amounts: they were kept negative.", text=text
    ),
    "sum-differs": lambda line, text: message(
        "The lines do not sum to the total without VAT ({text}).", text=text
    ),
}


def refused_file(item: Mapping[str, Any]) -> Doubt:
    """Return the doubt about one file that could not be read."""
    return Doubt(
        "refused-invoice",
        message("{file} was left out. {reason}", file=_named(item), reason=REFUSALS[item["problem"]]),
        Treatment.QUARANTINED,
        sheet=item["file"],
    )


def refusal(item: Mapping[str, Any]) -> RefusedFile:
    """Return the error for a file that is all there is to read."""
    return RefusedFile(
        REFUSALS[item["problem"]],
        message("Give an invoice in Factur-X, UBL or CII form, a folder or a zip of them."),
    )


def same_invoice(item: Mapping[str, Any], first: Mapping[str, Any], *, alike: bool) -> Doubt:
    """Return the doubt about an invoice that was met before: same seller, number, date and direction."""
    named = {"number": item["head"]["number"], "file": item["file"], "other": first["file"]}
    if alike:
        code = "duplicate-invoice"
        what = message("Invoice {number} in {file} was already in {other}: counted once.", **named)
    else:
        code = "conflicting-invoice"
        what = message(
            "Invoice {number} in {file} has another total than in {other}: the first was kept.", **named
        )
    return Doubt(code, what, Treatment.QUARANTINED, sheet=item["file"])


def value_doubts(item: Mapping[str, Any]) -> Iterator[Doubt]:
    """Yield the doubts about values of one kept invoice."""
    for code, line, text in item["problems"]:
        yield Doubt(code, _VALUES[code](line, text), Treatment.WARNED, sheet=item["file"])


def _named(item: Mapping[str, Any]) -> str:
    return item["file"] or f"#{item['place'] + 1}"
