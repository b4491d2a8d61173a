"""Bad inputs 1 to 20 of the security page: containers.

| entries | where |
|---|---|
| 1-17, 20 | here |
| 18 disk full on upload, 19 client disconnects | with the web application: a file on disk has neither |
| 21-35 | ``test_hostile_grids.py`` |
| 36-44, 47, 49 | ``test_hostile_texts.py`` |
| 51, 52, 59-65, 75 | ``test_hostile_values.py`` |
| 45, 46, 48, 50, 53-58, 66-71 | meaning: with the understanding of tables |
| 72-74 | output and network: with the reports and the web application |
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

from factories.files import (
    ORDINARY,
    SHEET,
    RawZip,
    compound_file,
    deflated_zeros,
    raw_workbook,
    relations_part,
    workbook_parts,
    worksheet,
    write_xlsx,
    write_zip,
)
from maillon.core.doubt import Treatment
from maillon.core.errors import RefusedFile
from maillon.intake.sandbox import limits, read_sheets, safe_name, sheets

Refusal = Callable[[Path], RefusedFile]


def test_01_zip_bomb_ratio(tmp_path: Path, refusal: Refusal) -> None:
    archive = raw_workbook()
    archive.add("xl/media/a.bin", b"", deflated=deflated_zeros(64), declared=64 << 20)
    error = refusal(archive.write(tmp_path / "a.xlsx"))
    assert str(error.what) == "xl/media/a.bin: this part unpacks to more than 300 times its size (zip bomb)."


def test_01_zip_bomb_of_rows_stays_below_the_ratio(tmp_path: Path, refusal: Refusal) -> None:
    """320 MiB of blanks between tags, at a ratio below 300: the total stops it."""
    archive = raw_workbook()
    noise = bytes(range(256)) * 16  # keeps the ratio low
    packed = deflated_zeros(320, around=(noise * 320, b""))
    archive.add("xl/media/a.bin", b"", deflated=packed, declared=(320 << 20) + len(noise) * 320)
    ratio = ((320 << 20) + len(noise) * 320) / len(packed)
    error = refusal(archive.write(tmp_path / "a.xlsx"))
    expected = "zip bomb" if ratio > 300 else "more than 300 MiB"
    assert expected in str(error.what)


def test_02_real_size_above_the_declared_one(tmp_path: Path, refusal: Refusal) -> None:
    archive = raw_workbook()
    archive.add("xl/media/a.bin", b"x" * 5000, declared=10)
    error = refusal(archive.write(tmp_path / "a.xlsx"))
    assert str(error.what) == "xl/media/a.bin: the content is larger than the directory says."


def test_02_content_that_contradicts_its_checksum(tmp_path: Path, refusal: Refusal) -> None:
    archive = raw_workbook()
    archive.add("xl/media/a.bin", b"x" * 5000, declared=6000)
    error = refusal(archive.write(tmp_path / "a.xlsx"))
    assert str(error.what) == "xl/media/a.bin: the content contradicts the directory."


def test_03_nested_zip(tmp_path: Path, refusal: Refusal) -> None:
    inner = write_zip(tmp_path / "inner.zip", {"a.txt": "x"})
    error = refusal(write_zip(tmp_path / "a.xlsx", {"inner.zip": inner.read_bytes()}))
    assert str(error.what) == "This is an archive that holds other archives."


def test_03_zip_of_a_workbook(tmp_path: Path, refusal: Refusal) -> None:
    inner = write_xlsx(tmp_path / "inner.xlsx", worksheet(ORDINARY))
    error = refusal(write_zip(tmp_path / "a.zip", {"inner.xlsx": inner.read_bytes()}))
    assert str(error.what) == "This is a zip archive, not a spreadsheet."


def test_04_hundred_thousand_entries(tmp_path: Path, refusal: Refusal) -> None:
    archive = RawZip()
    for number in range(65_000):
        archive.add(f"x{number}", b"", deflated=b"\x03\x00")
    error = refusal(archive.write(tmp_path / "a.xlsx"))
    assert str(error.what) == "The archive holds 65000 entries; at most 2000 are read."


def test_04_more_entries_than_announced(tmp_path: Path, refusal: Refusal) -> None:
    """70,000 entries overflow the 16-bit count of the end record, which then says 4,464."""
    archive = RawZip()
    for number in range(70_000):
        archive.add(f"x{number}", b"", deflated=b"\x03\x00")
    error = refusal(archive.write(tmp_path / "a.xlsx"))
    assert "entries; at most 2000 are read" in str(error.what)


def test_05_duplicate_entry(tmp_path: Path, refusal: Refusal) -> None:
    archive = raw_workbook()
    archive.add(SHEET, worksheet("").encode())
    assert str(refusal(archive.write(tmp_path / "a.xlsx")).what) == (
        "The archive holds two entries named xl/worksheets/sheet1.xml."
    )


def test_05_duplicate_entry_in_other_case(tmp_path: Path, refusal: Refusal) -> None:
    archive = raw_workbook()
    archive.add(SHEET.upper(), worksheet("").encode())
    assert "two entries named" in str(refusal(archive.write(tmp_path / "a.xlsx")).what)


def test_06_overlapping_entries(tmp_path: Path, refusal: Refusal) -> None:
    archive = raw_workbook()
    archive.add("xl/media/first.bin", b"x" * 500)
    archive.add("xl/media/second.bin", b"x" * 500, offset=0)
    error = refusal(archive.write(tmp_path / "a.xlsx"))
    assert "overlapping entries" in str(error.what)


def test_07_path_outside_the_archive(tmp_path: Path, refusal: Refusal) -> None:
    for number, name in enumerate(("../../etc/passwd", "/etc/passwd", "C:/x", "xl/../../x", "a\\..\\b")):
        archive = raw_workbook()
        archive.add(name, b"x")
        error = refusal(archive.write(tmp_path / f"{number}.xlsx"))
        assert "an entry with an unsafe name" in str(error.what)


def test_08_symbolic_link(tmp_path: Path, refusal: Refusal) -> None:
    archive = raw_workbook()
    archive.add("xl/link", b"/etc/passwd", attributes=(stat.S_IFLNK | 0o777) << 16)
    error = refusal(archive.write(tmp_path / "a.xlsx"))
    assert str(error.what) == "The archive holds a symbolic link: xl/link."


def test_09_truncated(tmp_path: Path, refusal: Refusal) -> None:
    whole = write_xlsx(tmp_path / "whole.xlsx", worksheet(ORDINARY)).read_bytes()
    for number, length in enumerate((5, len(whole) // 2, len(whole) - 1)):
        cut = tmp_path / f"{number}.xlsx"
        cut.write_bytes(whole[:length])
        assert str(refusal(cut).what) == "The archive is truncated or damaged."


def test_10_encrypted_workbook(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(compound_file({"EncryptionInfo": b"x" * 200, "EncryptedPackage": b"x" * 9000}))
    error = refusal(path)
    assert str(error.what) == "The file is encrypted with a password."
    assert "remove the password" in str(error.hint)


def test_10_encrypted_zip_entry(tmp_path: Path, refusal: Refusal) -> None:
    archive = raw_workbook()
    archive.add("xl/media/a.bin", b"x" * 20, flags=1)
    error = refusal(archive.write(tmp_path / "a.xlsx"))
    assert str(error.what) == "The file is encrypted: xl/media/a.bin."


def test_11_web_page_saved_as_xls(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "export.xls"
    path.write_text("\n <html><body><table><tr><td>Vis</td></tr></table></body></html>")
    assert "web page (HTML)" in str(refusal(path).what)


def test_11_xml_spreadsheet_of_2003(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "export.xls"
    path.write_text(
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    )
    assert str(refusal(path).what) == "This is an XML spreadsheet of Excel 2003."


def test_12_compound_file_of_garbage(tmp_path: Path, refusal: Refusal) -> None:
    for number, content in enumerate(
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4096, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"")
    ):
        path = tmp_path / f"{number}.xls"
        path.write_bytes(content or compound_file({"Other": b"x" * 5000}))
        assert "the form of an old Office document" in str(refusal(path).what)


def test_12_garbage_inside_the_workbook_stream(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(compound_file({"Workbook": bytes(range(256)) * 40}))
    refusal(path)


def test_12_word_document(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(compound_file({"WordDocument": b"x" * 5000}))
    assert str(refusal(path).what).startswith("This is a Word file")


def test_13_other_kinds_renamed(tmp_path: Path, refusal: Refusal) -> None:
    for magic, kind in ((b"%PDF-1.7\n", "PDF"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff\xe0", "JPEG")):
        path = tmp_path / f"{kind}.xlsx"
        path.write_bytes(magic + bytes(500))
        assert str(refusal(path).what).startswith(f"This is a {kind} file, whatever its name says")


def test_14_empty_file(tmp_path: Path, refusal: Refusal) -> None:
    for name in ("a.xlsx", "a.csv", "a.xls"):
        path = tmp_path / name
        path.write_bytes(b"")
        assert str(refusal(path).what) == "The file is empty (0 bytes)."


def test_15_larger_than_the_limit(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as target:
        target.truncate(limits.SHEET_FILE_BYTES + 1)  # sparse: takes no room
    assert str(refusal(path).what) == "The file is larger than 200 MiB."
    assert limits.SHEET_FILE_BYTES == sheets.SHEET_FILE_BYTES


def test_16_macros_are_left_out(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsm", worksheet(ORDINARY), extra={"xl/vbaProject.bin": b"\0" * 64})
    source, read, doubts = read_sheets(path)
    assert source.kind == "xlsm"
    assert read[0].rows == [["Désignation", "Qté"], ["Vis", 4]]
    assert [(d.code, d.treatment) for d in doubts] == [("macros", Treatment.WARNED)]


def test_17_external_links_and_queries_are_not_followed(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><f>[1]Prix!A1</f><v>12.5</v></c></row>'
    extra = {
        "xl/externalLinks/externalLink1.xml": "<externalLink/>",
        "xl/externalLinks/_rels/externalLink1.xml.rels": relations_part(
            ("rId1", "externalLinkPath", "file://attacker.invalid/share/prix.xlsx")
        ),
        "xl/connections.xml": '<connections><connection odbc="DSN=x"/></connections>',
    }
    source, read, doubts = read_sheets(write_xlsx(tmp_path / "a.xlsx", worksheet(cells), extra=extra))
    assert source.kind == "xlsx"
    assert read[0].rows == [[12.5]]
    assert [d.code for d in doubts] == ["external-links", "external-data"]


def test_20_file_names_are_made_safe(tmp_path: Path) -> None:
    for name in ("a\r\nSet-Cookie: x.csv", "a\u202exslx.csv", "é" * 100 + ".csv"):
        path = tmp_path / name
        path.write_text("Réf;Qté\nA;1\n")
        shown = read_sheets(path)[0].name
        assert shown.isprintable()
        assert len(shown) <= 120
        assert shown.endswith(".csv")
    assert safe_name("x" * 300 + ".csv") == "x" * 115 + "….csv"


def test_an_ordinary_raw_workbook_is_read(tmp_path: Path) -> None:
    """The archive that the hostile ones are made from is itself accepted."""
    _, read, doubts = read_sheets(raw_workbook().write(tmp_path / "a.xlsx"))
    assert read[0].rows == [["Désignation", "Qté"], ["Vis", 4]]
    assert doubts == []
    assert set(workbook_parts({"Feuil1": ""})) >= {SHEET}
