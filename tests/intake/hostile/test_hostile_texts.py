"""Bad inputs 36 to 49 of the security page, as far as they are about the text of a file."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from maillon.core.doubt import Treatment
from maillon.core.errors import RefusedFile
from maillon.intake.sandbox import read_sheets

Refusal = Callable[[Path], RefusedFile]
TABLE = "Référence;Désignation;Prix\nA1;Écrou;1,50\nB2;Vis;0,20\n"
ROWS = [["Référence", "Désignation", "Prix"], ["A1", "Écrou", "1,50"], ["B2", "Vis", "0,20"]]


@pytest.mark.parametrize(
    ("encoding", "recorded"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
def test_36_encodings_are_found_and_recorded(encoding: str, recorded: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TABLE.encode(encoding))
    source, sheets, doubts = read_sheets(path)
    assert (source.kind, source.encoding, source.separator) == ("csv", recorded, ";")
    assert sheets[0].rows == ROWS
    assert doubts == []


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_37_utf16_without_its_mark(encoding: str, tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TABLE.encode(encoding))
    assert "UTF-16 without its byte order mark" in str(refusal(path).what)


def test_38_mixed_encodings(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Réf;Qté\nÉcrou;1\n".encode() + "Pièce;2\n".encode("cp1252") + b"Vis;3\n")
    source, sheets, doubts = read_sheets(path)
    assert source.encoding == "utf-8"
    assert sheets[0].rows == [["Réf", "Qté"], ["Écrou", "1"], ["Pièce", "2"], ["Vis", "3"]]
    assert [(d.code, d.treatment, d.cell) for d in doubts] == [
        ("mixed-encoding", Treatment.QUARANTINED, "3:3")
    ]


def test_39_nul_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"ref;qty\nA;1\nB\x00;2\nC;3\n")
    _, sheets, doubts = read_sheets(path)
    assert sheets[0].rows == [["ref", "qty"], ["A", "1"], ["B\x00", "2"], ["C", "3"]]
    assert [(d.code, d.treatment, d.cell) for d in doubts] == [
        ("nul-character", Treatment.QUARANTINED, "3:3")
    ]


def test_40_unclosed_quote_names_its_line(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "a.csv"
    path.write_text('ref;name\nA;vis\nB;"écrou\nC;rondelle\n')
    assert str(refusal(path).what) == "Line 3: a quote is opened and never closed."


def test_40_unclosed_quote_of_a_large_file_is_fast(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "a.csv"
    path.write_text('ref;name\n"A;vis\n' + "B;écrou\n" * 5_000_000)
    before = time.monotonic()
    assert str(refusal(path).what) == "Line 2: a quote is opened and never closed."
    assert time.monotonic() - before < 10


def test_40_inch_marks_are_no_quotes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('ref;name\nA;Tube 1" x 2"\nB;"Vis ""M5"""\n')
    assert read_sheets(path)[1][0].rows == [["ref", "name"], ["A", 'Tube 1" x 2"'], ["B", 'Vis "M5"']]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_41_line_ends(end: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TABLE.replace("\n", end).encode())
    assert read_sheets(path)[1][0].rows == ROWS


def test_41_line_end_inside_quotes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'ref;note\r\nA;"two\r\nlines"\r\nB;one\r\n')
    assert read_sheets(path)[1][0].rows == [["ref", "note"], ["A", "two\r\nlines"], ["B", "one"]]


@pytest.mark.parametrize(("separator", "kind"), [(";", "csv"), (",", "csv"), ("\t", "tsv"), ("|", "csv")])
def test_42_separators(separator: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TABLE.replace(",", ".").replace(";", separator))
    source, sheets, _ = read_sheets(path)
    assert (source.kind, source.separator) == (kind, separator)
    assert sheets[0].rows[1] == ["A1", "Écrou", "1.50"]


def test_42_decimal_commas_are_no_separators(tmp_path: Path) -> None:
    """Three prices a line hold more commas than there are separators."""
    path = tmp_path / "a.csv"
    path.write_text("prix 1;prix 2;prix 3\n" + "1,50;2,50;3,50\n" * 20)
    source, sheets, _ = read_sheets(path)
    assert source.separator == ";"
    assert sheets[0].rows[1] == ["1,50", "2,50", "3,50"]


def test_42_a_list_in_plain_words_is_one_column(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("8  x Cup Hooks\n2 x Bolts, long\n\n1 x Chain; steel\n")
    source, sheets, _ = read_sheets(path)
    assert (source.kind, source.separator) == ("txt", "")
    assert sheets[0].rows == [["8  x Cup Hooks"], ["2 x Bolts, long"], [], ["1 x Chain; steel"]]


def test_43_announced_separator(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("sep=;\r\nRéf;Désignation, longue\r\nA;vis, longue\r\n".encode())
    source, sheets, _ = read_sheets(path)
    assert source.separator == ";"
    assert sheets[0].rows == [[], ["Réf", "Désignation, longue"], ["A", "vis, longue"]]


def test_44_ragged_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a;b;c\n1;2;3\n1;2\n1;2;3;4\n1;2;3;;\n1;2;3\n1;2;3\n")
    _, sheets, doubts = read_sheets(path)
    assert sheets[0].rows[2:5] == [["1", "2"], ["1", "2", "3", "4"], ["1", "2", "3"]]
    assert [(d.code, d.treatment, d.cell) for d in doubts] == [("row-too-long", Treatment.QUARANTINED, "4:4")]


def test_47_duplicate_headers_are_kept_as_written(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("ref;prix;prix\nA;1;2\n")
    assert read_sheets(path)[1][0].rows[0] == ["ref", "prix", "prix"]


def test_49_text_is_untouched(tmp_path: Path) -> None:
    """Composed and decomposed accents, no-break and zero-width spaces: kept for those who compare codes."""
    cells = ["e\u0301", "\u00e9", "A\u00a01", "A\u200b1", " A", "\tA"]
    path = tmp_path / "a.csv"
    path.write_text("a;b;c;d;e;f\n" + ";".join(cells) + "\n", encoding="utf-8")
    assert read_sheets(path)[1][0].rows[1] == cells


def test_text_under_the_name_of_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text(TABLE.replace(";", "\t"))
    source, sheets, doubts = read_sheets(path)
    assert source.kind == "tsv"
    assert sheets[0].rows == ROWS
    assert [d.code for d in doubts] == ["extension"]


def test_binary_content_is_no_text(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(bytes(range(1, 256)) * 40)
    assert str(refusal(path).what) == "The file is neither a spreadsheet nor a text."
