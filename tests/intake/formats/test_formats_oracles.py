"""What other programs write is read as they mean it: openpyxl, xlwt, odfpy and csv are the oracles."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import warnings
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from odf import opendocument, style, table, text
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from factories.files import number_cell, row, text_cell, worksheet, write_xlsb, write_xlsx
from maillon.intake.formats.delimited import read_delimited
from maillon.intake.grid import CellError, Sheet
from maillon.intake.sandbox import read_sheets
from maillon.intake.sandbox.rows import rows_of
from maillon.intake.sandbox.wire import decode

BOMS = Path(__file__).parents[3] / "../shared/data/boms"
WORKBOOKS = sorted(BOMS.glob("*.xlsx")) if BOMS.is_dir() else []


def surrounded(sheet: Worksheet) -> None:
    """Fill a sheet with one of everything that stands beside values."""
    sheet.append(["Réf", "Prix", "Remise", "Lien", None, "Date"])
    sheet.append(["00123", 12.5, 0.1, "site", None, dt.date(2026, 3, 2)])
    sheet.append(["A\u00a01", 3, 0.25, '=HYPERLINK("https://exemple.fr/2","ici")', True])
    sheet["B2"].number_format = "#,##0.00\\ [$€-40C]"
    sheet["C2"].number_format = "0%"
    sheet["D2"].hyperlink = "https://exemple.fr/1?a=1&b=2"
    sheet["A3"].alignment = Alignment(indent=3)
    sheet.merge_cells("A5:C6")
    sheet["A5"] = "Total"
    sheet.row_dimensions[3].outlineLevel = 2
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["C"].hidden = True


def test_what_stands_beside_the_values(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    surrounded(book.active)
    book.save(tmp_path / "a.xlsx")
    _, (sheet,), doubts = read_sheets(tmp_path / "a.xlsx")
    assert sheet.rows[1] == ["00123", 12.5, 0.1, "site", None, dt.date(2026, 3, 2)]
    assert sheet.rows[2] == ["A\u00a01", 3, 0.25, None, True]
    assert sheet.rows[3:] == [[], ["Total"]]
    assert sheet.formats == {(1, 1): "#,##0.00\\ [$€-40C]", (1, 2): "0%"}
    assert sheet.links == {(1, 3): "https://exemple.fr/1?a=1&b=2", (2, 3): "https://exemple.fr/2"}
    assert sheet.indents == {(2, 0): 3}
    assert sheet.merged == [(4, 0, 5, 2)]
    assert sheet.outline == {2: 2}
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({4}, {2})
    assert [d.code for d in doubts] == ["hidden-rows", "hidden-columns", "formula-without-value"]


def test_old_workbook(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Pièces")
    sheet.write(0, 0, "Réf")
    sheet.write(1, 0, "00123", xlwt.easyxf("align: indent 2"))
    sheet.write(1, 1, 12.5, xlwt.easyxf(num_format_str="#,##0.00 €"))
    sheet.write(1, 2, dt.date(2026, 3, 2), xlwt.easyxf(num_format_str="dd/mm/yyyy"))
    sheet.write(2, 1, 3, xlwt.easyxf(num_format_str="0%"))
    sheet.write_merge(3, 4, 0, 2, "Total")
    sheet.row(2).hidden = True
    sheet.row(1).level = 2
    sheet.col(2).hidden = True
    book.save(str(tmp_path / "a.xls"))
    source, (read,), doubts = read_sheets(tmp_path / "a.xls")
    assert source.kind == "xls"
    assert read.rows == [["Réf"], ["00123", 12.5, dt.date(2026, 3, 2)], [None, 3], ["Total"]]
    assert read.formats == {(1, 1): "#,##0.00 €", (2, 1): "0%"}
    assert (read.indents, read.outline, read.merged) == ({(1, 0): 2}, {1: 2}, [(3, 0, 4, 2)])
    assert (read.hidden_rows, read.hidden_columns) == ({2}, {2})
    assert [d.code for d in doubts] == ["hidden-rows", "hidden-columns"]


def test_open_document(tmp_path: Path) -> None:
    document = opendocument.OpenDocumentSpreadsheet()
    hidden = style.Style(name="hidden", family="table")
    document.automaticstyles.addElement(hidden)
    sheet = table.Table(name="Pièces")
    first = table.TableRow()
    for value in ("Réf", "Prix", "Taux"):
        first.addElement(cell_of(value))
    sheet.addElement(first)
    second = table.TableRow(visibility="collapse")
    linked = table.TableCell(valuetype="string")
    paragraph = text.P()
    paragraph.addElement(text.A(href="https://exemple.fr/1", text="vis"))
    linked.addElement(paragraph)
    second.addElement(linked)
    second.addElement(table.TableCell(valuetype="currency", currency="EUR", value="12.5"))
    second.addElement(table.TableCell(valuetype="percentage", value="0.2"))
    sheet.addElement(second)
    third = table.TableRow(numberrowsrepeated=2)
    third.addElement(table.TableCell(valuetype="float", value="4", numbercolumnsrepeated=2))
    sheet.addElement(third)
    document.spreadsheet.addElement(sheet)
    document.save(str(tmp_path / "a.ods"))
    source, (read,), doubts = read_sheets(tmp_path / "a.ods")
    assert source.kind == "ods"
    assert read.rows == [["Réf", "Prix", "Taux"], ["vis", 12.5, 0.2], [4, 4], [4, 4]]
    assert read.formats == {(1, 1): "EUR", (1, 2): "0%"}
    assert read.links == {(1, 0): "https://exemple.fr/1"}
    assert read.hidden_rows == {1}
    assert [d.code for d in doubts] == ["hidden-rows"]


def cell_of(value: str) -> table.TableCell:
    cell = table.TableCell(valuetype="string")
    cell.addElement(text.P(text=value))
    return cell


def test_binary_workbook(tmp_path: Path) -> None:
    rows: list[tuple[int, list[tuple[int, str | float]]]] = [
        (0, [(0, "Réf"), (1, "Qté")]),
        (2, [(0, "A"), (1, 4.0)]),
    ]
    source, (read,), doubts = read_sheets(write_xlsb(tmp_path / "a.xlsb", rows, "Pièces"))
    assert (source.kind, read.name, doubts) == ("xlsb", "Pièces", [])
    assert read.rows == [["Réf", "Qté"], [], ["A", 4]]


@pytest.mark.skipif(not WORKBOOKS, reason="../shared/data/boms is absent")
@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda p: p.name)
def test_real_workbooks_equal_what_openpyxl_reads(path: Path) -> None:
    """Every value of every sheet, links, merges and hidden rows: an independent reader sees the same."""
    _, sheets, _ = read_sheets(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, data_only=True)
    assert [s.name for s in sheets] == book.sheetnames
    for sheet in sheets:
        other = book[sheet.name]
        cells = {(c.row - 1, c.column - 1): c for r in other.iter_rows() for c in r}
        filled = {place: plain(c.value) for place, c in cells.items() if c.value not in (None, "")}
        assert values_of(sheet) == filled
        areas = {
            (a.min_row - 1, a.min_col - 1, a.max_row - 1, a.max_col - 1) for a in other.merged_cells.ranges
        }
        assert areas == set(sheet.merged)
        assert {n - 1 for n, d in other.row_dimensions.items() if d.hidden} == sheet.hidden_rows
        linked = {place for place, c in cells.items() if c.hyperlink and c.hyperlink.target}
        assert linked <= set(sheet.links)


def values_of(sheet: Sheet) -> dict[tuple[int, int], Any]:
    return {
        (r, c): plain(value)
        for r, line in enumerate(sheet.rows)
        for c, value in enumerate(line)
        if value is not None
    }


def plain(value: Any) -> Any:
    """Bring both readers to one notation: no type of date, no blanks around texts, no float noise."""
    match value:
        case bool() | CellError():
            return str(value)
        case dt.datetime():
            return value.date() if value.time() == dt.time() else value
        case dt.time():
            return dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
        case int() | float():
            return pytest.approx(value, rel=1e-12)
        case str():
            return value.strip().replace("\r\n", "\n")
    return value


printable = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])
fields = st.text(st.one_of(printable, st.sampled_from(["\n", '"', ";", ","])), max_size=8)


@given(
    st.lists(st.lists(fields, min_size=3, max_size=3), min_size=2, max_size=8),
    st.sampled_from([";", ",", "\t", "|"]),
    st.sampled_from(["\r\n", "\n"]),
)
def test_written_csv_is_read_back(rows: list[list[str]], separator: str, end: str) -> None:
    """Every field quoted, so that the separator is the only question; announced, so that it is none."""
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    frames = list(read_delimited(f"sep={separator}{end}{target.getvalue()}".encode()))
    read = [line for frame in frames if isinstance(frame, bytes) for line in rows_of(decode(frame)["grid"])][
        1:
    ]
    guarded = re.compile(r"'(?='*[=+@\t\r-])")  # an apostrophe that keeps a text from being a formula
    expected = [
        [guarded.sub("", cell, count=1) if guarded.match(cell) else cell or None for cell in line]
        for line in rows
    ]
    for line in expected:
        while line and line[-1] is None:
            line.pop()
    assert read == expected


def test_numbers_dates_and_codes_keep_their_types(tmp_path: Path) -> None:
    cells = row(
        1,
        number_cell("A1", "226614242"),
        number_cell("B1", "0.1"),
        text_cell("C1", "00123"),
        number_cell("D1", "-3"),
        number_cell("E1", "1E-3"),
    )
    _, (sheet,), _ = read_sheets(write_xlsx(tmp_path / "a.xlsx", worksheet(cells)))
    assert [(type(v), v) for v in sheet.rows[0]] == [
        (int, 226614242),
        (float, 0.1),
        (str, "00123"),
        (int, -3),
        (float, 0.001),
    ]
