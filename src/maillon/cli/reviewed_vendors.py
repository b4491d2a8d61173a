"""The vendors to look at as a sheet that a person completes, and that sheet read back."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from maillon.cli.terminal import Say
from maillon.core.errors import RefusedFile
from maillon.core.message import message

if TYPE_CHECKING:
    from maillon.method.search.resolve import Decisions, ReviewedVendor

#: Columns of the sheet; what a person writes stands in the last.
_COLUMNS = (
    "vendor", "town", "addresses", "spend", "rank", "siret", "name", "commune", "p", "reasons", "siret kept",
)  # fmt: skip
_KEPT = frozenset({"siret kept", "siret retenu"})
#: A candidate may be marked rather than written again; a word says that the vendor is none of the register.
_MARKS = frozenset({"x", "oui", "yes", "ok"})
_NONE = frozenset({"none", "aucun", "aucune", "non", "no", "0", "-"})
_TOWNS = " | "


@dataclass(frozen=True, slots=True)
class Kept:
    """What a row of a sheet decides: the vendor, its towns, its SIRET or null where it is none, its line."""

    vendor: str
    towns: tuple[str, ...]
    siret: str | None
    line: int


def write_review(path: Path, asked: "Sequence[ReviewedVendor]", language: str, say: Say) -> None:
    """Write a row a candidate of each vendor, in the order given, with an empty column to complete."""
    columns = (*_COLUMNS[:-1], say(message("siret kept")))
    rows = [row for one in asked for row in _rows(one, language, say)]
    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(columns)
            writer.writerows([_harmless(cell) for cell in row] for row in rows)
        return
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([columns, *rows]):
            sheet.write_row(place, 0, row)


def _rows(one: "ReviewedVendor", language: str, say: Say) -> Iterator[tuple[str | float | None, ...]]:
    from maillon.method.search.resolve import explain_vendor_reason

    match = one.match
    for rank, found in enumerate(match.candidates, 1):
        told = " ".join(say(explain_vendor_reason(reason, language)) for reason in found.reasons[1:])
        yield (
            match.name, _TOWNS.join(one.towns), _TOWNS.join(one.addresses), one.spend, rank, found.siret,
            found.name, found.commune_name, round(found.p, 4), told, None,
        )  # fmt: skip


def _harmless(cell: str | float | None) -> str | float | None:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def read_reviewed(path: Path) -> list[Kept] | None:
    """Return what a completed sheet decides, null where the file is no such sheet.

    Raises ``RefusedFile`` naming the row on a SIRET whose key is wrong, or on two decisions for one vendor.
    """
    from maillon.intake.sandbox import read_sheets

    _, sheets, _ = read_sheets(path)
    for sheet in sheets:
        rows = [[_text(cell) for cell in row] for row in sheet.rows]
        headings = [cell.lower() for cell in rows[0]] if rows else []
        if "vendor" in headings and _KEPT & set(headings):
            return _decided(rows, headings, path.name)
    return None


def record_reviewed(decisions: "Decisions", kept: Sequence[Kept]) -> "Decisions":
    """Return the decisions with those of a sheet, written to their file; what they hold already is left."""
    for one in kept:
        for town in one.towns:
            decisions = decisions.record(one.vendor, town, one.siret)
    return decisions


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _decided(rows: list[list[str]], headings: list[str], name: str) -> list[Kept]:
    places = {heading: place for place, heading in enumerate(headings)}
    answer = next(places[heading] for heading in places if heading in _KEPT)
    found: dict[tuple[str, tuple[str, ...]], Kept] = {}
    for line, row in enumerate(rows[1:], 2):
        cells = row + [""] * (len(headings) - len(row))
        if not cells[answer] or not cells[places["vendor"]]:
            continue
        towns = tuple(cells[places["town"]].split(_TOWNS.strip())) if "town" in places else ("",)
        vendor = cells[places["vendor"]].removeprefix("'")
        shown = cells[places["siret"]] if "siret" in places else ""
        one = Kept(vendor, tuple(t.strip() for t in towns), _siret(cells[answer], shown, line, name), line)
        before = found.setdefault((vendor, one.towns), one)
        if before.siret != one.siret:
            raise _twice(before, one, name)
    return list(found.values())


def _siret(written: str, shown: str, line: int, name: str) -> str | None:
    from maillon.reference.register.enrich.identifiers import read_identifier

    if written.lower() in _NONE:
        return None
    read = read_identifier(shown if written.lower() in _MARKS else written)[0]
    if read is None:
        raise RefusedFile(
            message("Row {line} of {name}: “{siret}” is no SIRET.", line=line, name=name, siret=written[:40]),
            message("Write the 14 digits of a SIRET, x beside the candidate kept, or “none”."),
        )
    return read


def _twice(before: Kept, after: Kept, name: str) -> RefusedFile:
    return RefusedFile(
        message(
            "Rows {first} and {second} of {name} keep two establishments for the vendor {vendor}.",
            first=before.line, second=after.line, name=name, vendor=after.vendor,
        ),
        message("Keep one of them."),
    )  # fmt: skip
