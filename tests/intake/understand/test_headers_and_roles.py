"""Headers in seven languages, below titles, on two lines, abbreviated, duplicated, or missing."""

import pytest

from factories.spreadsheets import codes, column, read_rows, read_sheets_of, sheet, sources_by_role

_BODY = [
    ["A-100", "Carter aluminium", 2, 12.5, 25.0, "Fonderie du Doubs"],
    ["A-101", "Vis CHC M4 x 20", 16, 0.1, 1.6, "Visserie de l'Est"],
    ["A-102", "Roulement à billes 608", 4, 1.5, 6.0, "Visserie de l'Est"],
]
_ROLES = ["reference", "designation", "quantity", "unit_price", "amount", "supplier"]


@pytest.mark.parametrize(
    "header",
    [
        ["Référence", "Désignation", "Quantité", "Prix unitaire", "Montant", "Fournisseur"],
        ["Réf.", "Libellé", "Qté", "P.U. HT", "Total HT", "Frs"],
        [
            "  Code article",
            "Désignation\u00a0",
            "QTE",
            "PU HT (€)",
            "Montant HT (€)",
            "Fournisseur principal",
        ],
        ["Part Number", "Description", "Qty.", "Unit price", "Ext. price", "Vendor"],
        ["P/N", "Part Name", "QTY", "Price", "Total", "Supplier"],
        ["Teilenummer", "Bezeichnung", "Menge", "Einzelpreis", "Gesamtpreis", "Lieferant"],
        ["Artikel-Nr.", "Benennung", "Stück", "EP", "GP", "Hersteller/Lieferant"],
        ["Código", "Descripción", "Cantidad", "Precio unitario", "Importe", "Proveedor"],
        ["Codice", "Descrizione", "Quantità", "Prezzo unitario", "Importo", "Fornitore"],
        ["Artikelcode", "Omschrijving", "Aantal", "Stukprijs", "Totaal", "Leverancier"],
        ["Indeks", "Nazwa części", "Ilość", "Cena jednostkowa", "Wartość", "Dostawca"],
    ],
)
def test_headers_in_seven_languages(header: list[str]) -> None:
    reading = read_rows([header, *_BODY])
    if "/" not in header[-1]:
        assert list(sources_by_role(reading)) == _ROLES
    assert column(reading, "reference") == ["A-100", "A-101", "A-102"]
    assert column(reading, "designation") == [row[1] for row in _BODY]
    assert column(reading, "quantity") == [2.0, 16.0, 4.0]
    assert column(reading, "unit_price") == [12.5, 0.1, 1.5]
    assert column(reading, "amount") == [25.0, 1.6, 6.0]


def test_45_the_header_stands_below_a_logo_titles_and_totals() -> None:
    rows = [
        [],
        ["SOCIÉTÉ D'EXEMPLE"],
        [None, "Nomenclature du convoyeur"],
        [],
        ["Total", None, None, None, 32.6],
        [],
        ["Réf", "Désignation", "Qté", "PU", "Total", "Fournisseur"],
        *_BODY,
    ]
    reading = read_rows(rows)
    table = reading.tables[0]
    assert table.header_row == 7
    assert (table.rows.parts, table.rows.headers, table.rows.totals, table.rows.blank) == (3, 3, 1, 3)


def test_46_a_header_on_two_lines_with_merged_cells() -> None:
    rows = [
        ["Pièce", None, None, "Prix", None, "Fournisseur"],
        ["Référence", "Désignation", "Qté", "unitaire", "total", None],
        *_BODY,
    ]
    reading = read_rows(rows, merged=[(0, 0, 0, 2), (0, 3, 0, 4), (0, 5, 1, 5)])
    assert reading.tables[0].header_row == 2
    assert sources_by_role(reading)["unit_price"] == "Prix unitaire"
    assert sources_by_role(reading)["amount"] == "Prix total"
    assert sources_by_role(reading)["supplier"] == "Fournisseur"
    assert reading.tables[0].rows.headers == 2


def test_47_duplicate_headers_are_told() -> None:
    reading = read_rows([["Réf", "Désignation", "Qté", "Qté"], ["A", "Carter", 1, 2], ["B", "Capot", 3, 4]])
    assert column(reading, "quantity") == [1.0, 3.0]
    assert [(d.code, d.cell) for d in reading.doubts if d.code == "duplicate-header"] == [
        ("duplicate-header", "D1")
    ]


def test_a_table_without_header_is_read_by_its_values() -> None:
    reading = read_rows([row[1:5] for row in _BODY])
    assert reading.tables[0].header_row is None
    assert sources_by_role(reading) == {"designation": "A", "quantity": "B", "unit_price": "C", "amount": "D"}
    assert column(reading, "quantity") == [2.0, 16.0, 4.0]
    assert "no-header" in codes(reading)


def test_a_column_without_label_may_name_the_parts() -> None:
    rows = [
        [None, "menge", "ep", "gp"],
        ["Linearführung", 1, 86.9, 86.9],
        ["Platte", 2, 33.02, 66.04],
        ["Rohr", 3, 2.0, 6.0],
    ]
    reading = read_rows(rows)
    assert sources_by_role(reading) == {
        "designation": "A",
        "quantity": "menge",
        "unit_price": "ep",
        "amount": "gp",
    }


def test_a_unit_or_a_currency_in_the_header() -> None:
    rows = [
        ["Désignation", "Qté (m)", "Prix unitaire ($)", "Poids [g]"],
        ["Tube rond", "2,5", "1.20", 150],
        ["Plat", "1", "3.40", 90],
    ]
    reading = read_rows(rows)
    assert column(reading, "unit") == ["m", "m"]
    assert column(reading, "quantity") == [2.5, 1.0]
    assert column(reading, "currency") == ["USD", "USD"]
    assert column(reading, "mass") == [0.15, 0.09]


def test_units_of_their_own_column_are_brought_to_canonical_ones() -> None:
    rows = [
        ["Désignation", "Qté", "Unité", "P.U."],
        ["Tube", 350, "mm", 0.01],
        ["Vis", 4, "pce", 0.2],
        ["Colle", 50, "g", 0.02],
    ]
    reading = read_rows(rows)
    assert column(reading, "quantity") == [0.35, 4.0, 0.05]
    assert column(reading, "unit") == ["m", "piece", "kg"]
    assert column(reading, "unit_price") == [10.0, 0.2, 20.0]


def test_prices_with_and_without_vat_side_by_side() -> None:
    rows = [["Désignation", "Qté", "Prix HT", "Prix TTC"], ["Carter", 2, 10.0, 12.0], ["Capot", 1, 5.0, 6.0]]
    reading = read_rows(rows)
    assert column(reading, "unit_price") == [10.0, 5.0]
    assert column(reading, "vat_included") == [False, False]


def test_a_price_with_vat_only_says_so() -> None:
    reading = read_rows([["Désignation", "Qté", "Prix unitaire TTC"], ["Carter", 2, 12.0], ["Capot", 1, 6.0]])
    assert column(reading, "unit_price") == [12.0, 6.0]
    assert column(reading, "vat_included") == [True, True]


def test_a_price_column_whose_total_sums_it_holds_line_amounts() -> None:
    rows = [
        ["Item", "Qty", "Price (€)"],
        ["Motor", 3, 31.0],
        ["Belt", 2, 8.0],
        ["Screen", 1, 9.37],
        ["TOTAL", None, 48.37],
    ]
    reading = read_rows(rows)
    assert sources_by_role(reading)["amount"] == "Price (€)"
    assert column(reading, "amount") == [31.0, 8.0, 9.37]


def test_a_price_column_whose_total_sums_the_products_holds_unit_prices() -> None:
    rows = [
        ["Item", "Qty", "Price (€)"],
        ["Motor", 3, 31.0],
        ["Belt", 2, 8.0],
        ["Screen", 1, 9.37],
        ["TOTAL", None, 118.37],
    ]
    assert column(read_rows(rows), "unit_price") == [31.0, 8.0, 9.37]


def test_unit_price_and_amount_are_told_by_the_product_whatever_their_order() -> None:
    rows = [["Item", "Qty", "Amount", "Price"], *[[f"part {q}", q, float(q * 3), 3.0] for q in (2, 3, 5, 7)]]
    reading = read_rows(rows)
    assert column(reading, "unit_price") == [3.0] * 4
    assert column(reading, "amount") == [6.0, 9.0, 15.0, 21.0]


def test_a_unit_price_beside_a_bulk_price() -> None:
    rows = [["Part", "Qty", "Unit price", "Bulk price"], ["Motor", 3, 31.0, 25.0], ["Belt", 2, 8.0, 6.0]]
    assert column(read_rows(rows), "unit_price") == [31.0, 8.0]


def test_distributor_and_manufacturer_are_two_firms() -> None:
    rows = [
        ["Ref", "Valeur", "Qté", "Fabricant", "Réf. fabricant", "Fournisseur", "Réf. fournisseur"],
        ["R1 R2", "10k", 2, "Yageo", "RC0603FR-0710KL", "Farnell", "9238603"],
        ["C1", "100nF", 1, "any", None, "Atelier du Nord", "X1"],
    ]
    reading = read_rows(rows)
    assert column(reading, "manufacturer") == ["Yageo", None]
    assert column(reading, "supplier") == ["Farnell", "Atelier du Nord"]
    assert column(reading, "distributor") == [True, None]
    assert column(reading, "position") == ["R1 R2", "C1"]


def test_a_code_of_a_distributor_in_the_vendor_column_names_it() -> None:
    rows = [
        ["Comment", "Designator", "Vendor"],
        ["100nF", "C1", "C14663"],
        ["10k", "R1,R2", "C25804"],
        ["LED", "D1", "C2286"],
    ]
    reading = read_rows(rows)
    assert column(reading, "supplier") == ["LCSC"] * 3
    assert column(reading, "supplier_reference") == ["C14663", "C25804", "C2286"]
    assert column(reading, "designation") == ["100nF", "10k", "LED"]
    assert column(reading, "quantity") == [1.0, 2.0, 1.0]
    assert "counted-designators" in codes(reading)


def test_an_order_code_gives_the_firm_and_the_code() -> None:
    rows = [
        ["Qty", "Description", "Order code"],
        [1, "LED red", "Farnell 2470224"],
        [2, "Op amp", "RS 7559568"],
        [1, "Diode", "Mouser 512-1N4148"],
    ]
    reading = read_rows(rows)
    assert column(reading, "supplier") == ["Farnell", "RS", "Mouser"]
    assert column(reading, "supplier_reference") == ["2470224", "7559568", "512-1N4148"]


def test_a_supplier_may_stand_in_a_link_only() -> None:
    rows = [
        ["Pièce", "Qté", "Lien"],
        ["Moteur", 1, "https://www.amazon.fr/dp/1"],
        ["Tube", 2, "https://www.tubes-du-jura.fr/p"],
    ]
    reading = read_rows(rows)
    assert column(reading, "supplier") == ["Amazon", "tubes-du-jura.fr"]
    assert column(reading, "distributor") == [True, None]


def test_the_first_of_two_suppliers_counts_the_other_is_noted() -> None:
    rows = [
        ["Désignation", "Qté", "Fournisseur 1", "Fournisseur 2"],
        ["Carter", 1, "Fonderie A", "Fonderie B"],
        ["Vis", 4, "Visserie C", None],
    ]
    reading = read_rows(rows)
    assert column(reading, "supplier") == ["Fonderie A", "Visserie C"]
    assert column(reading, "note") == ["Alternative: Fonderie B", None]


def test_a_country_beside_the_sellers_town_is_the_sellers() -> None:
    rows = [
        [
            "Date facture",
            "N° pièce",
            "Fournisseur",
            "CP",
            "Ville",
            "Pays",
            "Désignation",
            "Quantité",
            "Montant HT",
        ],
        ["07/01/2025", "F-1", "Visserie de l'Est", "25000", "Besançon", "FR", "Vis", 10, 12.5],
        ["08/01/2025", "A-2", "Schrauben Nord", "20095", "Hamburg", "DE", "Retour vis", -2, -3.0],
    ]
    reading = read_rows(rows)
    assert column(reading, "supplier_country") == ["FR", "DE"]
    assert column(reading, "supplier_site") == ["25000 Besançon", "20095 Hamburg"]
    assert column(reading, "making_site") == [None, None]
    assert column(reading, "amount") == [12.5, -3.0]  # a return is part of a list of purchases


def test_a_bare_country_is_the_makers_after_the_maker() -> None:
    rows = [
        ["Désignation", "Qté", "Fournisseur", "Fabricant", "Pays"],
        ["Carter", 1, "Négoce Jura", "Fonderie du Doubs", "France"],
        ["Vis", 4, "Négoce Jura", None, "à demander"],
    ]
    reading = read_rows(rows)
    assert column(reading, "making_country") == ["FR", None]
    assert column(reading, "making_site") == ["France", None]
    assert column(reading, "supplier_country") == [None, None]


def test_the_file_grades_its_origins_and_its_sellers() -> None:
    rows = [
        [
            "Réf.",
            "Désignation",
            "Qté",
            "Fournisseur",
            "Type fourn.",
            "Lieu de fabrication",
            "Preuve d'origine",
            "Justificatif",
        ],
        [
            "C-1",
            "Carter",
            1,
            "Fonderie du Doubs",
            "Fabricant",
            "Pontarlier (25)",
            "documenté",
            "Attestation du 12/03",
        ],
        ["V-2", "Vis", 4, "Visserie de l'Est", "Négoce", "Taïwan", "déclaré", None],
        ["A-3", "Axe", 2, "Tournage Azur", "S/T", "?", None, None],
    ]
    lines = read_rows(rows).bom.lines
    assert lines["distributor"].to_list() == [False, True, False]
    assert lines["evidence"].to_list() == ["documented", "declared", None]
    assert lines["evidence_source"].to_list() == ["Attestation du 12/03", "nomenclature.xlsx", None]
    assert lines["making_site"].to_list() == ["Pontarlier (25)", "Taïwan", None]


def test_a_column_of_origins_that_names_no_place_is_a_remark() -> None:
    rows = [["Pièce", "Qté", "Provenance"], ["Caméra", 1, "Acheté"], ["Coque", 1, "Membre de l'équipe"]]
    reading = read_rows(rows)
    assert column(reading, "making_site") == [None, None]
    assert column(reading, "note") == ["Acheté", "Membre de l'équipe"]


def test_origin_is_kept_as_written_and_resolved() -> None:
    rows = [
        ["Désignation", "Qté", "Pays d'origine", "Ville fournisseur"],
        ["Carter", 1, "Chine", "Lyon"],
        ["Vis", 4, "Made in Germany", None],
    ]
    reading = read_rows(rows)
    assert column(reading, "making_site") == ["Chine", "Made in Germany"]
    assert column(reading, "making_country") == ["CN", "DE"]
    assert column(reading, "supplier_site") == ["Lyon", None]
    assert reading.bom is not None
    assert reading.bom.lines["evidence"].to_list() == ["declared", "declared"]


def test_yearly_quantities_are_kept_apart() -> None:
    rows = [["Désignation", "Qté", "Quantité annuelle", "PU"], ["Carter", 2, 400, 3.0], ["Vis", 4, 800, 0.1]]
    reading = read_rows(rows)
    assert column(reading, "annual_quantity") == [400.0, 800.0]
    assert column(reading, "quantity") == [2.0, 4.0]


def test_tables_side_by_side_are_read_apart() -> None:
    rows = [
        ["Réf", "Désignation", "Qté", None, "Réf", "Désignation", "Qté"],
        ["A1", "Carter", 1, None, "B1", "Vis M4", 10],
        ["A2", "Capot", 2, None, "B2", "Vis M5", 20],
        [None, None, None, None, "B3", "Vis M6", 30],
    ]
    reading = read_rows(rows)
    assert [t.rows.parts for t in reading.tables] == [2, 3]
    assert column(reading, "reference") == ["A1", "A2", "B1", "B2", "B3"]
    assert column(reading, "quantity") == [1.0, 2.0, 10.0, 20.0, 30.0]
    assert all(t.rows.balanced for t in reading.tables)


def test_tables_side_by_side_without_a_gap_repeat_their_header() -> None:
    rows = [
        ["Désignation", "Qté", "Désignation", "Qté"],
        ["Carter", 1, "Vis M4", 10],
        ["Capot", 2, "Vis M5", 20],
    ]
    reading = read_rows(rows)
    assert sorted(column(reading, "designation"), key=str) == ["Capot", "Carter", "Vis M4", "Vis M5"]


def test_stacked_tables_with_other_headers_are_read_apart() -> None:
    rows = [
        ["Bois"],
        ["Réf.", "Qté", "Matériau"],
        ["Fond", 1, "Medium"],
        ["Bord", 2, "Medium"],
        [],
        ["Visserie"],
        ["Type", "Diamètre", "Désignation", "Quantité"],
        ["bois", 3.5, "Vis bois 3,5 x 20", 14],
        ["bois", 4, "Vis bois 4 x 30", 6],
    ]
    reading = read_rows(rows)
    assert [t.header_row for t in reading.tables] == [2, 7]
    assert column(reading, "quantity") == [1.0, 2.0, 14.0, 6.0]
    assert sum(t.rows.read for t in reading.tables) == len(rows)


def test_a_header_repeated_on_each_page_is_a_header() -> None:
    header = ["Réf", "Désignation", "Qté"]
    rows = [header, ["A", "Carter", 1], ["B", "Capot", 2], header, ["C", "Vis", 3]]
    reading = read_rows(rows)
    assert len(reading.tables) == 1
    assert (reading.tables[0].rows.headers, reading.tables[0].rows.parts) == (2, 3)


def test_only_real_lists_feed_the_result() -> None:
    parts = sheet([["Réf", "Désignation", "Qté"], ["A", "Carter", 1], ["B", "Capot", 2]], "Nomenclature")
    pivot = sheet([["Étiquettes de lignes", "Somme de Quantité"], ["Acier", 3], ["Total général", 3]], "Data")
    options = sheet(
        [
            ["Type", "Price", "Quantity", "Vendor"],
            ["Battery A", 5.0, 4, "Shop"],
            ["Battery B", 9.0, 2, "Shop"],
        ],
        "Options",
    )
    recap = sheet([["Part", "Quantity"], ["Carter", None], ["Capot", None]], "Feuil4")
    reading = read_sheets_of(parts, pivot, options, recap)
    assert [t.kind for t in reading.tables] == ["bom", "other", "options", "other"]
    assert reading.bom is not None
    assert len(reading.bom) == 2
    assert all(t.rows.balanced for t in reading.tables)
    assert {d.sheet for d in reading.doubts if d.treatment.value == "quarantined"} >= {"Options"}


def test_several_sheets_of_parts_all_count() -> None:
    header = ["Réf", "Désignation", "Qté"]
    reading = read_sheets_of(
        sheet([header, ["A", "Carter", 1]], "Mécanique"),
        sheet([header, ["B", "Carte mère", 2]], "Électronique"),
    )
    assert reading.bom is not None
    assert reading.bom.lines["sheet"].to_list() == ["Mécanique", "Électronique"]
    assert reading.bom.lines["line"].to_list() == [1, 2]


def test_an_empty_sheet_is_accounted_for() -> None:
    reading = read_sheets_of(
        sheet([], "Vide"), sheet([["Réf", "Désignation", "Qté"], ["A", "Carter", 1], ["B", "Vis", 2]])
    )
    assert [t.sheet for t in reading.tables] == ["Vide", "Feuil1"]
    assert reading.tables[0].rows.read == 0


def test_a_purchase_list_with_accounts_is_a_ledger() -> None:
    rows = [
        ["Date", "N° facture", "Compte", "Fournisseur", "Libellé", "Montant HT"],
        ["2026-01-04", "F1", "601000", "Aciers de l'Est", "Tôle inox", 1200.0],
        ["2026-02-07", "F2", "607000", "Farnell", "Composants", 310.5],
    ]
    reading = read_rows(rows)
    assert reading.bom is None
    assert reading.ledger is not None
    assert reading.ledger.purchases["amount"].to_list() == [1200.0, 310.5]
    assert reading.ledger.purchases["account"].to_list() == ["601000", "607000"]
    assert [d.isoformat() for d in reading.ledger.purchases["date"].to_list()] == ["2026-01-04", "2026-02-07"]


def test_a_quantity_headed_amount_is_found_by_the_product() -> None:
    rows = [
        ["Part name", "Amount", "Price per item [PLN]", "Price [PLN]"],
        *[[f"Profil {q}", q, 20.0, 20.0 * q] for q in (2, 4, 1, 6)],
    ]
    reading = read_rows(rows)
    assert column(reading, "quantity") == [2.0, 4.0, 1.0, 6.0]
    assert column(reading, "amount") == [40.0, 80.0, 20.0, 120.0]
    assert column(reading, "currency") == ["PLN"] * 4


def test_sellers_headed_as_makers_are_suppliers() -> None:
    rows = [
        ["Component", "Units", "Manufacturer"],
        ["Rail", 1, "RS Components"],
        ["Switch", 2, "Amazon"],
        ["Plate", 1, "Atelier"],
    ]
    reading = read_rows(rows)
    assert column(reading, "supplier") == ["RS Components", "Amazon", "Atelier"]
    assert "manufacturer" not in reading.tables[0].columns


def test_addresses_in_the_reference_column_name_the_seller() -> None:
    rows = [
        ["Désignation", "Qté", "Référence"],
        ["Rail", 1, "https://fr.rs-online.com/web/p/1"],
        ["Axe", 2, "https://www.amazon.fr/dp/2"],
    ]
    reading = read_rows(rows)
    assert column(reading, "supplier") == ["RS", "Amazon"]
    assert column(reading, "reference") == [None, None]


def test_a_list_held_by_a_longer_one_on_another_sheet_counts_once() -> None:
    header = ["Désignation", "Qté"]
    parts = [[f"Pièce {i}", i + 1] for i in range(10)]
    reading = read_sheets_of(sheet([header, *parts], "Tout"), sheet([header, *parts[:6]], "À commander"))
    assert [t.kind for t in reading.tables] == ["bom", "recap"]
    assert reading.bom is not None
    assert len(reading.bom) == 10


def test_a_sheet_without_header_beside_others_needs_the_proof_of_the_product() -> None:
    alone = [[f"Profilé alu {q}", q, 2.5, 2.5 * q] for q in (2, 3, 4, 6)]
    notes = [["Penser à la visserie", 2], ["Voir le plan", 3]]
    headed = sheet([["Désignation", "Qté"], ["Carter", 1], ["Capot", 2]], "Liste")
    reading = read_sheets_of(headed, sheet(alone, "Châssis"), sheet(notes, "Notes"))
    assert [t.kind for t in reading.tables] == ["bom", "bom", "other"]
    assert column(reading, "quantity") == [1.0, 2.0, 2.0, 3.0, 4.0, 6.0]


def test_initials_articles_and_periods_in_headers() -> None:
    rows = [
        [
            "Nom du produit",
            "Référence du fabricant",
            "Référence du fournisseur",
            "Qté",
            "Prix unitaire H.T. (€)",
            "Prix T.T.C.",
        ],
        ["Condensateur 15nF", "MCSH21", "1856486", 5, 0.5, 0.6],
        ["Résistance 1k", "MCMR08", "2073648", 10, None, 0.06],
    ]
    reading = read_rows(rows)
    assert list(sources_by_role(reading)) == [
        "designation",
        "manufacturer_reference",
        "supplier_reference",
        "quantity",
        "unit_price",
    ]
    assert column(reading, "unit_price") == [0.5, 0.06]
    assert column(reading, "vat_included") == [False, True]


def test_numbers_of_lines_are_positions_not_references() -> None:
    rows = [
        ["Item", "Descripción", "Cantidad", "Costo"],
        *[[i, f"Pieza {i}", 2 + i, 3.5] for i in range(1, 6)],
    ]
    reading = read_rows(rows)
    assert column(reading, "position") == ["1", "2", "3", "4", "5"]
    assert "reference" not in reading.tables[0].columns
