"""Every row is a part, a header, a section, a total, blank, or set apart; the account always balances."""

from factories.spreadsheets import codes, column, read_rows, sheet, source
from maillon.core.doubt import Doubt, Treatment
from maillon.core.message import message
from maillon.intake.grid import CellError
from maillon.intake.understand import understand

_HEADER = ["Réf", "Désignation", "Qté", "P.U.", "Total"]


def test_sections_subtotals_and_recap() -> None:
    rows = [
        _HEADER,
        [None, "MÉCANIQUE"],
        ["A", "Carter", 2, 10.0, 20.0],
        ["B", "Capot", 1, 5.0, 5.0],
        [None, "Sous-total", None, None, 25.0],
        [],
        [None, "ÉLECTRICITÉ"],
        ["C", "Moteur", 1, 100.0, 100.0],
        ["D", "Câble", 3, 2.0, 6.0],
        [None, None, None, None, 106.0],
        ["Total HT", None, None, None, 131.0],
        ["TVA 20 %", None, None, None, 26.2],
        ["Total TTC", None, None, None, 157.2],
    ]
    reading = read_rows(rows)
    rows_read = reading.tables[0].rows
    assert (rows_read.parts, rows_read.sections, rows_read.totals, rows_read.blank) == (4, 2, 5, 1)
    assert rows_read.balanced
    assert column(reading, "section") == ["MÉCANIQUE", "MÉCANIQUE", "ÉLECTRICITÉ", "ÉLECTRICITÉ"]
    assert column(reading, "amount") == [20.0, 5.0, 100.0, 6.0]


def test_48_a_total_in_the_middle_is_no_part() -> None:
    rows = [
        _HEADER,
        ["A", "Carter", 2, 10.0, 20.0],
        ["TOTAL partiel", None, None, None, 20.0],
        ["B", "Capot", 1, 5.0, 5.0],
    ]
    reading = read_rows(rows)
    assert column(reading, "designation") == ["Carter", "Capot"]
    assert reading.tables[0].rows.totals == 1


def test_a_number_alone_is_a_total_only_if_it_is_the_sum() -> None:
    body = [["A", "Carter", 2, 10.0, 20.0], ["B", "Capot", 1, 5.0, 5.0]]
    assert (
        read_rows([_HEADER, *body, [None, None, None, None, 25.0], ["C", "Vis", 1, 1.0, 1.0]])
        .tables[0]
        .rows.totals
        == 1
    )
    other = read_rows([_HEADER, *body, [None, None, None, None, 7.0], ["C", "Vis", 1, 1.0, 1.0]])
    assert (other.tables[0].rows.totals, other.tables[0].rows.quarantined) == (0, 1)
    assert "unclear-numbers" in codes(other)


def test_a_wrong_total_at_the_foot_is_told() -> None:
    reading = read_rows([["Désignation", "Qté"], ["Carter", 2], ["Capot", 1], ["Vis", 16], [None, 441]])
    assert reading.tables[0].rows.totals == 1
    assert [(d.code, d.cell) for d in reading.doubts if d.code == "total-mismatch"] == [
        ("total-mismatch", "5:5")
    ]


def test_a_part_may_be_called_total_something() -> None:
    rows = [_HEADER, ["A", "Total station bracket", 2, 10.0, 20.0], ["B", "Capot", 1, 5.0, 5.0]]
    assert column(read_rows(rows), "designation") == ["Total station bracket", "Capot"]


def test_services_and_shipping_stay_lines() -> None:
    rows = [
        _HEADER,
        ["A", "Carter", 2, 10.0, 20.0],
        [None, "Frais de port", 1, 12.0, 12.0],
        [None, "Usinage", 3, 40.0, 120.0],
    ]
    assert column(read_rows(rows), "designation") == ["Carter", "Frais de port", "Usinage"]


def test_notes_inside_and_below_the_table_are_set_apart() -> None:
    rows = [
        _HEADER,
        ["Note : les prix sont hors taxes et valables jusqu'à la fin du mois."],
        ["A", "Carter", 2, 10.0, 20.0],
        ["B", "Capot", 1, 5.0, 5.0],
        [],
        ["Établi par le bureau d'études"],
    ]
    reading = read_rows(rows)
    assert (reading.tables[0].rows.parts, reading.tables[0].rows.quarantined) == (2, 2)
    assert [(d.code, d.cell) for d in reading.doubts] == [("note", "2:2"), ("note", "6:6")]


def test_figures_beside_words_that_are_no_parts_are_set_apart() -> None:
    rows = [
        ["Categorie", "Part", "Qty"],
        ["Y Axis", 1275, None],
        ["Fasteners", "M4x12", 35],
        [None, "M5x20", 10],
        [None, "M6x20", 5],
    ]
    reading = read_rows(rows)
    assert column(reading, "designation") == ["M4x12", "M5x20", "M6x20"]
    assert reading.tables[0].rows.quarantined == 1


def test_a_section_column_is_carried_down() -> None:
    rows = [
        ["Section", "Désignation", "Qté"],
        ["Base", "Carter", 1],
        [None, "Vis", 4],
        ["Bras", "Tube", 1],
        [None, "Embout", 2],
    ]
    assert column(read_rows(rows), "section") == ["Base", "Base", "Bras", "Bras"]


def test_a_full_section_column_is_not_carried_down() -> None:
    rows = [
        ["Désignation", "Catégorie", "Qté"],
        ["Carter", "Base", 1],
        ["Vis", "Base", 4],
        ["Tube", None, 1],
        ["Embout", "Bras", 2],
    ]
    assert column(read_rows(rows), "section") == ["Base", "Base", None, "Bras"]


def test_a_merged_supplier_holds_for_all_its_rows() -> None:
    rows = [
        ["Désignation", "Qté", "Fournisseur"],
        ["Carter", 1, "Fonderie A"],
        ["Vis", 4, None],
        ["Tube", 1, None],
        ["Embout", 2, "Aciers B"],
    ]
    reading = read_rows(rows, merged=[(1, 2, 2, 2)])
    assert column(reading, "supplier") == ["Fonderie A", "Fonderie A", None, "Aciers B"]


def test_a_cad_export_keeps_parts_without_a_name() -> None:
    rows = [
        ["ITEM NO.", "PART NUMBER", "DESCRIPTION", "QTY."],
        [1, "table_B36", None, 1],
        [2, None, None, 3],
        [3, "rail_XT", None, 2],
    ]
    reading = read_rows(rows)
    assert column(reading, "quantity") == [1.0, 3.0, 2.0]
    assert column(reading, "reference") == ["table_B36", None, "rail_XT"]


def test_ticks_and_zeros_left_by_formulas_are_blank_rows() -> None:
    rows = [
        ["System", "Description", "Qty", "Cost each", "Total"],
        ["Frame", "Plate", 4, 0.5, 2.0],
        [None, None, None, None, 0],
        ["Drive", "Wheel", 2, 1.0, 2.0],
    ]
    reading = read_rows(rows)
    assert (reading.tables[0].rows.parts, reading.tables[0].rows.blank) == (2, 1)


def test_an_unknown_price_is_never_zero() -> None:
    rows = [
        ["Description", "Qty", "Cost each", "Total"],
        ["Plate", 4, 0.5, 2.0],
        ["Motor", 2, None, 0],
        ["Wheel", 2, 1.0, 2.0],
    ]
    reading = read_rows(rows)
    assert column(reading, "unit_price") == [0.5, None, 1.0]
    assert column(reading, "amount") == [2.0, None, 2.0]


def test_free_text_is_a_list_of_counts_and_names() -> None:
    lines = [
        "Frame BOM:",
        "",
        "8  x Cup Hooks",
        "25 x Wood Screws",
        "3M x Stretchy Cord",
        "2  x 11' #25 Roller Chain",
        "x4 Spacer",
        "Vis M4 : 12",
    ]
    reading = read_rows([[line] for line in lines], kind="txt")
    assert column(reading, "designation") == [
        "Cup Hooks",
        "Wood Screws",
        "Stretchy Cord",
        "11' #25 Roller Chain",
        "Spacer",
        "Vis M4",
    ]
    assert column(reading, "quantity") == [8.0, 25.0, 3.0, 2.0, 4.0, 12.0]
    assert column(reading, "unit") == [None, None, "m", None, None, None]
    assert (reading.tables[0].rows.sections, reading.tables[0].rows.blank) == (1, 1)


def test_prose_is_no_list() -> None:
    reading = read_rows([["Bonjour,"], ["voici le devis demandé."], ["Cordialement"]], kind="txt")
    assert reading.bom is None
    assert reading.tables[0].rows.quarantined == 3


def test_a_separator_inside_a_name_sets_the_line_apart() -> None:
    rows = [
        ["Category", "Description", "Qty", "Notes"],
        ["Motion", "Belt", "2", None],
        [None, "Cable chain - 1m", " 2 End Sets", "1"],
        [None, "Idler", "4", "spare"],
    ]
    reading = read_rows(rows, kind="csv")
    assert column(reading, "quantity") == [2.0, 4.0]
    assert [(d.code, d.cell) for d in reading.doubts] == [("ragged", "3:3")]


def test_a_row_set_apart_by_the_file_reader_stays_apart() -> None:
    earlier = Doubt("ragged-row", message("Too long."), Treatment.QUARANTINED, "Feuil1", "3:3")
    reading = understand(
        [sheet([_HEADER, ["A", "Carter", 1, 2.0, 2.0], ["B", "Capot", 1, 2.0, 2.0]])],
        source(),
        doubts=[earlier],
    )
    assert column(reading, "reference") == ["A"]
    assert reading.doubts[0] is earlier
    assert reading.tables[0].rows.balanced


def test_error_cells_are_no_values() -> None:
    reading = read_rows(
        [_HEADER, ["A", "Carter", 2, CellError("#REF!"), CellError("#N/A")], ["B", "Capot", 1, 5.0, 5.0]]
    )
    assert column(reading, "unit_price") == [None, 5.0]
    assert column(reading, "quantity") == [2.0, 1.0]


def test_a_quantity_for_each_variant_makes_a_line_for_each() -> None:
    rows = [
        ["Désignation", "Qté standard", "Qté luxe", "P.U."],
        ["Carter", 1, 1, 10.0],
        ["Écran", None, 2, 50.0],
        ["Vis", 4, 0, 0.1],
        ["Notice", None, None, 1.0],
    ]
    reading = read_rows(rows)
    assert reading.bom is not None
    shown = reading.bom.lines.select("designation", "variant", "quantity", "row").rows()
    assert shown == [
        ("Carter", "standard", 1.0, 2),
        ("Carter", "luxe", 1.0, 2),
        ("Écran", "luxe", 2.0, 3),
        ("Vis", "standard", 4.0, 4),
        ("Notice", None, None, 5),
    ]
    assert reading.tables[0].rows.parts == 4


def test_two_kinds_of_quantities_are_no_variants() -> None:
    rows = [["Désignation", "Qté commandée", "Qté en stock"], ["Carter", 1, 1], ["Écran", 2, 2]]
    assert column(read_rows(rows), "variant") == [None, None]
