"""Files, folders and zips of invoices: each file is accounted for, none is dangerous."""

from __future__ import annotations

import datetime as dt
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from factories.invoices import (
    SIREN,
    InvoiceData,
    InvoiceLine,
    blank_pdf,
    to_cii,
    to_facturx,
    to_ubl,
    write_zip,
)
from maillon.core.errors import RefusedFile
from maillon.intake.invoices import batches, looks_like_invoice, read_invoices
from maillon.intake.sandbox.limits import DEFAULT_LIMITS

INVOICE = InvoiceData(lines=(InvoiceLine(origin="CN"), InvoiceLine(name="Écrou", origin=None, amount="7.50")))
OTHER = InvoiceData(number="F2025-002", date=dt.date(2025, 4, 1))
CREDIT = InvoiceData(number="A2025-001", type_code="381")

#: Below every limit of size, but long to parse: with one second of CPU the system kills its reader.
HEAVY = b"<a>" + b"<b/>" * 13_000_000 + b"</a>"
ONE_SECOND = replace(DEFAULT_LIMITS, cpu_seconds=1)


def test_a_single_invoice_becomes_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "facture.xml"
    path.write_bytes(to_ubl(INVOICE))
    reading = read_invoices(path)
    assert reading.ledger is not None
    first, second = reading.ledger.purchases.rows(named=True)
    assert first["date"] == dt.date(2025, 3, 4)
    assert (first["document"], first["amount"], first["currency"]) == ("F2025-001", 5.0, "EUR")
    assert (first["supplier"], first["supplier_id"]) == ("Visserie Inventée SAS", SIREN)
    assert (first["supplier_site"], first["supplier_country"]) == ("12 rue des Essais, 25000 Besançon", "FR")
    assert (first["making_country"], first["evidence"]) == ("CN", "declared")
    assert first["evidence_source"] == "invoice F2025-001, 2025-03-04"
    # An origin that is not declared is unknown, not that of the seller.
    assert (second["making_country"], second["evidence"]) == (None, None)
    assert reading.source.kind == "ubl"
    assert reading.tables[0].rows.balanced
    assert reading.tables[0].rows.parts == 2


def _mixed(path: Path) -> Path:
    files = {
        "a.xml": to_ubl(INVOICE),
        "b.pdf": to_facturx(OTHER),
        "c.xml": to_cii(CREDIT),
        "a-bis.pdf": to_facturx(INVOICE),
        "conflit.xml": to_cii(replace(OTHER, lines=(InvoiceLine(amount="6.00"),))),
        "scan.pdf": blank_pdf(),
        "notes.txt": b"bonjour",
        "vide.xml": b"",
        "coupe.xml": to_ubl(INVOICE)[:900],
        "autre.xml": b"<order><id>1</id></order>",
        "dtd.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        "archive.xml": b"PK\x03\x04" + b"0" * 40,
    }  # fmt: skip
    return write_zip(path, files)


EXPECTED = {
    "scan.pdf": "ordinary PDF",
    "notes.txt": "not an electronic invoice",
    "vide.xml": "empty",
    "coupe.xml": "not well-formed XML",
    "autre.xml": "not an electronic invoice",
    "dtd.xml": "declares a document type",
    "archive.xml": "zip inside the zip",
}


def test_every_file_of_a_zip_is_accounted_for(tmp_path: Path) -> None:
    reading = read_invoices(_mixed(tmp_path / "factures.zip"))
    notes = reading.notes
    assert {name: notes[name] for name in ("files", "kept", "duplicates", "refused", "credit_notes")} == {
        "files": 12, "kept": 3, "duplicates": 2, "refused": 7, "credit_notes": 1,
    }  # fmt: skip
    refused = {doubt.sheet: str(doubt.what) for doubt in reading.doubts if doubt.code == "refused-invoice"}
    assert set(refused) == set(EXPECTED)
    for name, words in EXPECTED.items():
        assert words in refused[name]
        assert name in refused[name]
    codes = {
        doubt.sheet: doubt.code
        for doubt in reading.doubts
        if "invoice" in doubt.code and doubt.sheet not in EXPECTED
    }
    assert codes == {"a-bis.pdf": "duplicate-invoice", "conflit.xml": "conflicting-invoice"}
    assert reading.ledger is not None
    assert reading.ledger.purchases["amount"].to_list() == [5.0, 7.5, 5.0, -5.0]
    assert reading.tables[0].rows.balanced


def test_a_folder_reads_like_a_zip_and_follows_no_link(tmp_path: Path) -> None:
    outside = tmp_path / "dehors.xml"
    outside.write_bytes(to_ubl(OTHER))
    folder = tmp_path / "factures"
    (folder / "mars").mkdir(parents=True)
    (folder / "mars" / "a.xml").write_bytes(to_ubl(INVOICE))
    (folder / "b.xml").write_bytes(to_cii(CREDIT))
    (folder / "lien.xml").symlink_to(outside)
    os.mkfifo(folder / "tube.xml")
    reading = read_invoices(folder)
    assert reading.ledger is not None
    assert sorted(set(reading.ledger.purchases["file"])) == ["b.xml", "mars/a.xml"]
    assert (reading.notes["files"], reading.notes["refused"]) == (4, 2)
    assert reading.source.kind == "folder"


def test_a_file_that_is_no_invoice_is_refused_with_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(blank_pdf())
    with pytest.raises(RefusedFile, match="ordinary PDF"):
        read_invoices(path)


def test_damaged_zip_is_refused(tmp_path: Path) -> None:
    path = _mixed(tmp_path / "factures.zip")
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(RefusedFile, match="damaged"):
        read_invoices(path)


def test_overlapping_members_are_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "bombe.zip", {"a.xml": to_ubl(INVOICE), "b.xml": to_ubl(OTHER)})
    content = bytearray(path.read_bytes())
    second = content.rindex(b"PK\x01\x02")
    content[second + 42 : second + 46] = (5).to_bytes(4, "little")  # its offset now lies inside the first
    path.write_bytes(content)
    with pytest.raises(RefusedFile, match="overlap"):
        read_invoices(path)


def test_a_dense_member_is_a_bomb_and_the_others_are_read(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "f.zip", {"bombe.xml": b"<a>" + b" " * 40_000_000, "a.xml": to_ubl(INVOICE)})
    reading = read_invoices(path)
    assert [str(doubt.what) for doubt in reading.doubts] == [
        "bombe.xml was left out. It is packed so densely that it can only be an attack."
    ]
    assert reading.notes["kept"] == 1


def test_an_encrypted_member_is_set_apart(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "f.zip", {"a.xml": to_ubl(INVOICE), "b.xml": to_ubl(OTHER)})
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        content[content.index(mark) + offset] |= 1
    path.write_bytes(content)
    reading = read_invoices(path)
    assert (reading.notes["kept"], reading.notes["refused"]) == (1, 1)
    assert "password" in str(reading.doubts[0].what)


def test_a_file_that_kills_its_reader_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Batches of two files, one of which ends the child: the next child goes on behind it."""
    names = ["a.xml", "lourd.xml", "b.xml", "c.xml"]
    contents = [to_ubl(INVOICE), HEAVY, to_ubl(OTHER), to_cii(CREDIT)]
    path = tmp_path / "f.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in zip(names, contents, strict=True):
            archive.writestr(name, content)
    monkeypatch.setattr(batches, "LIMITS", ONE_SECOND)
    monkeypatch.setattr(batches, "FIRST_BATCH", 2)
    monkeypatch.setattr(batches, "BATCH", 2)
    reading = read_invoices(path)
    assert (reading.notes["files"], reading.notes["kept"], reading.notes["refused"]) == (4, 3, 1)
    assert reading.ledger is not None
    assert list(dict.fromkeys(reading.ledger.purchases["file"])) == ["a.xml", "b.xml", "c.xml"]
    assert [str(doubt.what) for doubt in reading.doubts] == [
        "#2 was left out. Its reading stopped without an answer."
    ]


def test_a_single_file_that_kills_its_reader_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "LIMITS", ONE_SECOND)
    path = tmp_path / "lourd.xml"
    path.write_bytes(HEAVY)
    with pytest.raises(RefusedFile, match="stopped without an answer"):
        read_invoices(path)


def test_a_tree_that_fills_the_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lourd.xml"
    path.write_bytes(HEAVY)
    with pytest.raises(RefusedFile, match="well-formed XML"):  # libxml2 gives up within the limit
        read_invoices(path)


def test_a_wrong_siren_is_told_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "facture.xml"
    path.write_bytes(to_ubl(InvoiceData(siren="123456789")))
    reading = read_invoices(path)
    assert [doubt.code for doubt in reading.doubts] == ["bad-identifier"]
    assert reading.ledger is not None
    assert reading.ledger.purchases["supplier_id"].to_list() == ["123456789"]


def test_an_unknown_country_stays_unknown(tmp_path: Path) -> None:
    path = tmp_path / "facture.xml"
    line = InvoiceLine(origin=None, attributes={"Origine": "divers"})
    path.write_bytes(to_ubl(InvoiceData(lines=(line,))))
    reading = read_invoices(path)
    assert reading.ledger is not None
    assert reading.ledger.purchases["making_country"].to_list() == [None]
    assert [doubt.code for doubt in reading.doubts] == ["unknown-country"]


def test_invoices_are_told_from_other_files() -> None:
    assert looks_like_invoice(to_ubl(INVOICE))
    assert looks_like_invoice(to_cii(INVOICE))
    assert looks_like_invoice(to_facturx(INVOICE))
    assert not looks_like_invoice(b"Reference;Designation\n")
    assert not looks_like_invoice(b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml")
