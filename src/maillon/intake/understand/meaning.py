"""Doubts that only whole lists show: the same reference twice, look-alike letters, several currencies."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from stdnum.fr import siren, siret

from maillon.core.message import message, plural_message
from maillon.intake.understand.doubtbook import At, DoubtBook
from maillon.intake.understand.table import Table


def tell_meaning(tables: Sequence[Table], book: DoubtBook) -> None:
    """Raise the doubts about the tables that feed the result."""
    for table in tables:
        _tell_duplicates(table, book)
        _tell_lookalikes(table, book)
        _tell_duplicate_headers(table, book)
        _tell_identifiers(table, book)


def _tell_duplicates(table: Table, book: DoubtBook) -> None:
    # The same reference twice is worth a word where its prices differ; elsewhere it is counted once for all.
    references, prices = table.values.get("reference"), table.values.get("unit_price")
    if not references or table.items != list(range(len(table.rows))):
        return
    first: dict[object, int] = {}
    again = 0
    for place, reference in enumerate(references):
        if reference is None:
            continue
        earlier = first.setdefault(reference, place)
        if earlier == place:
            continue
        again += 1
        if prices and None not in (prices[earlier], prices[place]) and prices[earlier] != prices[place]:
            what = message(
                "“{reference}” has another price on row {row}.",
                reference=reference,
                row=table.rows[earlier] + 1,
            )
            book.add("duplicate-reference-price", what, _at(table, place, "unit_price"))
    if again:
        what = plural_message(
            "{n} line repeats a reference used above; it is kept.",
            "{n} lines repeat a reference used above; each is kept.",
            n=again,
        )
        book.add(
            "duplicate-reference", what, At(table.grid.sheet.name, column=table.layout.place("reference"))
        )


def _at(table: Table, place: int, role: str) -> At:
    return At(table.grid.sheet.name, table.rows[place], table.layout.place(role))


def _tell_lookalikes(table: Table, book: DoubtBook) -> None:
    for place, reference in enumerate(table.values.get("reference", ())):
        if isinstance(reference, str) and not reference.isascii() and mixes_scripts(reference):
            what = message(
                "“{reference}” mixes letters of two alphabets that look alike.", reference=reference
            )
            book.add(
                "lookalike-letters",
                what,
                _at(table, place, "reference"),
            )


def _tell_identifiers(table: Table, book: DoubtBook) -> None:
    """Check the last digit of each SIREN and SIRET (La Poste follows a rule of its own)."""
    for place, identifier in enumerate(table.values.get("supplier_id", ())):
        digits = re.sub(r"\s", "", str(identifier or ""))
        checked = {9: siren.is_valid, 14: siret.is_valid}.get(len(digits)) if digits.isdigit() else None
        if checked is not None and not checked(digits):
            what = message("“{number}” is no valid SIREN or SIRET: its last digit is wrong.", number=digits)
            book.add("bad-identifier", what, _at(table, place, "supplier_id"))


def mixes_scripts(text: str) -> bool:
    """Whether a code holds both Latin and Cyrillic or Greek letters.

    >>> mixes_scripts("АB-12"), mixes_scripts("AB-12"), mixes_scripts("ø12")
    (True, False, False)
    """
    scripts = {unicodedata.name(c, "").split(" ")[0] for c in text if c.isalpha()}
    return (
        "LATIN" in scripts
        and bool(scripts & {"CYRILLIC", "GREEK"})
        and not set(text) <= set("µμΩΩ") | {c for c in text if c.isascii() or c in "µμΩΩøØ"}
    )


def _tell_duplicate_headers(table: Table, book: DoubtBook) -> None:
    header = table.block.header
    if header is None:
        return
    seen: dict[str, int] = {}
    for column in header.columns:
        label = header.labels[column]
        if label.casefold() in seen:
            what = message("Two columns are called “{label}”.", label=label)
            book.add("duplicate-header", what, At(table.grid.sheet.name, header.last, column))
        seen.setdefault(label.casefold(), column)
