"""Levels and parents in every form that firms write them."""

from factories.spreadsheets import codes, column, read_rows, sheet, source
from maillon.intake.understand import understand


def test_dotted_numbers() -> None:
    rows = [
        ["N°", "Désignation", "Qté"],
        ["1", "Bâti", 1],
        ["1.1", "Tube", 4],
        ["1.2", "Platine", 1],
        ["1.2.1", "Vis", 8],
        ["2", "Capot", 1],
    ]
    reading = read_rows(rows)
    assert column(reading, "level") == [1, 2, 2, 3, 1]
    assert column(reading, "parent") == [None, 1, 1, 3, None]


def test_a_number_cell_has_lost_its_last_zero() -> None:
    rows = [
        ["N°", "Désignation", "Qté"],
        [3, "Ensemble", 1],
        *[[float(f"3.{i}"), f"Pièce {i}", 1] for i in range(1, 10)],
        [3.1, "Pièce 10", 1],
        [3.11, "Pièce 11", 1],
    ]
    reading = read_rows(rows)
    assert column(reading, "level") == [1] + [2] * 11
    assert column(reading, "parent") == [None] + [1] * 11


def test_the_same_number_twice_opens_a_new_branch() -> None:
    rows = [
        ["N°", "Désignation", "Qté"],
        ["3", "Chauffage", 1],
        ["3.1", "Lampe", 1],
        ["3.2", "Vis", 2],
        ["3", "Support", 1],
        ["3.1", "Rail", 2],
    ]
    assert column(read_rows(rows), "parent") == [None, 1, 1, None, 4]


def test_a_level_column_from_0_1_or_with_dots() -> None:
    names = ["Robot", "Bras", "Moteur", "Vis", "Socle"]
    for levels in (
        [0, 1, 2, 2, 1],
        [1, 2, 3, 3, 2],
        ["0", ".1", "..2", "..2", ".1"],
        [1.0, 2.0, 3.0, 3.0, 2.0],
    ):
        rows = [
            ["Niveau", "Désignation", "Qté"],
            *[[level, name, 1] for level, name in zip(levels, names, strict=True)],
        ]
        reading = read_rows(rows)
        assert column(reading, "level") == [1, 2, 3, 3, 2]
        assert column(reading, "parent") == [None, 1, 2, 2, 1]


def test_a_level_that_jumps_is_told() -> None:
    reading = read_rows([["Niveau", "Désignation", "Qté"], [1, "Bras", 1], [3, "Vis", 4], [2, "Moteur", 1]])
    assert column(reading, "parent") == [None, 1, 1]
    assert "level-jump" in codes(reading)


def test_indents_as_typed_and_by_style() -> None:
    rows = [["Désignation", "Qté"], ["Robot", 1], ["   Bras", 2], ["      Moteur", 1], ["   Socle", 1]]
    assert column(read_rows(rows), "parent") == [None, 1, 2, 1]
    plain = [["Désignation", "Qté"], ["Robot", 1], ["Bras", 2], ["Moteur", 1], ["Socle", 1]]
    assert column(read_rows(plain, indents={(2, 0): 1, (3, 0): 2, (4, 0): 1}), "parent") == [None, 1, 2, 1]


def test_outline_levels() -> None:
    rows = [["Désignation", "Qté"], ["Robot", 1], ["Bras", 2], ["Moteur", 1], ["Socle", 1]]
    assert column(read_rows(rows, outline={2: 1, 3: 2, 4: 1}), "level") == [1, 2, 3, 2]


def test_a_flat_list_says_nothing_of_levels() -> None:
    reading = read_rows([["Désignation", "Qté"], ["Robot", 1], ["Bras", 2]])
    assert column(reading, "level") == [None, None]
    assert reading.bom is not None
    assert reading.bom.lines["level"].to_list() == [1, 1]


_BY_PARENT = ["Article composé", "Article", "Désignation", "Quantité"]


def test_parent_references_of_a_product_that_is_no_line() -> None:
    rows = [
        _BY_PARENT,
        ["P", "A", "Bras", 2],
        ["P", "B", "Socle", 1],
        ["A", "V", "Vis", 4],
        ["B", "V", "Vis", 6],
    ]
    reading = read_rows(rows)
    assert reading.bom is not None
    lines = reading.bom.lines
    assert lines["parent"].to_list() == [None, None, 1, 2]
    assert lines["item"].to_list() == [1, 2, 3, 3]
    assert lines["level"].to_list() == [1, 1, 2, 2]
    assert lines["quantity"].to_list() == [2.0, 1.0, 4.0, 6.0]
    structure = reading.bom.structure()
    assert (structure.n_items, len(structure.child), len(structure.cyclic)) == (3, 4, 0)


def test_66_a_cycle_is_set_apart_and_printed() -> None:
    rows = [
        _BY_PARENT,
        [None, "A", "Bras", 2],
        ["C", "B", "Bielle", 1],
        ["B", "C", "Axe", 1],
        ["B", "D", "Vis", 3],
        ["A", "E", "Tube", 1],
    ]
    reading = read_rows(rows)
    assert column(reading, "reference") == ["A", "E"]
    said = {str(d.what) for d in reading.doubts if d.code == "cycle"}
    assert said in ({"This item contains itself: B → C → B."}, {"This item contains itself: C → B → C."})
    assert reading.tables[0].rows.quarantined == 3
    assert reading.tables[0].rows.balanced


def test_67_ten_thousand_levels() -> None:
    chain = [
        _BY_PARENT,
        [None, "N0", "Pièce 0", 1],
        *[[f"N{i - 1}", f"N{i}", f"Pièce {i}", 1] for i in range(1, 10_000)],
    ]
    levels = [["Niveau", "Désignation", "Qté"], *[[i + 1, f"Pièce {i}", 1] for i in range(10_000)]]
    for rows in (chain, levels):
        reading = read_rows(rows)
        assert column(reading, "level")[-1] == 10_000
        assert column(reading, "parent")[-1] == 9_999


def test_69_an_orphan_is_set_apart() -> None:
    rows = [_BY_PARENT, [None, "A", "Bras", 2], ["A", "B", "Vis", 4], ["ZZZ", "C", "Axe", 1]]
    reading = read_rows(rows)
    assert column(reading, "reference") == ["A", "B"]
    assert [(d.code, d.cell) for d in reading.doubts] == [("orphan", "A4")]


def test_70_a_diamond_of_forty_levels_stays_small() -> None:
    rows: list[list[object]] = [_BY_PARENT, [None, "N0", "Tête", 1]]
    for i in range(1, 41):
        rows += [
            [f"N{i - 1}", f"G{i}", "Gauche", 1],
            [f"N{i - 1}", f"D{i}", "Droite", 1],
            [f"G{i}", f"N{i}", "Nœud", 1],
            [f"D{i}", f"N{i}", "Nœud", 1],
        ]
    reading = read_rows(rows)
    assert reading.bom is not None
    structure = reading.bom.structure()
    assert (len(reading.bom), structure.n_items, len(structure.cyclic)) == (161, 121, 0)


def test_what_hangs_below_a_rejected_assembly_goes_with_it() -> None:
    rows = [
        ["N°", "Désignation", "Qté"],
        ["1", "Bâti", -1],
        ["1.1", "Tube", 4],
        ["1.1.1", "Vis", 4],
        ["2", "Capot", 1],
        ["2.1", "Charnière", 2],
    ]
    reading = read_rows(rows)
    assert column(reading, "designation") == ["Capot", "Charnière"]
    assert column(reading, "parent") == [None, 1]
    assert reading.tables[0].rows.quarantined == 3


def test_lines_of_a_second_sheet_keep_their_parents() -> None:
    rows = [["N°", "Désignation", "Qté"], ["1", "Bâti", 1], ["1.1", "Tube", 4], ["1.2", "Vis", 8]]
    reading = understand([sheet(rows, "A"), sheet(rows, "B")], source())
    assert reading.bom is not None
    assert reading.bom.lines["parent"].to_list() == [None, 1, 1, None, 4, 4]


def test_a_product_named_once_holds_for_the_lines_below() -> None:
    rows = [
        _BY_PARENT,
        ["P", "A", "Bras", 2],
        [None, "B", "Socle", 1],
        ["A", "V", "Vis", 4],
        [None, "W", "Écrou", 4],
    ]
    reading = read_rows(rows)
    assert reading.bom is not None
    assert reading.bom.lines["parent"].to_list() == [None, None, 1, 1]
