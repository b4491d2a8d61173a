"""Quirks met on lists of projects that nobody here had seen before, each in invented data."""

from dataclasses import replace

import pytest

from factories.spreadsheets import codes, column, read_rows, read_sheets_of, sheet, source, sources_by_role
from maillon.intake.reading import Reading
from maillon.intake.understand import understand


def test_misspelt_headers_are_recognised() -> None:
    rows = [
        ["Desigantion", "quentity", "Suppllier", "Unit prise"],
        ["Carter", 2, "Fonderie du Doubs", 12.5],
        ["Couvercle", 3, "Tôlerie Comtoise", 4.0],
    ]
    reading = read_rows(rows)
    assert column(reading, "quantity") == [2.0, 3.0]
    assert column(reading, "supplier") == ["Fonderie du Doubs", "Tôlerie Comtoise"]


def test_a_bill_of_materials_is_no_material() -> None:
    rows = [
        ["Bill of materials for the lathe", "Supplier", "Quantity", "Price"],
        ["Headstock", "Fonderie du Doubs", 1, 210],
        ["Leadscrew", "Vis Jura", 1, 48],
        ["Handwheel", None, 2, 9],
    ]
    reading = read_rows(rows)
    assert sources_by_role(reading)["designation"] == "Bill of materials for the lathe"
    assert column(reading, "material") == [None, None, None]


def test_a_material_column_that_names_the_parts() -> None:
    rows = [
        ["#", "Material", "Qty", "Material/design type"],
        [1, "Flasque gauche", 1, "contreplaqué"],
        [2, "Flasque droite", 1, None],
        [3, "Poignée imprimée", 2, None],
        [4, "Fusible 10 A", 1, None],
    ]
    reading = read_rows(rows)
    assert column(reading, "designation") == [
        "Flasque gauche", "Flasque droite", "Poignée imprimée", "Fusible 10 A",
    ]  # fmt: skip


@pytest.mark.parametrize("header", ["px", "€/ud", "zzz", "Tarif €/pièce"])
def test_the_price_is_found_by_arithmetic_or_by_its_unit(header: str) -> None:
    rows = [["Article", "Nb", header, "Total"], ["Câble 10 m", 2, 7.8, 15.6], ["Micro", 3, 98, 294]]
    rows += [["Pied", 4, 12.5, 50], ["Boîtier", 6, 10, 60]]
    reading = read_rows(rows)
    assert column(reading, "unit_price") == [7.8, 98.0, 12.5, 10.0]
    assert column(reading, "amount") == [15.6, 294.0, 50.0, 60.0]


def test_quantity_without_a_word_for_it_is_found_by_arithmetic() -> None:
    rows = [
        ["Désignation", "Pour chaque robot", "P.U.", "Total"],
        ["Lampe", 2, 10.0, 20.0],
        ["Douille", 3, 2.0, 6.0],
        ["Câble", 5, 1.5, 7.5],
    ]
    assert column(read_rows(rows), "quantity") == [2.0, 3.0, 5.0]


def test_prices_of_packs_are_divided() -> None:
    rows = [
        ["Component", "Price", "Sold quantity", "Needed quantity", "Cost of used parts"],
        ["Servo", 30.0, 1, 6, 180.0],
        ["Wood screw", 10.0, 100, 4, 0.4],
        ["Spacer", 9.0, 50, 10, 1.8],
        ["Switch", 7.5, 15, 1, 0.5],
    ]
    reading = read_rows(rows)
    assert column(reading, "quantity") == [6.0, 4.0, 10.0, 1.0]
    assert column(reading, "unit_price") == [30.0, 0.1, 0.18, 0.5]
    assert "pack-prices" in codes(reading)


def test_of_two_quantities_the_one_that_makes_the_product() -> None:
    rows = [
        ["Part", "Qty", "Qty", "Unit price", "Subtotal"],
        ["Rail", 4, 2.5, 14.0, 56.0],
        ["Bracket", 22, 40, 0.5, 11.0],
        ["Motor", 3, 4, 44.0, 132.0],
    ]
    assert column(read_rows(rows), "quantity") == [4.0, 22.0, 3.0]


def test_of_two_groups_of_columns_the_fuller() -> None:
    header = [
        "Module",
        "Module quantity",
        "Module total cost",
        "Item name",
        "Item unit cost",
        "Item quantity",
    ]
    rows = [
        [*header, "Item total cost"],
        ["Châssis", 1, 51.3, "Mousse", 20.5, 2, 41.0],
        [None, None, None, "Colliers", 10.3, 1, 10.3],
        ["Cuve", 1, 30.0, "Bac", 14.0, 2, 28.0],
        [None, None, None, "Ruban", 1.0, 2, 2.0],
    ]
    reading = read_rows(rows)
    assert column(reading, "quantity") == [2.0, 1.0, 2.0, 2.0]
    assert column(reading, "amount") == [41.0, 10.3, 28.0, 2.0]
    assert column(reading, "variant") == [None] * 4


def test_the_sum_beside_the_first_line_is_no_amount() -> None:
    rows = [["name", "price", "total cost:"], ["motor", 15.0, 42.0], ["pump", 7.0, None]]
    rows += [["hose", 13.0, None], ["clamp", 7.0, None]]
    reading = read_rows(rows)
    assert column(reading, "amount") == [None] * 4
    assert column(reading, "unit_price") == [15.0, 7.0, 13.0, 7.0]


def test_amount_that_counts_pieces() -> None:
    rows = [["Nr.", "Name", "Amount"], [1, "Filament", "~2kg"], [2, "Profil 1800 mm", 3]]
    rows += [[3, "Courroie", "12m"], [4, "Poulie", 6], [5, "Résine", ">1kg"], [6, "Écrou", 40]]
    reading = read_rows(rows)
    assert column(reading, "quantity") == [2.0, 3.0, 12.0, 6.0, 1.0, 40.0]
    assert column(reading, "unit") == ["kg", None, "m", None, "kg", None]


def test_totals_with_vat_are_no_unit_prices() -> None:
    rows = [
        ["Produit", "Quantité", "Prix unitaire HT", "Prix TTC"],
        ["Self", 10, 2.5, 30.0],
        ["Diode", 5, 0.4, 2.4],
        ["Relais", 3, 4.0, 14.4],
        ["Boîtier", 1, 20.0, 24.0],
    ]
    reading = read_rows(rows)
    assert column(reading, "unit_price") == [2.5, 0.4, 4.0, 20.0]
    assert column(reading, "amount") == [30.0, 2.4, 14.4, 24.0]


def test_designators_under_any_name() -> None:
    rows = [["nom", "valeur", "ref", "nombre"], ["X1", "32 MHz", "C376353", 1]]
    rows += [["C1, C2", "12 pF", "C544888", 2], ["R3,R4,R5", 220, None, 3], ["L1", "4,7 nH", "C376340", 1]]
    reading = read_rows(rows)
    assert column(reading, "position") == ["X1", "C1, C2", "R3,R4,R5", "L1"]
    assert column(reading, "supplier_reference") == ["C376353", "C544888", None, "C376340"]
    assert column(reading, "designation") == ["32 MHz", "12 pF", "220", "4,7 nH"]


def test_a_column_for_each_distributor() -> None:
    rows = [
        ["References", "Qty", "Description", "Digikey", "Mouser", "Farnell"],
        ["U1", 1, "Régulateur 5 V", "497-1395-5-ND", "511-L298", None],
        ["R7; R8", 2, "Résistance 220 Ω", "CF14JT220RCT-ND", "279-CBT25J220R", None],
        ["Q1", 1, "Transistor", None, None, 2453811],
        ["Q2", 1, "Transistor", None, "512-PN2222ATF", None],
        ["J1", 1, "Embase", "S7002-ND", None, None],
    ]
    reading = read_rows(rows)
    assert column(reading, "supplier") == ["Digi-Key", "Digi-Key", "Farnell", "Mouser", "Digi-Key"]
    assert column(reading, "supplier_reference") == [
        "497-1395-5-ND", "CF14JT220RCT-ND", "2453811", "512-PN2222ATF", "S7002-ND",
    ]  # fmt: skip


def test_words_that_stand_for_links_are_no_codes() -> None:
    rows = [
        ["Nom", "Qté", "Code LCSC", "Lien"],
        ["Diode", 2, "C14663", "Lien"],
        ["Écran", 1, "Link", "AliExpress"],
    ]
    reading = read_rows(rows)
    assert column(reading, "supplier_reference") == ["C14663", None]
    assert column(reading, "supplier") == ["LCSC", "AliExpress"]


def test_long_explanations_beside_a_header_do_not_hide_it() -> None:
    long = "* si tout est acheté au même endroit, sans compter les frais de port ni les chutes, qui varient"
    rows = [
        [None, "détails", "quantité", "prix unitaire (€)", "total", long],
        ["Connecteur", "2,1 mm", 1, 0.47, 0.47, None],
        ["Alimentation", "12 V", 2, 18.65, 37.3, None],
    ]
    reading = read_rows(rows)
    assert reading.tables[0].header_row == 1
    assert column(reading, "quantity") == [1.0, 2.0]


def test_a_column_without_label_groups_the_lines() -> None:
    rows = [
        [None, "Nom", "Référence", "Nombre"],
        ["Optique", "Lentille", "LA1229", 1],
        [None, "Monture", "CXY2", 4],
        [None, "Bague", "SM1", 2],
        ["Commande", "Carte", "ARD-1", 1],
        [None, "Câble", "BNC-05", 2],
    ]
    sections = column(read_rows(rows), "section")
    assert sections == ["Optique", "Optique", "Optique", "Commande", "Commande"]


def test_titles_above_stacked_tables_are_sections() -> None:
    rows = [
        ["Graveuse", None],
        [None, None],
        ["Impression", None],
        ["Quantité", "Désignation"],
        [1, "Base gauche"],
        [2, "Pied"],
        [None, None],
        ["Achats", None],
        ["Quantité", "Désignation", "Fournisseur"],
        [1, "Rail", "Mécanique Azur"],
    ]
    assert column(read_rows(rows), "section") == ["Impression", "Impression", "Achats"]


@pytest.mark.parametrize("words", ["Estimated total", "TOTAL MAQUETTE", "Coût total", "Gross"])
def test_totals_under_any_name(words: str) -> None:
    rows = [["Désignation", "Qté", "Montant"], ["Carter", 1, 10.0], ["Vis", 4, 2.0], [words, None, 12.0]]
    account = read_rows(rows).tables[0].rows
    assert (account.parts, account.totals) == (2, 1)


def test_a_total_written_in_the_column_of_quantities() -> None:
    rows = [["Cantidad", "Nombre", "Costo"], [4, "Sensor", 17600], [2, "Motor", 9000], ["TOTAL", None, 26600]]
    reading = read_rows(rows)
    account = reading.tables[0].rows
    assert (account.parts, account.totals, account.quarantined) == (2, 1, 0)


def test_boxes_to_tick_make_no_line() -> None:
    rows = [["Commandé", "Pièce", "Qté"], [True, "Carter", 1], [False, "Vis", 4], [False, None, None]]
    account = read_rows(rows).tables[0].rows
    assert (account.parts, account.blank, account.quarantined) == (2, 1, 0)


def test_a_header_says_which_dollar() -> None:
    rows = [["Part", "Qty", "Unit price (CAD)"], ["Rail", 4, 14.0], ["Motor", 1, 44.0]]
    reading = read_rows(rows, formats={(1, 2): '"$"#,##0.00', (2, 2): '"$"#,##0.00'})
    assert column(reading, "currency") == ["CAD", "CAD"]


def test_lines_quoted_as_a_whole_are_cut() -> None:
    rows = [
        ["Comment", "Designator", "LCSC", "Quantity"],
        ['100n,"C1,C2",C14663,2'],
        ["1k", "R1", "C22548", "1"],
        ["10k", "R2", "C98220", "1"],
        ["22u", "C5", "C45783", "1"],
    ]
    reading = understand_text(rows)
    assert column(reading, "position") == ["C1,C2", "R1", "R2", "C5"]
    assert column(reading, "quantity") == [2.0, 1.0, 1.0, 1.0]


def test_a_column_right_of_the_header_is_no_shifted_line() -> None:
    rows = [["Nom", "Qté", "Prix"]]
    rows += [[f"Pièce {n}", "2", "1.5", "https://shop.example/x"] for n in range(4)]
    rows += [["Vis, M4", "x", "4", "0.1", "stray"]]
    reading = understand_text(rows)
    account = reading.tables[0].rows
    assert (account.parts, account.quarantined) == (4, 1)


def test_a_list_without_prices_that_repeats_a_priced_one_is_left_out() -> None:
    names = [f"Pièce {n}" for n in "ABCDEFGH"]
    priced = [["Article", "Unités", "Coût"], *[[n, 2, 3.5] for n in names]]
    bare = [["Article", "Unités"], *[[n, 2] for n in names]]
    reading = read_sheets_of(sheet(bare, "Liste"), sheet(priced, "Nomenclature"))
    assert [t.kind for t in reading.tables] == ["recap", "bom"]


def understand_text(rows: list[list[object]]) -> Reading:
    return understand([sheet(rows, "")], replace(source("csv", "liste.csv"), separator=","))


def test_a_name_without_count_among_parts_is_a_part() -> None:
    rows = [["Nombre", "Cantidad"], ["Tornillo M4", 16], ["Arandelas", None], ["Tuerca M4", 30], ["Motor", 4]]
    reading = read_rows(rows)
    assert column(reading, "designation") == ["Tornillo M4", "Arandelas", "Tuerca M4", "Motor"]
    assert column(reading, "section") == [None] * 4


def test_a_title_beside_remarks_of_no_column_opens_a_section() -> None:
    rows = [
        ["Section", "Nom", "Nombre", "Prix unitaire", "Total", None, None],
        ["Plafond", None, None, None, None, "5 % d'oublis", 67.9],
        [None, "Plaque", 2, 10.0, 20.0, None, None],
        [None, "Enduit", 3, 4.0, 12.0, None, None],
    ]
    reading = read_rows(rows)
    assert column(reading, "section") == ["Plafond", "Plafond"]
    assert reading.tables[0].rows.quarantined == 0


def test_texts_decoded_wrongly_once_are_mended() -> None:
    rows = [["DÃ©signation", "StÃ¼ckzahl"], ["Boîtier carrÃ©", 2], ["GehÃ¤use", 1], ["Ångström", 1]]
    reading = read_rows(rows)
    assert column(reading, "quantity") == [2.0, 1.0, 1.0]
    assert column(reading, "designation")[1:] == ["Gehäuse", "Ångström"]


def test_prices_with_vat_and_their_totals() -> None:
    rows = [
        ["Valeur", "Description", "Qté", "Fournisseur", "Réf.", "Prix unitaire TTC", "Coût proto"],
        ["100 nF", "C5, C6, C7, C8", 4, "FARNELL", 2988235, 1.332, 5.328],
        ["10 kΩ", "R1, R2, R3", 3, "FARNELL", 2309064, 0.1704, 0.5112],
        ["TIP31C", "T17 T18 T19 T20 T21 T22", 6, "AMAZON", None, 0.4995, 2.997],
    ]
    reading = read_rows(rows)
    assert column(reading, "unit_price") == [1.332, 0.1704, 0.4995]
    assert column(reading, "amount") == [5.328, 0.5112, 2.997]
    assert column(reading, "vat_included") == [True, True, True]
    assert column(reading, "supplier_reference") == ["2988235", "2309064", None]


def test_one_leading_space_is_no_level() -> None:
    rows = [["Désignation", "Qté"], ["Carter", 1], [" Vis", 4], [" Écrou", 4], ["---", 1], [" Axe", 2]]
    assert read_rows(rows).bom.lines["level"].unique().to_list() == [1]


def test_money_in_the_header_is_money() -> None:
    rows = [
        ["Part", "Manufacturer code", "Needed", "Price", "Order [€]", "Distributor", "Code"],
        ["micro", "ATM644PA-AU", 1, 4.38, 17.52, "Mouser", "556-ATM644PA-AU"],
        ["led", "598-8210", 9, 0.4, 6.75, "Mouser", "645-598-8210"],
        ["usb", "47346-0001", 2, 0.78, 3.12, "Mouser", "538-47346"],
    ]
    reading = read_rows(rows)
    assert column(reading, "supplier_reference") == ["556-ATM644PA-AU", "645-598-8210", "538-47346"]
    assert column(reading, "unit_price") == [4.38, 0.4, 0.78]


def test_parts_are_named_by_the_column_that_names_most() -> None:
    rows = [
        ["Nbr", "Item", "Unit price", "Total", "Article name"],
        [1, "Stepper motor", 11.0, 11.0, "17HS8401 stepper motor 1.7 A"],
        [2, "Shaft coupling", 3.8, 7.6, "Rigid shaft coupler clamp 5 mm"],
        [6, "Long screw", 0.2, 1.2, None],
        [1, "Drill chuck", 9.5, 9.5, None],
    ]
    reading = read_rows(rows)
    assert column(reading, "designation") == ["Stepper motor", "Shaft coupling", "Long screw", "Drill chuck"]
    assert column(reading, "note")[0] == "17HS8401 stepper motor 1.7 A"


def test_an_address_at_the_foot_of_the_prices_leaves_them_prices() -> None:
    rows = [["Qty", "Part", "Price", "Ext"], [1, "Tube", 0.25, 0.25], [2, '.25" bearing', 4.44, 8.88]]
    rows += [[1, '.25" shaft', 3.25, 3.25], [3, "Collar", 0.58, 1.74]]
    rows += [[None, None, None, None], [None, "Shop", "http://shop.example/x", None]]
    reading = read_rows(rows)
    assert column(reading, "unit_price")[:4] == [0.25, 4.44, 3.25, 0.58]
    assert set(reading.bom.lines["level"]) == {1}


def test_pieces_of_a_code_in_columns_without_label_are_no_groups() -> None:
    rows = [["Partnummer", None, None, "Naam", "Quantity"], ["1002", "A2P", "A", "Front panel", 1]]
    rows += [["1003", "A2P", "A", "Back panel", 1], ["1211", "Z1P", "A", "Set screw", 12]]
    assert column(read_rows(rows), "section") == [None, None, None]


def test_two_sheets_that_name_the_same_parts_are_counted_and_told() -> None:
    header = ["Designation", "Qty"]
    names = ["Carter", "Couvercle", "Arbre", "Pignon", "Roue", "Flasque"]
    first = sheet([header, *([name, 1] for name in names)], name="v1")
    second = sheet([header, *([name, 2] for name in names[:-1]), ["Palier", 4]], name="v2")
    reading = understand([first, second], source())
    assert [doubt.sheet for doubt in reading.doubts if doubt.code == "sheets-alike"] == ["v2"]
    assert len(reading.bom.lines) == 12
    other = sheet([header, *([f"Vis {name}", 2] for name in names)], name="v3")
    assert "sheets-alike" not in codes(understand([first, other], source()))
