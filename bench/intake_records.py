"""A FEC of one million lines and 10,000 mixed electronic invoices, beside plain readers that do less."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

FEC_LINES, INVOICES, INVOICE_LINES = 1_000_000, 10_000, 8

_HEADER = (
    "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\t"
    "CompAuxLib\t"
    "PieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise"
)

_OURS = """
import resource, sys, time
from pathlib import Path
from maillon.intake.{room} import {read}
start = time.perf_counter()
reading = {read}(Path(sys.argv[1]))
seconds = time.perf_counter() - start
own, child = (resource.getrusage(who).ru_maxrss >> 10 for who in (0, resource.RUSAGE_CHILDREN))
print(seconds, own, child, len(reading.ledger), sep=";")
"""

_POLARS = """
import resource, sys, time
import polars as pl
start = time.perf_counter()
frame = pl.read_csv(sys.argv[1], separator="\\t", infer_schema=False, encoding="utf8-lossy", quote_char=None)
kept = frame.filter(pl.col("CompteNum").str.contains("^60[1-9]"))
seconds = time.perf_counter() - start
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10, 0, kept.height, sep=";")
"""

_FACTURX = """
import logging, resource, sys, time, zipfile
import facturx
logging.disable(logging.CRITICAL)
start, lines = time.perf_counter(), 0
with zipfile.ZipFile(sys.argv[1]) as archive:
    for name in archive.namelist()[: int(sys.argv[2])]:
        content = archive.read(name)
        if name.endswith(".pdf"):
            content = facturx.get_facturx_xml_from_pdf(content, check_xsd=False)[1]
        lines += len(facturx.parse_ubl_cii_xml(content, check_xsd=False)["BG-25"])
seconds = time.perf_counter() - start
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10, 0, lines, sep=";")
"""


def table() -> tuple[str, list[str], list[list[str]]]:
    """Measure both readers and their peers on generated files."""
    with tempfile.TemporaryDirectory() as folder:
        fec = write_fec(Path(folder, "fec.txt"))
        invoices = write_invoices(Path(folder, "factures.zip"))
        sample = INVOICES // 20
        ours = {"fec": _OURS.format(room="fec", read="read_fec")}
        ours["invoices"] = _OURS.format(room="invoices", read="read_invoices")
        rows = [
            _row("FEC, 1,000,000 lines: maillon (sandbox, balance, suppliers)", _run(ours["fec"], fec)),
            _row("FEC: polars read_csv and a filter (nothing else)", _run(_POLARS, fec)),
            _row("10,000 invoices, a third Factur-X: maillon (sandbox)", _run(ours["invoices"], invoices)),
            _row(f"{sample} of them: factur-x package alone", _run(_FACTURX, invoices, str(sample))),
        ]
    return "Purchase records", ["reader", "seconds", "parent MiB", "child MiB", "purchases"], rows


def _run(program: str, *arguments: object) -> list[str]:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    return done.stdout.strip().splitlines()[-1].split(";")


def _row(name: str, found: list[str]) -> list[str]:
    seconds, parent, child, purchases = found
    return [name, f"{float(seconds):.2f}", parent, child if child != "0" else "", f"{int(purchases):,}"]


def write_fec(path: Path, lines: int = FEC_LINES) -> Path:
    """Write an invented FEC of about ``lines`` lines: purchases, sales, payments and wages."""
    with path.open("w", encoding="iso8859-15", newline="") as target:
        target.write(_HEADER + "\r\n")
        for count, text in enumerate(_postings(random.Random(1)), start=1):
            target.write(text + "\r\n")
            if count >= lines:
                break
    return path


def _postings(draw: random.Random) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        amount, vendor, kind = draw.randint(1_000, 500_000), draw.randint(1, 400), draw.random()
        vat = amount // 5
        if kind < 0.4:
            lines = [
                ("601000", amount, ""),
                ("445660", vat, ""),
                ("401000", -amount - vat, f"Fournisseur {vendor}"),
            ]
        elif kind < 0.7:
            lines = [
                ("411000", amount + vat, f"Client {vendor}"),
                ("701000", -amount, ""),
                ("445710", -vat, ""),
            ]
        elif kind < 0.9:
            lines = [("401000", amount, f"Fournisseur {vendor}"), ("512000", -amount, "")]
        else:
            lines = [("641000", amount, ""), ("421000", -amount, f"Salarié {vendor}")]
        yield from (_posting(number, *line) for line in lines)


def _posting(number: int, account: str, cents: int, who: str) -> str:
    day = f"2025{number % 12 + 1:02d}{number % 28 + 1:02d}"
    debit, credit = (f"{value / 100:.2f}".replace(".", ",") for value in (max(cents, 0), max(-cents, 0)))
    cells = ("JN", "Journal", str(number), day, account, "Compte", who[:3] + who[-3:], who, f"P{number}", day)
    return "\t".join((*cells, f"Libellé de l'écriture {number}", debit, credit, "", "", day, "", ""))


def write_invoices(path: Path, count: int = INVOICES) -> Path:
    """Write a zip of UBL, CII and Factur-X invoices in equal parts, made by the factur-x package.

    One invoice of each syntax is generated; the others differ by their number, in the XML itself. A PDF holds
    its XML compressed, so that each is made anew.
    """
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from factories.invoices import (  # noqa: PLC0415 - found only beside the tests
        InvoiceData,
        InvoiceLine,
        to_cii,
        to_facturx,
        to_ubl,
    )

    lines = tuple(
        InvoiceLine(name=f"Pièce {n}", buyer_reference=f"AC-{n}", hs="73181595") for n in range(INVOICE_LINES)
    )
    ubl, cii = (write(InvoiceData(lines=lines, number="NUMERO")) for write in (to_ubl, to_cii))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for n in range(count):
            if n % 3 == 2:
                content = to_facturx(InvoiceData(lines=lines, number=f"F{n}"), check=False)
                archive.writestr(f"{n:05d}.pdf", content)
            else:
                archive.writestr(f"{n:05d}.xml", (ubl if n % 3 else cii).replace(b"NUMERO", f"F{n}".encode()))
    return path
