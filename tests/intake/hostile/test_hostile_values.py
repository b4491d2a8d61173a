"""Bad inputs 51, 52, 59 to 65 and 75 of the security page, as far as they are about the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from factories.files import (
    ORDINARY,
    number_cell,
    row,
    style_sheet,
    text_cell,
    worksheet,
    write_xlsx,
)
from maillon.core.doubt import Treatment
from maillon.core.errors import RefusedFile
from maillon.intake.grid import CellError
from maillon.intake.sandbox import read_sheets

Refusal = Callable[[Path], RefusedFile]


@pytest.mark.parametrize("written", ["NaN", "inf", "-inf", "1e400", "-1E+999"])
def test_51_52_numbers_that_are_none(written: str, tmp_path: Path) -> None:
    cells = ORDINARY + row(3, text_cell("A3", "Écrou"), number_cell("B3", written))
    _, sheets, doubts = read_sheets(write_xlsx(tmp_path / "a.xlsx", worksheet(cells)))
    assert sheets[0].rows[2] == ["Écrou", written]
    assert [(d.code, d.treatment, d.sheet, d.cell) for d in doubts] == [
        ("not-a-number", Treatment.QUARANTINED, "Feuil1", "B3")
    ]


def test_59_60_codes_stay_text(tmp_path: Path) -> None:
    codes = ["00123", "1E10", "MARS1", "2-3", "12345678901234567890", "NA", "TRUE"]
    path = tmp_path / "a.csv"
    path.write_text("ref;qty\n" + "".join(f"{code};1\n" for code in codes))
    assert [r[0] for r in read_sheets(path)[1][0].rows[1:]] == codes
    cells = "".join(row(n, text_cell(f"A{n}", code)) for n, code in enumerate(codes, start=1))
    assert [r[0] for r in read_sheets(write_xlsx(tmp_path / "a.xlsx", worksheet(cells)))[1][0].rows] == codes


def test_61_references_made_dates_by_excel(tmp_path: Path) -> None:
    cells = "".join(
        row(n, text_cell(f"A{n}", f"REF{n}"), number_cell(f"B{n}", 46000, 2)) for n in range(1, 6)
    )
    cells += row(6, number_cell("A6", 46083, 1), number_cell("B6", 46000, 2))
    path = write_xlsx(tmp_path / "a.xlsx", worksheet(cells), styles=style_sheet([(0, 0), (16, 0), (14, 0)]))
    _, sheets, doubts = read_sheets(path)
    assert sheets[0].rows[5][0] == dt.date(2026, 3, 2)
    assert [(d.code, d.treatment, d.cell) for d in doubts] == [
        ("date-in-text-column", Treatment.WARNED, "A6")
    ]
    assert str(doubts[0].proposal) == "It may have been 2-3, 2/3, 3-2, MARS2, MAR2."


def test_61_a_column_of_short_dates_is_no_doubt(tmp_path: Path) -> None:
    cells = row(1, text_cell("A1", "Livraison")) + "".join(
        row(n, number_cell(f"A{n}", 46000 + n, 1)) for n in range(2, 8)
    )
    path = write_xlsx(tmp_path / "a.xlsx", worksheet(cells), styles=style_sheet([(0, 0), (16, 0)]))
    assert read_sheets(path)[2] == []


def test_62_rounded_references(tmp_path: Path) -> None:
    cells = row(1, number_cell("A1", "123456789012345")) + row(2, number_cell("A2", "1.2345678901234499E+19"))
    _, sheets, doubts = read_sheets(write_xlsx(tmp_path / "a.xlsx", worksheet(cells)))
    assert sheets[0].rows == [[123456789012345], [1.2345678901234499e19]]
    assert [(d.code, d.treatment, d.cell) for d in doubts] == [("rounded-number", Treatment.WARNED, "A2")]


@pytest.mark.parametrize(
    ("properties", "serial", "expected"),
    [
        ("", 46083, dt.date(2026, 3, 2)),
        ('<workbookPr date1904="1"/>', 44621, dt.date(2026, 3, 2)),
        ("", 61, dt.date(1900, 3, 1)),
        ("", 2958465, dt.date(9999, 12, 31)),
    ],
)
def test_63_date_systems(properties: str, serial: int, expected: dt.date, tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx",
        worksheet(row(1, number_cell("A1", serial, 1))),
        styles=style_sheet([(0, 0), (14, 0)]),
        properties=properties,
    )
    assert read_sheets(path)[1][0].rows == [[expected]]


def test_64_error_values_and_formulas_without_value(tmp_path: Path) -> None:
    cells = row(
        1,
        '<c r="A1" t="e"><v>#REF!</v></c>',
        '<c r="B1" t="e"><f>VLOOKUP(1,2,3)</f><v>#N/A</v></c>',
        '<c r="C1"><f>SUM(D1:D9)</f></c>',
        '<c r="D1" t="str"><f>IF(1,"")</f><v></v></c>',
        number_cell("E1", 3),
    )
    _, sheets, doubts = read_sheets(write_xlsx(tmp_path / "a.xlsx", worksheet(cells)))
    assert sheets[0].rows == [["#REF!", "#N/A", None, None, 3]]
    assert [type(cell) for cell in sheets[0].rows[0][:2]] == [CellError, CellError]
    assert [(d.code, d.treatment, d.cell, d.what.params["n"]) for d in doubts] == [
        ("formula-without-value", Treatment.WARNED, "C1", 1),
        ("error-value", Treatment.WARNED, "A1", 2),
    ]


def test_65_boolean_seven(tmp_path: Path, refusal: Refusal) -> None:
    cells = ORDINARY + row(3, '<c r="B3" t="b"><v>7</v></c>')
    error = refusal(write_xlsx(tmp_path / "a.xlsx", {"Pièces": worksheet(cells)}))
    assert str(error.what) == "Sheet Pièces, cell B3: the cell holds 7, which its type forbids."


def test_65_booleans_are_kept(tmp_path: Path) -> None:
    cells = row(1, '<c r="A1" t="b"><v>1</v></c>', '<c r="B1" t="b"><v>0</v></c>', number_cell("C1", 1))
    (first, second, third) = read_sheets(write_xlsx(tmp_path / "a.xlsx", worksheet(cells)))[1][0].rows[0]
    assert (first, second, third) == (True, False, 1)
    assert [type(v) for v in (first, second, third)] == [bool, bool, int]


def test_75_same_file_at_the_same_time(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", worksheet(ORDINARY))
    with ThreadPoolExecutor(4) as pool:
        read = list(pool.map(lambda _: read_sheets(path), range(4)))
    assert len({source.sha256 for source, _, _ in read}) == 1
    assert all(sheets == read[0][1] for _, sheets, _ in read)
