"""Electronic invoices on disk → a ledger of purchases, each file accounted for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from maillon.core.doubt import Doubt, Treatment
from maillon.core.evidence import Evidence
from maillon.core.ledger import Ledger, ledger_from
from maillon.core.message import message
from maillon.intake.grid import SourceFile
from maillon.intake.invoices.batches import LIMITS, read_outcomes
from maillon.intake.invoices.collect import GATHERED, Collection
from maillon.intake.invoices.container import is_zip, list_folder
from maillon.intake.invoices.doubts import refusal
from maillon.intake.reading import ColumnGuess, Reading, RowAccount, TableReading
from maillon.intake.sandbox import describe_source, safe_name
from maillon.reference.places import resolve_country

Progress = Callable[[float], None]


def looks_like_invoice(head: bytes, name: str = "") -> bool:
    """Whether the first bytes of a file are those of a PDF, of a UBL or CII invoice, or of a zip of such.

    Spreadsheets are zips too: they are told apart by the name of their first entry.
    """
    if is_zip(head):
        return not any(mark in head for mark in (b"[Content_Types].xml", b"mimetype", b"xl/", b"_rels/"))
    roots = (b"CrossIndustryInvoice", b"schema:xsd:Invoice-2", b"schema:xsd:CreditNote-2")
    plain = head.replace(b"\0", b"")
    return b"%PDF-" in head[:1024] or any(root in plain for root in roots)


def read_invoices(path: Path, *, progress: Progress | None = None) -> Reading:
    """Return the purchases billed by the invoice, the zip or the folder of invoices at ``path``.

    Amounts are without VAT, in the invoice's currency; credit notes are negative; the same invoice (seller,
    number, date, direction) counts once. The origin of the goods is what the seller declares. ``notes``
    counts the files: files = kept + duplicates + refused. Raises ``RefusedFile`` when a single file, or the
    zip or folder as a whole, cannot be read.
    """
    found = Collection()
    last: Mapping[str, Any] = {}
    for last in read_outcomes(path, progress):
        found.add(last)
    if found.counts["refused"] and not path.is_dir() and not _is_zip_file(path):
        raise refusal(last)
    ledger, doubts = _ledger(found, path)
    return _reading(path, ledger, found, doubts)


def _ledger(found: Collection, path: Path) -> tuple[Ledger, list[Doubt]]:
    frame = pl.DataFrame(found.columns, schema=GATHERED, strict=False)
    origins = frame["origin"].drop_nulls().unique().to_list()
    countries = {origin: resolve_country(origin) for origin in origins}
    sellers = {code: resolve_country(code) for code in frame["supplier_country"].drop_nulls().unique()}
    frame = frame.with_columns(
        pl.col("date").str.to_date("%Y-%m-%d", strict=False),
        pl.col("supplier_country").replace_strict(sellers, default=None, return_dtype=pl.String),
        making_country=pl.col("origin").replace_strict(countries, default=None, return_dtype=pl.String),
        sheet=pl.lit(""),
    )
    declared = pl.col("making_country").is_not_null()
    named, dated = pl.col("document").fill_null("?"), pl.col("date").cast(pl.String).fill_null("?")
    source = pl.format("invoice {}, {}", named, dated)
    frame = frame.with_columns(
        evidence=pl.when(declared).then(pl.lit(Evidence.DECLARED.code)),
        evidence_source=pl.when(declared).then(source),
    )
    lost = frame.filter(pl.col("origin").is_not_null() & ~declared)
    doubts = [_lost_origin(*row) for row in lost.select("number", "origin", "file").iter_rows()]
    return ledger_from(frame.drop("origin", "number"), name=path.name), doubts


def _lost_origin(line: str | None, text: str, file: str) -> Doubt:
    what = message(
        "Line {line}: “{text}” is not a country; the origin stays unknown.", line=line or "?", text=text
    )
    return Doubt("unknown-country", what, Treatment.WARNED, sheet=file)


def _reading(path: Path, ledger: Ledger, found: Collection, doubts: list[Doubt]) -> Reading:
    counts = found.counts
    account = RowAccount(
        read=counts["lines"],
        parts=len(ledger),
        totals=counts["repeated_lines"],
        quarantined=counts["duplicate_lines"],
    )
    table = TableReading("", None, _columns(ledger), account, _lines(ledger), kind="ledger")
    names = ("files", "kept", "duplicates", "refused", "credit_notes", "lines")
    return Reading(
        source=_source(path, found),
        tables=(table,),
        doubts=tuple(found.doubts + doubts),
        ledger=ledger if counts["kept"] else None,
        notes={name: counts[name] for name in names} | {"syntaxes": dict(found.syntaxes)},
    )


#: Role → business term of EN 16931, shown as the column it was read from.
_TERMS: Mapping[str, str] = {
    "date": "BT-2", "document": "BT-1", "reference": "BT-156", "supplier_reference": "BT-155",
    "gtin": "BT-157", "designation": "BT-153", "cn": "BT-158", "quantity": "BT-129", "unit": "BT-130",
    "unit_price": "BT-146", "amount": "BT-131", "currency": "BT-5", "supplier": "BT-27",
    "supplier_id": "BT-30", "supplier_site": "BT-38", "supplier_country": "BT-40", "making_country": "BT-159",
}  # fmt: skip


def _columns(ledger: Ledger) -> dict[str, ColumnGuess]:
    """Return the term behind each role: the standard names them, so the confidence is one."""
    guesses = {}
    for place, (role, term) in enumerate(_TERMS.items()):
        values = ledger.purchases[role].drop_nulls().unique(maintain_order=True).head(3)
        if len(values):
            guesses[role] = ColumnGuess(term, place, 1.0, tuple(str(value) for value in values))
    return guesses


def _lines(ledger: Ledger) -> tuple[Mapping[str, object], ...]:
    return tuple(
        {role: value for role, value in row.items() if value is not None}
        for row in ledger.purchases.drop("sheet").iter_rows(named=True)
    )


def _source(path: Path, found: Collection) -> SourceFile:
    if path.is_dir():
        return _folder_source(path)
    kind = "zip" if _is_zip_file(path) else next(iter(found.syntaxes), "")
    return describe_source(path, kind, limit=LIMITS.file_bytes)


def _is_zip_file(path: Path) -> bool:
    with path.open("rb") as file:
        return is_zip(file.read(8))


def _folder_source(folder: Path) -> SourceFile:
    """Return the folder as one source: its hash is that of the names and contents of its files."""
    digest, size = hashlib.sha256(), 0
    for path in list_folder(folder):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
            digest.update(f"{path.relative_to(folder)}\0{content}\n".encode("utf-8", "surrogatepass"))
            size += path.stat().st_size
    return SourceFile(safe_name(folder.name), size, digest.hexdigest(), "folder")
