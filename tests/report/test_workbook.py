"""The workbook: what it says, what it computes, and that no text of a file comes alive in it."""

import re
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from factories.boms import large_bom
from factories.dossiers import DAY, EVERY, HOSTILE, dossier_of, hostile_dossier, known_dossier
from factories.worksheet_formulas import FUNCTIONS, Recomputed
from maillon.dossier import Dossier
from maillon.language import render
from maillon.report.actions import propose_three
from maillon.report.findings import find_three
from maillon.report.workbook import write_workbook
from maillon.report.workbook.lines import write_lines
from maillon.report.workbook.sheet import Sheet
from maillon.report.workbook.styles import make_formats

FRENCH = [
    "Synthèse",
    "Part locale",
    "Lignes",
    "Fournisseurs à interroger",
    "Fabriqué à l’étranger",
    "Concentration",
    "Compte des rangées",
    "Doutes",
    "Sources et hypothèses",
]
ENGLISH = [
    "Summary",
    "Local content",
    "Lines",
    "Suppliers to ask",
    "Made abroad",
    "Concentration",
    "Row account",
    "Doubts",
    "Sources and assumptions",
]


def written(dossier: Dossier, folder: Path, language: str = "en") -> Path:
    path = folder / f"{language}.xlsx"
    write_workbook(dossier, path, language)
    return path


def table(path: Path, sheet: str, header: str) -> pl.DataFrame:
    """Return the table whose header row holds ``header``, as calamine reads it, empty cells as null."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    start = next(place for place, row in enumerate(rows) if header in row)
    names = [str(name) for name in rows[start] if name != ""]
    body = []
    for row in rows[start + 1 :]:
        if all(cell == "" for cell in row):
            break
        body.append([None if cell == "" else cell for cell in row[: len(names)]])
    return pl.DataFrame(body, schema=names, orient="row", infer_schema_length=None)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(known_dossier(), tmp_path_factory.mktemp("known"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(hostile_dossier(), tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize(("language", "names"), [("fr", FRENCH), ("en", ENGLISH)])
def test_every_dossier_has_its_nine_sheets(name, language, names, tmp_path) -> None:
    book = openpyxl.load_workbook(written(EVERY[name](), tmp_path, language))
    assert book.sheetnames == names
    assert all(len(title) <= 31 for title in book.sheetnames)


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_formula_gives_the_value_that_is_stored_with_it(name, language, tmp_path) -> None:
    path = written(EVERY[name](), tmp_path, language)
    computed, stored = Recomputed(path), openpyxl.load_workbook(path, data_only=True)
    checked = 0
    for sheet, cell, formula in computed.formulas():
        expected = stored[sheet][cell].value
        found = computed.at(sheet, cell)
        assert found == (expected if isinstance(expected, str) else pytest.approx(expected)), (sheet, formula)
        checked += 1
    assert checked >= 8  # key figures, unit cost, index, account


def test_a_changed_price_changes_the_figures_that_rest_on_it(known) -> None:
    computed = Recomputed(known)
    lines = computed.book["Lines"]
    header = [cell.value for cell in lines[1]]
    spend = header.index("Spend") + 1
    total = next(f"B{cell.row}" for cell in computed.book["Summary"]["A"] if cell.value == "Spend")
    assert computed.at("Summary", total) == 1000.0
    again = Recomputed(known)
    again.book["Lines"].cell(3, spend).value = 700.0  # 500 more than its 200
    assert again.at("Summary", total) == 1500.0


def test_the_first_sheet_says_the_findings_actions_and_key_figures(known) -> None:
    rows = [
        [cell for cell in row if cell is not None]
        for row in openpyxl.load_workbook(known, data_only=True)["Summary"].iter_rows(values_only=True)
    ]
    assert rows[0] == ["Diagnosis: produit"]
    assert rows[1] == ["Maillon 0.1.0, November 22, 2026"]
    found, proposed = find_three(known_dossier()), propose_three(known_dossier())
    said = [[render(words, "en") for words in (f.figure, f.title, f.detail)] for f in found]
    assert rows[4:8] == [["Three findings"], *said]
    steps = [[f"{n}.", render(a.what, "en"), render(a.why, "en")] for n, a in enumerate(proposed, 1)]
    assert rows[9:13] == [["Three next actions"], *steps]
    assert {row[0]: row[1] for row in rows[rows.index(["Key figures"]) + 1 :]} == {
        "Spend": 1000,
        "Bought lines": 4,
        "Bought lines without a usable price": 0,
        "Lines of the file": 5,
        "Suppliers": 4,
        "documented": 0.2,
        "declared": 0.6,
        "inferred": 0,
        "unknown": 0.2,
        "Made in France, by value": "20 to 40%",
    }


def test_local_content_holds_every_share_raw(known) -> None:
    dossier = known_dossier()
    found = table(known, "Local content", "At least")
    diagnosis = dossier.diagnosis
    assert found.height == 4 * 4 + 2 * 4 + 1
    row = found.filter((pl.col("Measure") == "Purchase value") & (pl.col("Territory") == "France")).row(
        0, named=True
    )
    assert (row["At least"], row["At most"], row["Half is made there"]) == (0.2, 0.4, "no")
    assert row["Width"] == pytest.approx(0.2)
    assert (row["Origin established for"], row["Total"], row["Unit"]) == (0.8, 1000.0, "EUR")
    mass = found.filter((pl.col("Measure") == "Mass") & (pl.col("Territory") == "France")).row(0, named=True)
    assert (mass["Unit"], mass["Lines left out"]) == ("kg", 1)
    shares = [share for basis in diagnosis.local_content.values() for share in basis.values()]
    shares += [share for site in diagnosis.indices.values() for share in site.values()]
    shares.append(diagnosis.origin_check.unit_cost_share)
    assert found["At least"].to_list() == [share.min for share in shares]
    assert found["Central estimate"].to_list() == pytest.approx([share.expected for share in shares])


def test_an_unknown_share_is_an_empty_cell_not_zero(tmp_path) -> None:
    found = table(written(EVERY["unpriced"](), tmp_path), "Local content", "At least")
    value = found.filter(pl.col("Measure") == "Purchase value")
    assert value["At least"].null_count() == value["Width"].null_count() == value.height


def test_lines_hold_every_line_with_names_for_codes(known) -> None:
    found = table(known, "Lines", "Designation")
    assert found["Line"].to_list() == [1, 2, 3, 4, 5]
    assert found["Parent"].to_list() == [None, 1, 1, 1, 1]
    assert found["Family"].to_list() == [None, "Castings", "Electric motors", None, None]
    assert found["Made in"].to_list() == ["France", "France", "Germany", "China", "unknown"]
    assert found["Evidence"].to_list() == ["declared", "documented", "declared", "declared", "unknown"]
    assert found["Département of making"].to_list() == [None, "Territoire de Belfort", None, None, None]
    assert found["Bought"].to_list() == ["no", "yes", "yes", "yes", "yes"]
    assert found["Spend"].to_list() == [None, 200, 400, 200, 200]
    assert found["Unit mass"].to_list() == [None, 3, 2, 0.5, None]
    assert "Lead time (days)" not in found.columns


def test_lines_in_french(tmp_path) -> None:
    found = table(written(known_dossier(), tmp_path, "fr"), "Lignes", "Désignation")
    assert found["Fabriqué en"].to_list() == ["France", "France", "Allemagne", "Chine", "inconnu"]
    assert found["Acheté"].to_list() == ["non", "oui", "oui", "oui", "oui"]
    assert found["Unité"].to_list() == ["pièce"] * 5


def test_foreign_lines_cumulate(known) -> None:
    found = table(known, "Made abroad", "Cumulated")
    assert found["Line"].to_list() == [3, 4]
    assert found["Spend"].to_list() == [400, 200]
    assert found["Cumulated"].to_list() == pytest.approx([2 / 3, 1.0])


def test_suppliers_to_ask_come_with_the_lines_to_ask_about(tmp_path) -> None:
    path = written(EVERY["unknown"](), tmp_path)
    asked = table(path, "Suppliers to ask", "Interval closed")
    assert asked["Supplier"].to_list() == ["A", "B", "C"]
    assert asked["Cumulated"].to_list() == pytest.approx([0.25, 0.5, 0.75])
    lines = table(path, "Suppliers to ask", "Designation")
    assert lines.select("Supplier", "Line", "Designation").rows() == [
        ("A", 1, "Pièce A"),
        ("B", 2, "Pièce B"),
        ("C", 3, "Pièce C"),
    ]


def test_concentration_and_its_largest_suppliers(known) -> None:
    top = table(known, "Concentration", "Share")
    assert top["Supplier"].to_list() == ["Moteurs", "Capteurs", "Fonderie", "Négoce"]
    assert top["Cumulated"].to_list() == pytest.approx([0.4, 0.6, 0.8, 1.0])
    facts = openpyxl.load_workbook(known, data_only=True)["Concentration"]
    assert facts["B3"].value == pytest.approx(0.28)
    assert facts["B4"].value == pytest.approx(1 / 0.28)


def test_every_row_read_is_accounted_for(known) -> None:
    found = table(known, "Row account", "Rows read")
    assert found.rows() == [("essai.xlsx", "Nomenclature", 7, 5, 1, 0, 0, 0, 1, "yes")]


def test_an_account_that_does_not_add_up_says_so(tmp_path) -> None:
    dossier = known_dossier()
    reading = dossier.readings[0]
    short = replace(reading.tables[0], rows=replace(reading.tables[0].rows, read=9))
    path = written(replace(dossier, readings=(replace(reading, tables=(short,)),)), tmp_path)
    assert Recomputed(path).at("Row account", "J4") == "no"


def test_doubts_in_the_words_of_the_reader(tmp_path) -> None:
    found = table(written(known_dossier(), tmp_path, "fr"), "Doutes", "Quoi")
    assert found.rows() == [
        (
            "Nomenclature",
            "C4",
            "2 lignes",
            "gardé tel quel",
            "inconnu",
            "zero-quantity",
        )
    ]


def test_sources_with_their_fingerprints_and_assumptions_in_words(known) -> None:
    assert table(known, "Sources and assumptions", "SHA-256").rows() == [
        ("essai.xlsx", "xlsx", 2048, "ab" * 32)
    ]
    words = [row[0].value for row in openpyxl.load_workbook(known)["Sources and assumptions"]]
    assert "Origine France Garantie: a first check" in words
    assert "The bounds rest on documented or declared origins; inferred ones count as unknown." in words


def test_variants_stand_side_by_side(tmp_path) -> None:
    rows = list(openpyxl.load_workbook(written(EVERY["variants"](), tmp_path))["Summary"].values)
    at = rows.index(("Variants side by side", None, None))
    assert rows[at + 1 : at + 4] == [
        ("Variant", "Spend", "Made in France, by value"),
        ("V1", 100, "100%"),
        ("V2", 200, "25%"),
    ]


def test_no_text_of_a_file_is_a_formula_or_a_link(hostile) -> None:
    computed = Recomputed(hostile)
    ours = re.compile(r"[A-Z]+(?=\()")
    for sheet, cell, formula in computed.formulas():
        assert set(ours.findall(formula)) <= set(FUNCTIONS), (sheet, cell)
        assert not any(text.strip() in formula for text in HOSTILE if len(text) > 6), (sheet, cell)
    texts = 0
    for sheet in computed.book:
        assert not sheet._hyperlinks
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "s":
                    assert cell.quotePrefix, (sheet.title, cell.coordinate)
                    texts += 1
    assert texts > len(HOSTILE) * 15


def test_the_package_holds_no_link_macro_or_outside_part(hostile) -> None:
    with zipfile.ZipFile(hostile) as package:
        names = package.namelist()
        parts = b"".join(package.read(name) for name in names)
    assert not [name for name in names if re.search(r"external|vba|embed|oleObject|connections", name)]
    assert b"<hyperlink" not in parts
    assert b'TargetMode="External"' not in parts


def test_hostile_texts_come_back_exactly(hostile) -> None:
    found = table(hostile, "Lines", "Designation")
    lines = hostile_dossier().bom.lines
    for header, column in {
        "Section": "section",
        "Position": "position",
        "Reference": "reference",
        "Designation": "designation",
        "Material": "material",
        "Process as written": "process",
        "Supplier": "supplier",
        "Supplier’s number": "supplier_id",
        "Supplier’s site as written": "supplier_site",
        "Manufacturer": "manufacturer",
        "Making site as written": "making_site",
        "Source of the evidence": "evidence_source",
        "Note": "note",
        "File": "file",
        "Sheet": "sheet",
    }.items():
        assert found[header].to_list() == lines[column].to_list(), header


def test_hostile_doubts_and_names_come_back_exactly(hostile) -> None:
    assert table(hostile, "Doubts", "What")["What"].to_list() == list(HOSTILE)
    assert openpyxl.load_workbook(hostile)["Summary"]["A1"].value == f"Diagnosis: {HOSTILE[12]}"


def test_the_same_dossier_gives_the_same_bytes(tmp_path) -> None:
    first = written(known_dossier(), tmp_path, "fr").read_bytes()
    time.sleep(1.1)  # a clock of whole seconds would differ
    assert written(known_dossier(), tmp_path, "fr").read_bytes() == first
    later = replace(known_dossier(), date=DAY.replace(day=23))
    assert written(later, tmp_path, "fr").read_bytes() != first


def test_properties_name_the_dossier_and_no_person(known) -> None:
    facts = openpyxl.load_workbook(known).properties
    assert (facts.title, facts.creator, facts.lastModifiedBy) == ("Diagnosis: produit", None, None)
    assert facts.created.date() == DAY


def test_tables_filter_and_keep_their_header_in_sight(known) -> None:
    book = openpyxl.load_workbook(known)
    assert book["Lines"].auto_filter.ref == f"A1:{book['Lines'].dimensions.split(':')[1]}"
    assert book["Lines"].freeze_panes == "A2"
    assert book["Local content"].freeze_panes == "A5"
    assert all(sheet.column_dimensions["A"].width > 5 for sheet in book)


def test_numbers_carry_their_format(known) -> None:
    book = openpyxl.load_workbook(known)
    lines = {cell.value: book["Lines"].cell(3, cell.column) for cell in book["Lines"][1]}
    assert lines["Spend"].number_format == '#,##0.00" €"'
    assert lines["Unit mass"].number_format == '#,##0.000" kg"'
    assert book["Local content"]["D5"].number_format == "0.0%"


def test_lines_beyond_one_sheet_go_on_in_the_next(tmp_path) -> None:
    path, dossier = tmp_path / "cut.xlsx", known_dossier()
    with xlsxwriter.Workbook(str(path)) as book:
        formats = make_formats(book, "EUR")
        parts = write_lines(dossier, lambda name: Sheet(book, name, formats, "en"), "en", most=2)
    assert [part.region.sheet for part in parts] == ["Lines", "Lines 2", "Lines 3"]
    designations = [d for part in parts for d in table(path, part.region.sheet, "Line")["Designation"]]
    assert designations == dossier.bom.lines["designation"].to_list()
    assert parts[1].address("spend").startswith("'Lines 2'!$")


def test_2200_lines_are_written_in_0_6_s(tmp_path) -> None:
    dossier = dossier_of(large_bom(2200))
    best = 9.0
    for _ in range(3):
        start = time.process_time()
        write_workbook(dossier, tmp_path / "large.xlsx", "fr")
        best = min(best, time.process_time() - start)
    assert best <= 0.6
