"""Damaged copies of good files: whatever a byte becomes, the answer is sheets or a refusal."""

from __future__ import annotations

import random
import re
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt

from factories.files import (
    ORDINARY,
    compound_file,
    ods_row,
    ods_table,
    ods_text,
    shared_texts,
    style_sheet,
    workbook_parts,
    worksheet,
    write_ods,
    write_xlsb,
    write_xlsx,
    write_zip,
)
from maillon.core.errors import RefusedFile
from maillon.intake.sandbox import read_sheets

Refusal = Callable[[Path], RefusedFile]
OURS = re.compile(r"(Attribute|Type|Key|Index|Name|Assertion|Value|UnicodeDecode|Recursion)Error|struct|zlib")


def good_files(folder: Path) -> dict[str, bytes]:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Feuil1")
    for number in range(40):
        sheet.write(number, 0, f"REF {number}")
        sheet.write(number, 1, number * 1.5)
    book.save(str(folder / "a.xls"))
    write_xlsx(folder / "a.xlsx", worksheet(ORDINARY), styles=style_sheet([(0, 0), (9, 1)]))
    write_ods(folder / "a.ods", ods_table("T", ods_row(ods_text("Réf"), ods_text("Qté"))))
    write_xlsb(folder / "a.xlsb", [(n, [(0, "Réf"), (1, 2.5)]) for n in range(9)])
    (folder / "a.csv").write_text('Réf;Qté\n"A;1";2\nB;3\n')
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def assert_answers(path: Path) -> None:
    """Sheets, or a refusal that is meant: not one that hides an error of ours."""
    try:
        answer: object = read_sheets(path)[1]
    except RefusedFile as refusal:
        answer = str(refusal.what)
    assert answer
    assert not (isinstance(answer, str) and OURS.search(answer)), answer


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.ods", "a.xlsb", "a.csv"])
def test_damaged_bytes(name: str, tmp_path: Path) -> None:
    content = good_files(tmp_path)[name]
    chance = random.Random(name)  # noqa: S311 - damage, not a secret
    path = tmp_path / f"damaged-{name}"
    for _ in range(15):
        damaged = bytearray(content)
        for _ in range(chance.choice([1, 3, 30])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged[: chance.choice([len(damaged), chance.randrange(1, len(damaged))])])
        assert_answers(path)


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
)
def test_damaged_xml(part: str, tmp_path: Path) -> None:
    """Damage below the compression, where the checksum of the archive does not catch it."""
    parts = workbook_parts(
        {"Feuil1": worksheet(ORDINARY)}, styles=style_sheet([(0, 0)]), shared=shared_texts(["a", "b"])
    )
    content = str(parts[part]).encode()
    chance = random.Random(part)  # noqa: S311 - damage, not a secret
    for _ in range(15):
        damaged = bytearray(content)
        for _ in range(chance.choice([1, 4])):
            damaged[chance.randrange(len(damaged))] = chance.choice(b"<>/\"'=&;:0 9xs\x00\xff")
        assert_answers(write_zip(tmp_path / "a.xlsx", {**parts, part: bytes(damaged)}))


def biff(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def old_workbook(cells: bytes) -> bytes:
    """A BIFF8 stream of one sheet with these cell records."""
    start = biff(0x809, struct.pack("<HH12x", 0x600, 5)) + biff(0xE0, bytes(20))
    name = "Pièces".encode("latin-1")
    place = len(start) + 4 + 8 + len(name) + 4
    listed = biff(0x85, struct.pack("<IBBBB", place, 0, 0, len(name), 0) + name)
    sheet = biff(0x809, struct.pack("<HH12x", 0x600, 0x10)) + cells + biff(0x0A, b"")
    return compound_file({"Workbook": start + listed + biff(0x0A, b"") + sheet})


def test_old_workbook_with_a_column_that_cannot_be(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "a.xls"
    good = biff(0x203, struct.pack("<HHHd", 0, 0, 0, 1.5))
    path.write_bytes(old_workbook(good))
    assert read_sheets(path)[1][0].rows == [[1.5]]
    path.write_bytes(old_workbook(good + biff(0x203, struct.pack("<HHHd", 65535, 65535, 0, 1.5))))
    expected = "Sheet Pièces, cell CRXP65536: this reference lies outside the largest possible sheet."
    assert str(refusal(path).what) == expected


def test_old_workbook_behind_a_password(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "a.xls"
    stream = biff(0x809, struct.pack("<HH12x", 0x600, 5)) + biff(0x2F, bytes(54)) + biff(0x0A, b"")
    path.write_bytes(compound_file({"Workbook": stream}))
    assert str(refusal(path).what) == "The file is encrypted with a password."


def test_circular_chain_of_sectors(tmp_path: Path, refusal: Refusal) -> None:
    whole = bytearray(compound_file({"Workbook": bytes(6000)}))
    table = struct.unpack_from("<I", whole, 76)[0]
    struct.pack_into("<I", whole, 512 * (table + 1), 0)  # the first sector follows itself
    path = tmp_path / "a.xls"
    path.write_bytes(whole)
    assert "the form of an old Office document" in str(refusal(path).what)
